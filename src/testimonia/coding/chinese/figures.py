"""Figures: quantities with what they count, where, when, by whose word, and how they are meant.

A limit in a law or a notice is required or announced, never a result; a promise of a recruiter is a promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from testimonia.coding.chinese.attribution import Attribution
from testimonia.coding.chinese.genre import Genre
from testimonia.coding.chinese.quantities import Quantity
from testimonia.coding.chinese.reading import LOST
from testimonia.coding.chinese.scan import Scan
from testimonia.coding.chinese.segments import Segments
from testimonia.model import Coding, Part

__all__ = ["figure_of", "speaker_of", "speakers_of"]

_PER_PERSON = re.compile(r"每(?:[一]?(?:人|名|位|个(?:人|妇女|女|儿童|孩子))|[^，。；]{0,8}(?:一|1)(?:人|名|个))|人均")
_RATES = (
    (re.compile(r"每年|年均|一年(?:能|可|挣|赚|收)|一年(?=[^，。；]{0,3}$)|年收入|年薪"), "year"),
    (re.compile(r"每个?月|月均|一个月|月薪|月收入|月工资|每月"), "month"),
    (re.compile(r"每个?周|每星期|一周(?:能|要)|一(?:周|个?星期|个?礼拜)(?=[^，。；]{0,4}$)"), "week"),
    (
        re.compile(
            r"每[日天]|每[^，。；]{1,6}一[日天]|日均|一天(?:能|要|干|工作)|(?<![第有那这])一[天日](?=[^，。；]{0,3}$)"
        ),
        "day",
    ),
    (re.compile(r"每小时"), "hour"),
)
_PROMISE = re.compile(
    r"(?:能攒|能拿|能寄|能存|只收|不收|分文不|免费"
    r"|能挣|可挣|能赚|可赚|就能|就可以|就送|就能回|保证|答应|许诺|包吃|工资|给你|月薪|高薪)"
)
_COMING = re.compile(r"要保姆|可以|能|管[^，。]{0,4}饭|给|就|还能|打工|上班|工作|一个月")
_RECRUITER = re.compile(
    r"仲介|中介|人贩|蛇头|介绍人|女人|大婶|大妈|阿姨|邻居|同乡|老乡|熟人|老板|媒人|带路|中间人|牵线|招工"
    r"|那人|男人|女人|对方|朋友|亲戚|她说|他说|干部|工头|公司|司机|管事|厂长|劳务|船东"
)
_TURNED = re.compile(r"却|结果|谁知|不料|没想到|到头来|实际|后来|最后|到手|可到|等到了|卖给|卖到|卖了|可是|最终")
_REQUIRED = re.compile(
    r"不得|应当|必须|须|不少于|不低于|不准|期限|可以延长|可处|处(?=[\d一二三四五六七八九十])"
    r"|以下(?:有期徒刑|罚款|拘留|拘役|管制)|并处|罚款|罚金|限|禁止|内(?:报告|申报|"
    r"登记|办理|进行|通知|离境|不准)|规定|要求|目标|任务|指标|定额|年内(?:实现|完成)|力争|确保"
)
_ANNOUNCED = re.compile(r"奖励|悬赏|增设|新增|将|拟|计划|安装|设立|设置|配备|投入|给予")
_TARGET = re.compile(
    r"目标|指标|任务(?!执行)|定额|配额|限额|名额|力争|确保|要求|须(?!知)|必须|应当|应[于缴交]|不得|规定"
    r"|下达|摊派|限期|期限为|上限|下限|务必|硬性|考核|责令"
    r"|(?:应|要)(?:达到|完成|实现|设立|增加|减少|缴|交|做到|保证)|(?:各|每)[^，。；]{0,8}(?:不少于|不低于"
    r"|至少[^，。；]{0,4}(?:查|抓|报|交|开展|走访))|务求|最低标准|硬指标"
    r"|(?:配备|设立|安排|派出|组织)[^，。；]{0,6}(?:不少于|不低于)|命令|下令|勒令"
    r"|限[在令于]?[^，。；]{0,4}内|计划到|按人头|包保|保底|不达标|扣分|一票否决|分解到|派下来|压下来|硬任务|超额|完不成|没完成|交不[上齐]|凑[够足]"
)
_ORDERED = re.compile(
    r"要求[^，。]{0,14}(?:内|前|少于|低于|次|完成|上报)|须(?!知)|必须|不少于|不低于|目标|指标|力争|确保"
    r"|年底前|限期|责令|(?:各|每)[^，。；]{0,8}至少|下达|考核|每(?:季|月|半年|周)[^，。；]{0,6}(?:不|至少|须|应)"
)
_OFFERED = re.compile(
    r"(?:许诺|谎称|答应|骗称|允诺|诱以|吹嘘|哄骗|哄她|哄我|(?<!价)说好|讲好|谈好|口头约定|保证|(?:以|称"
    r"|说)[^，。；]{0,10}(?:月薪|高薪|月工资|日薪|薪酬|工钱|可挣|能挣|可赚|能赚))[^。；]{0,28}$"
)
_PLANNED = re.compile(
    r"拟(?!定|合)|计划(?![生署])|将(?:在|于|从|把|再|陆续|分期|分批|向|为)?[^，。；]{0,10}(?:投入|新增"
    r"|增设|新建|扩建|增派|建成|建设|安装|设立|拨|部署|配备|接收|安置|培训|发放|招|增至|增加|提高|降至"
    r"|派出|启用|开展|覆盖|建立|资助)|预定|打算|准备(?:在|于|再|投|建|增)|承诺[^，。；]{0,12}(?:投入|提供"
    r"|拨|接收|增)|宣布[^，。；]{0,8}(?:将|投入|拨|提供|增)|预算(?:为|是|达|安排)|规划|十[三四五]五"
)
_SUPPOSED = re.compile(
    r"(?:^|[，。；])(?:若|如果|假设|假如|假定|按[^，。]{1,10}(?:计算|推算)|以[^，。]{1,16}(?:起算|计算"
    r"|推算))|预计|预测|(?:明年|后年|今后|来年|到时)[^。；]{0,20}(?:恐|可能|或将|或会)|恐(?:怕|将|会)?(?:不足|不到"
    r"|超过|降|增|达)|将达|可能达到|或将|起算"
)
_DERIVED = re.compile(r"(?:相当于|折合|平均下来|据此(?:推算|计算)|即约)|需[^，。]{0,4}$")
_PENAL = re.compile(
    r"(?<!判)处[^，。；]{0,14}(?:以上|以下)|以下(?:有期徒刑|罚款|拘留)|(?:刑法|法律|条例|该法)[^，。]{0,8}规定"
)
_TO_COME = re.compile(r"下一步|下阶段|今后(?:要|应|将)|年底前(?:要|应|完成|实现)|力争|务必")
_LIMIT_SAID = re.compile(r"[^，。；]{0,6}”?的(?:要求|规定|指标|任务|目标|指示|命令|限额|名额)")
_APPEAL_TERM = re.compile(r"提出上诉|向[^，。]{2,12}法院上诉|履行期限|缴纳完毕|内缴纳")
_BY_LAW = re.compile(r"(?:按照?|依照?|依据|根据)[^，。]{0,16}(?:法|规定|条例|办法)[^。]{0,20}(?:处|罚|应|须|可)")
_NOUN_END = re.compile(
    r"\d|[，。；：、！？（）“”\n]|瘦|降[到至]|减[到至]|增[到至加]|升[到至]|涨到|延长|缩短|卖给|卖到|转卖|在|被|为|是|有|将|把|与|和|及|或|从|到|向|对|曾|已|均|都|的人|表示|说|称|认为|等"
)
_NOT_COUNTED = re.compile(r"^(?:左右|以[上下内]|之内|内|多|的)+|的$")


_GOES_ON = re.compile(r"[，、]?(?:并|同时|另|还|其中|再|每)")
_DECLARED = re.compile(
    r"(?:宣布|公布|透露|承诺|表示|称)[^。；]{0,8}(?:明年|今后|年内|下半年|年底前)?[^。；，]{0,4}"
    r"(?:将|拟|计划)[^。；]{0,50}$"
)


def figure_of(scan: Scan, cuts: Segments, quantity: Quantity, genre: Genre, said: Sequence[Attribution]) -> Coding:
    """The coding of one quantity in its clause and its document."""
    text, reading = scan.text, scan.reading
    clause = cuts.clause(quantity.start)
    speaker = speaker_of(said, quantity.start)
    start, end = _extent(text, quantity)
    first, last = reading.span(start, end)
    unit = quantity.unit + _per(text, clause, quantity)
    lost = quantity.status == "lost"
    return Coding(
        kind="figure",
        start=first,
        end=last,
        quote=reading.quote(start, end),
        value=None if lost else quantity.value,
        min=None if lost else quantity.low,
        max=None if lost else quantity.high,
        unit=unit,
        comparator=quantity.comparator,
        value_status=quantity.status,  # type: ignore[arg-type]
        modality=_modality(text, cuts, quantity, genre, speaker),
        parts=dict(_parts(scan, cuts, quantity, speaker)),
        attributes=_attributes(scan, quantity, speaker, end),
        rule=quantity.rule,
        cue=text[quantity.end : quantity.tail] or None,
        confidence=0.6 if quantity.rule in ("figure.noun_of_number", "figure.paid", "figure.lost") else 0.85,
        confidence_reason="numeral with a unit" if quantity.tail > quantity.end else "numeral by its context",
    )


def speaker_of(said: Sequence[Attribution], at: int) -> Attribution | None:
    """The innermost attribution whose content holds this place."""
    inside = speakers_of(said, at)
    return inside[-1] if inside else None


def speakers_of(said: Sequence[Attribution], at: int) -> list[Attribution]:
    """All attributions whose content holds this place, the innermost last."""
    inside = [a for a in said if a.content and a.content[0] <= at < a.content[1]]
    return sorted(inside, key=lambda a: a.content or (0, 0))


def _extent(text: str, quantity: Quantity) -> tuple[int, int]:
    start = quantity.start
    if quantity.hedge and quantity.hedge[0] < start:
        start = quantity.hedge[0]
    end = max(quantity.tail, quantity.hedge[1] if quantity.hedge else 0)
    if quantity.status == "lost" and text[quantity.start] == LOST:
        start = min(start, _noun_before(text, quantity.start))
    stop = _NOUN_END.search(text, end)
    noun = stop.start() if stop else len(text)
    return start, noun if 0 < noun - end <= 14 else end


def _noun_before(text: str, start: int) -> int:
    """A lost number is shown with the noun or verb before it: 解救妇女 名."""
    mark = re.search(r"[^，。；：、（）\n]{1,8}$", text[max(0, start - 9) : start])
    return start - len(mark[0]) if mark else start


def _per(text: str, clause: tuple[int, int], quantity: Quantity) -> str:
    before = text[clause[0] : quantity.start]
    if quantity.sort == "money" and _PER_PERSON.search(before):
        return "/person"
    if quantity.sort not in ("money", "person", "case", "times") and quantity.unit != "hours":
        return ""
    for pattern, unit in _RATES:
        ends = [match.end() for match in pattern.finditer(before)]
        if ends and (quantity.sort != "times" or len(before) - ends[-1] <= 6):
            return f"/{unit}"
    return ""


def _modality(text: str, cuts: Segments, quantity: Quantity, genre: Genre, speaker: Attribution | None) -> str:
    a, b = cuts.clause(quantity.start)
    clause, sentence = text[a:b], text[slice(*cuts.sentence(quantity.start))]
    if genre in ("law", "notice"):
        return _normative(text, clause, quantity, genre)
    if _is_offer(text, cuts, quantity, speaker):
        return "promise"
    if _SUPPOSED.search(sentence[: max(0, b - cuts.sentence(quantity.start)[0])]) and _SUPPOSED.search(
        text[max(a - 1, 0) : b]
    ):
        return "hypothetical"
    if _DERIVED.search(text[a : quantity.start]):
        return "derived"
    if (
        _LIMIT_SAID.match(text, quantity.tail)
        or _TO_COME.search(sentence)
        or (genre == "judgment" and _APPEAL_TERM.search(sentence))
    ):
        return "required"
    if genre != "judgment" and (planned := _planned(text, a, quantity, clause)):
        return planned
    if genre == "judgment" and _ORDERED.search(clause):
        return "required"
    if (
        genre != "judgment"
        and (_PENAL.search(clause) or _BY_LAW.search(sentence) or _TARGET.search(clause))
        and not re.search(r"实际|完成了|已|仅|超额完成|要求[^，。]{0,8}(?:者|的人|信|者达)", clause)
    ):
        return "required"
    if speaker and speaker.stance == "accusation":
        return "alleged"
    return "denied" if speaker and speaker.stance == "denial" and re.search(r"没有|不存在|并非", clause) else "reported"


def _is_offer(text: str, cuts: Segments, quantity: Quantity, speaker: Attribution | None) -> bool:
    """A sum or a term somebody held out, and not what it turned out to be in the same sentence."""
    a, b = cuts.clause(quantity.start)
    first = cuts.sentence(quantity.start)[0]
    offered = quantity.sort in ("money", "duration") and _OFFERED.search(
        text[max(first, quantity.start - 44) : quantity.start]
    )
    said = speaker is not None and speaker.source is not None and _promised(text, speaker, text[a:b], quantity)
    if not (offered or said):
        return False
    since = speaker.cue[1] if said and speaker and first <= speaker.cue[1] <= quantity.start else first
    return not _TURNED.search(text, since, min(b, quantity.tail + 4))


def _planned(text: str, a: int, quantity: Quantity, clause: str) -> str:
    """What is planned or promised by an office is announced; 从五百万 in "raised from" is what there is."""
    if _GOES_ON.match(clause) and _DECLARED.search(text[max(0, a - 60) : a]):
        return "announced"
    if not _PLANNED.search(clause) or re.search(r"已(?!计划)|实际|完成了|去年|曾", clause):
        return ""
    if _PLANNED.search(text[a : quantity.start]) or quantity.sort in ("money", "thing"):
        raised = re.match(r"[^，。；]{0,4}(?:增|提|降|减|扩|升|调)", text[quantity.tail : quantity.tail + 6])
        return "reported" if raised and re.search(r"[从由]$", text[a : quantity.start]) else "announced"
    return ""


def _normative(text: str, clause: str, quantity: Quantity, genre: Genre) -> str:
    if quantity.sort == "age":
        return "reported"
    if quantity.sort == "money" and re.search(r"奖励|悬赏|奖金", clause):
        return "announced"
    if genre == "law":
        return "required"
    if _REQUIRED.search(clause) or _TARGET.search(clause) or quantity.sort in ("duration", "times", "measure"):
        return "required"
    return "announced" if _ANNOUNCED.search(clause) or quantity.sort in ("thing", "money") else "reported"


def _promised(text: str, speaker: Attribution, clause: str, quantity: Quantity) -> bool:
    """What a recruiter says is to come: wages, terms, meals."""
    source = text[slice(*(speaker.source or (0, 0)))]
    if not _RECRUITER.search(source):
        return False
    if text[slice(*speaker.cue)] in ("许诺", "答应", "承诺", "保证", "担保", "谎称", "讲好", "说好", "谈好"):
        return True
    return bool(_PROMISE.search(clause)) or bool(
        _COMING.search(text[slice(*(speaker.content or (0, 0)))]) and quantity.sort in ("money", "duration", "thing")
    )


def _parts(scan: Scan, cuts: Segments, quantity: Quantity, speaker: Attribution | None) -> Iterator[tuple[str, Part]]:
    reading, text = scan.reading, scan.text
    visible = reading.quote(quantity.start, quantity.end).strip()
    if visible:
        yield "number", reading.part(quantity.start, quantity.end)
    if quantity.hedge:
        yield "hedge", reading.part(*quantity.hedge)
    if speaker and speaker.source:
        yield "claimant", reading.part(*speaker.source)
    a, b = cuts.sentence(quantity.start)
    if place := _nearest([(n.start, n.end, n.value) for n in scan.names if n.kind == "place"], a, b, quantity.start):
        yield "place", reading.part(place[0], place[1], place[2])
    dates = [(w.start, w.end, w.norm) for w in scan.dates if w.dtype != "rate"]
    if period := _nearest(dates, a, b, quantity.start):
        yield "period", reading.part(period[0], period[1], period[2])
    _ = text


def _nearest(
    spans: Sequence[tuple[int, int, str | None]], a: int, b: int, at: int
) -> tuple[int, int, str | None] | None:
    inside = [s for s in spans if a <= s[0] < b]
    return min(inside, key=lambda s: abs(s[0] - at), default=None)


def _attributes(scan: Scan, quantity: Quantity, speaker: Attribution | None, end: int) -> dict[str, str]:
    text = scan.text
    counted = _NOT_COUNTED.sub("", text[quantity.tail : end]) or _counted_before(text, quantity)
    found = {"measure": quantity.sort}
    if counted:
        found["counted"] = counted
    if people := [n for n in scan.names if n.kind in ("role", "demonym") and quantity.tail <= n.start < end]:
        found["population"] = text[people[0].start : people[-1].end]
    if speaker and speaker.source:
        found["claimant_norm"] = text[slice(*speaker.source)]
        found["scope"] = "sentence"
    return found


def _counted_before(text: str, quantity: Quantity) -> str:
    start = quantity.hedge[0] if quantity.hedge and quantity.hedge[0] < quantity.start else quantity.start
    match = re.search(r"([\u4e00-\u9fff]{2,10})$", text[max(0, start - 10) : start])
    return match[1] if match else ""
