"""Who speaks: where the clause of a speech word begins, and which noun phrase in it is the source."""

from __future__ import annotations

import re
from functools import cache

from testimonia import vocabulary
from testimonia.coding.chinese.genre import Genre
from testimonia.coding.chinese.scan import Scan

__all__ = ["STOP", "Span", "clause_start", "is_coreference", "source_in", "speaks_for_another", "testifies"]

Span = tuple[int, int]

STOP = re.compile(r"[。；！？\n，：,]")
_LETTER = re.compile(r"[\u4e00-\u9fff]")
_SHARE = re.compile(r"[^，。]{0,10}(?:成|%|半数|多数|部分|人)")
_NICKNAME = re.compile(r"[老小阿][\u4e00-\u9fff]")
_BYLINE = re.compile(r"记者|通讯员|编辑|讯）|本[报社网台]")
_DATELINE = re.compile(r"\s*(?:【[^】]{2,30}】|[^，。]{2,20}\d{1,2}日[电讯](?:（[^）]*）)?)")
_LEAD = re.compile(
    r"(?:但是?|而且?|不过|然而|同时|另外|此外|另|又|还|则|且|并且?|对此|日前|近日|目前|昨日|此前|随后"
    r"|后来|当时|据此|故|因此|所以|于是|有(?!关|限|些|的|人)|对于|"
    r"至于|只是|可是|如今|事后|其后|最后|最终|最近|那时|一、|二、|三、|四、|五、|（[一二三四五六]）"
    r"|[一二三四五六]是|\s|"
    r"【[^】]{0,40}】|如(?![此果何今下])|其(?!中|他|丈|夫|妻|母|父|辩|家|子|女|儿|弟|兄|姐|妹|本))+"
)
_ADVERBIAL = re.compile(
    r"在|于|对|跟|则|也|又|还|并|曾|均|都|就|向|通过|援引|引述|发布|发表|接受|当庭|当场|此前|日前|近日"
    r"|随后|后来|多次|公开|坚决|严厉|强烈|明确|一再|再次|同时|\d+日|"
    r"\d+月|这样|如此|进一步|普遍|至今|"
    r"仍|却|只(?!有)|不(?!愿|具|便|肯|想)|没|表示|承认|否认|指出|强调|呼吁|认为|始终|最终|后(?!裔)|日|昨|今|私下"
    r"|悄悄|曾经|最近|早前|进而|严正|郑重|哭着|笑着|再三|反复|经常|"
    r"常常|总|才|(?<!不)便|事后|当时|其后|依然|"
    r"（|，|、并|写信|来信|回忆时|作证时|供述时|最后|间接|甚至|已经?|开始"
)
_WORD = re.compile(
    r"[^不没能会要去来到了的是有被把让给这那如何怎什和与及或将已再又就才可以为从因所其中他她我你们等之后前时，。、]+"
)
_PRONOUN = re.compile(
    r"(?:她们|他们|它们|她|他|我们|我|咱们|对方|后者|前者|双方|两人|三人|二人|其|大家|有人|许多人|很多人"
    r"|不少人|人们|多人|(?:[一二三四五六七八九十百两几数\d]+)(?:人|名|"
    r"位)|多数人|大多数人|大多|其余的?人)"
)
_NOUN = re.compile(
    r"(?:报告书?|报导|报道|数据|资料|文件|记录|纪录|研究|排查|摸排|核查|走访|检查|访谈|测算|评估|调查"
    r"|统计|媒体|消息|来信|证词|证言|家里人|家人|信中|声明|通报|白皮书|年报|判决书?|起诉书|公报|材料|档案|书中|文章|"
    r"访谈|笔录|新闻|社论|"
    r"[男女]人|那人|男的|女的|男子|女子|女孩|妇女|女性|小伙|青年|老人|老太太|老汉|同伴|姐妹|朋友|司机"
    r"|店主|婆家人?|男方|女方|当局|代表团|法律界|外界|舆论|各界|学界|受害人家属|"
    r"组织|机构|团体|中心|协会|委员会|各国|成员国|"
    r"政府|官方|院方|校方|厂方|村里|县里|上面|的人|者|员|长|师|们|某)"
    r"|[跑带管看守站做开卖掌领送赶拉](?:[\u4e00-\u9fff]{1,2})的(?=捎|托|带|劝|[说讲告])"
)
_CORO = re.compile(r"(?:该|这[名位个]|那[名位个]|上述|此|其|她|他|本|同一)")
_WITNESS = re.compile(
    r"受访|受害|获救|被解救|亲历|受骗|新娘|当事|返回者|出逃者|难友|狱友|同伴|同乡|被害|证人|目击|幸存"
    r"|脱北|逃|被遣返|当事|村民|化名|女子|妇女|女人|女孩|老人|村妇|我|她|他|人表示|死刑犯|囚|买主|买家"
    r"|老(?![挝师板])"
    r"|邻居|家属|亲属|妻|丈夫|母|女"
)
_SOME_OF_THEM = re.compile(
    r"(?:其中)?(?:另?有|约|近|超过|逾|至少)*[一二三四五六七八九十百两几数\d多]+(?:余)?[人名位成]|多数人|部分人"
)
_EXPERT = re.compile(r"教授|学者|专家|律师|研究|报告|记者|作者|组织|机构|社|被告|嫌疑")
_OFFICIAL = re.compile(
    r"(?<![东西南北中])部(?!分|落)|局|政府|官员|发言人|检察|公诉|法院|警|大使|主席|总理|中方|当局|委员会"
)


def is_coreference(source: str) -> bool:
    """Whether the words point back: 该官员, 这位学者, 她."""
    return bool(_CORO.match(source))


def testifies(source: str, genre: Genre, telling: bool = False) -> bool:
    """Whether one who lived it speaks, and no office; `telling`: by a word that only witnesses are given."""
    if not source or _OFFICIAL.search(source):
        return False
    return (
        (telling and not _EXPERT.search(source))
        or bool(_WITNESS.search(source))
        or (genre in ("report", "news") and bool(_SOME_OF_THEM.match(source)))
    )


def speaks_for_another(source: str, before: str, testified: bool) -> bool:
    """他 or 她 after an official or an expert is that person, and no witness."""
    if source not in ("他", "她") or testified:
        return False
    return before in ("他", "她") or bool(_OFFICIAL.search(before) or _EXPERT.search(before) or "负责人" in before)


def clause_start(scan: Scan, cue: int, floor: int) -> int:
    """Where the clause of a cue begins: after a mark, a closing quotation mark, or the speech word before it."""
    text = scan.text
    at = cue
    inside = [(n.start, n.end) for n in scan.names if n.kind in ("org", "person") and n.end <= cue]
    while at > floor:
        char = text[at - 1]
        if char == "”":
            quoted = [a for a, b in inside if b == at or (a < at <= b)]
            alias = re.search(r"(?:化名|名为|叫)“[^”]*”$", text[max(0, at - 12) : at])
            if quoted:
                at = min(quoted)
                continue
            if alias:
                at -= len(alias[0])
                continue
            opening = text.rfind("“", floor, at)
            if opening > 0 and at - opening <= 14 and _LETTER.match(text[opening - 1]):
                at = opening
                continue
            break
        if char == "）" and (opening := text.rfind("（", floor, at)) >= 0 and at - opening < 24:
            if _BYLINE.search(text, opening, at):
                break
            at = opening
            continue
        if STOP.match(char) or char == "“":
            break
        at -= 1
    return at


def source_in(scan: Scan, start: int, cue: int) -> Span | None:
    """The noun phrase that speaks, within text[start:cue]."""
    text = scan.text
    if start == 0 and (dateline := _DATELINE.match(text)):
        start = dateline.end()
    if lead := _LEAD.match(text, start, cue):
        start = lead.end()
    for when in scan.dates:
        if when.start == start and when.end < cue and text[when.end] not in "的人":
            start = when.end
    head = _head_end(scan, start, cue)
    if head is None:
        return None
    cut = _ADVERBIAL.search(text, head, cue)
    end = cut.start() if cut and cut[0] != "（" else cue
    if cut and cut[0] == "（":
        close = text.find("）", cut.start(), cue)
        end = close + 1 if close >= 0 else cue
    while end > start and text[end - 1] in "，、的所":
        end -= 1
    return (start, end) if start < end else None


def _head_end(scan: Scan, start: int, cue: int) -> int | None:
    """The end of the first word in a phrase that can speak."""
    ends = [n.end for n in scan.names if n.kind in ("org", "role", "person") and start <= n.start and n.end <= cue]
    pronoun = _PRONOUN.match(scan.text, start, cue)
    noun = _NOUN.search(scan.text, start, cue)
    ends += [m.end() for m in (pronoun, noun) if m]
    states = [n.end for n in scan.names if n.kind == "place" and n.start == start and n.end <= cue]
    share = _SHARE.match(scan.text, start, cue)
    if not ends and share:
        ends.append(share.end())
    if not ends and states and (states[0] == cue or _ADVERBIAL.match(scan.text, states[0], cue)):
        ends.append(states[0])
    name = _named().match(scan.text, start, cue)
    if not ends and name and name.end() == cue:
        ends.append(cue)
    if not ends and 1 < cue - start <= 4 and (nick := _NICKNAME.match(scan.text, start, cue)):
        ends.append(nick.end())
    return min(ends) if ends else _short_subject(scan.text, start, cue)


def _short_subject(text: str, start: int, cue: int) -> int | None:
    """A name or a word nobody listed, right before the adverbial or the speech word: 小顺后来跟我讲."""
    cut = _ADVERBIAL.search(text, start + 1, cue)
    end = cut.start() if cut else cue
    return end if 2 <= end - start <= 5 and _WORD.fullmatch(text, start, end) else None


@cache
def _named() -> re.Pattern[str]:
    """A surname with one or two characters: 王怡认为."""
    forms = sorted((row["form"] for row in vocabulary.rows("zh/surnames")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(forms)})[\u4e00-\u9fff]{{1,2}}")
