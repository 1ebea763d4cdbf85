"""Who says what: speech words, the source before them, the frame 据…, the content and how far it reaches.

A law as a basis (根据刑法) is no attribution. A speech word without a subject of its own takes the speaker
before it in the sentence; 据悉 and 听说 name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from testimonia.coding.chinese.genre import Genre
from testimonia.coding.chinese.scan import Scan
from testimonia.coding.chinese.segments import Segments
from testimonia.coding.lexicon import Hit

__all__ = ["Attribution", "find_attributions"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speech word with its source; spans are in `Reading.text`. `own` is False where the source stands elsewhere."""

    cue: Span
    source: Span | None
    content: Span | None
    stance: str
    cue_open: Span | None = None
    own: bool = True
    coref: bool = False
    testimony: bool = False
    rule: str = "attribution.said"

    @property
    def span(self) -> Span:
        """From the frame or the source to the speech word; the word alone where the source stands elsewhere."""
        first = [self.cue[0]]
        if self.own and self.source and self.source[1] <= self.cue[0]:
            first.append(self.source[0])
        if self.cue_open:
            first.append(self.cue_open[0])
        return min(first), self.cue[1]


_STOP = re.compile(r"[。；！？\n，：,]")
_BYLINE = re.compile(r"记者|通讯员|编辑|讯）|本[报社网台]")
_LEAD = re.compile(
    r"(?:但是?|而且?|不过|然而|同时|另外|此外|另|又|还|则|且|并且?|对此|日前|近日|目前|昨日|此前|随后|后来|当时|据此|故|因此|所以|于是|有(?!关|限|些|的|人)|对于|"
    r"至于|只是|可是|如今|事后|其后|最后|最终|最近|那时|一、|二、|三、|四、|五、|（[一二三四五六]）|[一二三四五六]是|\s|"
    r"其(?!中|他|丈|夫|妻|母|父|辩|家|子|女|儿|弟|兄|姐|妹|本))+"
)
_ADVERBIAL = re.compile(
    r"在|于|对|则|也|又|还|并|曾|均|都|就|向|通过|援引|引述|发布|发表|接受|当庭|当场|此前|日前|近日|随后|后来|多次|公开|坚决|严厉|强烈|明确|一再|再次|同时|\d+日|"
    r"\d+月|这样|如此|进一步|普遍|至今|"
    r"仍|却|只(?!有)|不(?!愿|具)|没|表示|承认|否认|指出|强调|呼吁|认为|始终|最终|后(?!裔)|日|昨|今|私下|悄悄|曾经|最近|早前|进而|严正|郑重|哭着|笑着|再三|反复|经常|"
    r"常常|总|才|便|事后|当时|其后|依然|"
    r"（|，|、并|写信|来信|回忆时|作证时|供述时|最后|间接|甚至|已经?|开始"
)
_PRONOUN = re.compile(
    r"(?:她们|他们|它们|她|他|我们|我|咱们|对方|后者|前者|双方|两人|三人|二人|其|大家|有人|许多人|很多人|不少人|人们|多人|(?:[一二三四五六七八九十百两几数\d]+)(?:人|名|"
    r"位)|多数人|大多数人|大多|其余的?人)"
)
_NOUN = re.compile(
    r"(?:报告书?|报导|报道|数据|资料|文件|记录|纪录|研究|调查|统计|媒体|消息|来信|证词|证言|家里人|家人|信中|声明|通报|白皮书|年报|判决书?|起诉书|公报|材料|档案|书中|文章|"
    r"访谈|笔录|新闻|社论|"
    r"[男女]人|那人|男的|女的|男子|女子|女孩|妇女|女性|小伙|青年|老人|老太太|老汉|同伴|姐妹|朋友|司机|店主|婆家人?|男方|女方|当局|代表团|法律界|外界|舆论|各界|学界|受害人家属|"
    r"组织|机构|团体|中心|协会|委员会|各国|成员国|"
    r"政府|官方|院方|校方|厂方|村里|县里|上面|者|员|长|师|们|某)"
)
_OPEN = re.compile(r"(?:据|根据|按照?|依据)")
_REPORT = re.compile(
    r"(?:报告书?|报导|报道|数据|资料|统计|调查|消息|说法|证词|证言|估计|陈述|叙述|描述|研究|记录|供述|口述|介绍|回忆|披露|估算|访谈|透露|反映)(?=，|显示|表明)"
)
_CORO = re.compile(r"(?:该|这[名位个]|那[名位个]|上述|此|其|她|他|本|同一)")
_WITNESS = re.compile(
    r"受访|受害|被害|证人|目击|幸存|脱北|逃|被遣返|当事|村民|化名|我|她|他|人表示|死刑犯|囚|买主|买家|老|邻居|家属|亲属|妻|丈夫|母|女"
)
_OFFICIAL = re.compile(r"部|局|政府|官员|发言人|检察|公诉|法院|警|大使|主席|总理|中方|当局|委员会")
_NOT_SAID = re.compile(
    r"(?:不想|不敢|不愿|不能|不会|没有?|无法|从未|拒绝|难以|不得|不要|应当|应|可以|需要|必须|如果|若|假如|是否|未|以便|用于|为了|不再|想|能|会|要)(?:公开|对外|"
    r"向[^，。]{1,6})?$"
)
_LONG_SCOPE = frozenset(("指控", "查明", "认为", "判决如下"))


def find_attributions(scan: Scan, cuts: Segments, genre: Genre) -> list[Attribution]:
    """Attributions of a passage in text order."""
    if genre == "law":
        return []
    found: list[Attribution] = []
    for hit in _cues(scan):
        before = [a for a in found if a.cue[0] >= cuts.sentence(hit.start)[0]]
        made = _attribution(scan, cuts, hit, before[-1] if before else None, genre)
        if made:
            found.append(made)
    found.extend(_frames(scan, cuts, found))
    return sorted(found, key=lambda a: a.cue)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _cues(scan: Scan) -> Iterator[Hit]:
    laws = [(n.start, n.end) for n in scan.names if n.kind == "law"]
    for hit in scan.hits["cue"]:
        row = hit.row
        if row["mode"] == "skip" or any(a <= hit.start < b for a, b in laws):
            continue
        if row["before"] and hit.start and _compiled(row["before"]).match(scan.text[hit.start - 1]):
            continue
        yield hit


def _attribution(scan: Scan, cuts: Segments, hit: Hit, last: Attribution | None, genre: Genre) -> Attribution | None:
    text, row = scan.text, hit.row
    if row["mode"] == "free":
        return _agentless(scan, cuts, hit)
    start = _clause_start(scan, hit.start, last)
    opened = _OPEN.match(text, start) if start < hit.start else None
    source = _source(scan, opened.end() if opened else start, hit.start)
    if _NOT_SAID.search(text[start : hit.start]) or not _says(scan, hit, source, opened is not None):
        return None
    own = source is not None
    if source is None:
        source = _inherited(scan, cuts, hit, last, start)
        if source is None and not (row["mode"] in ("say", "law") and hit.row["form"] in ("查明", "认定")):
            return None
    words = text[source[0] : source[1]] if source else ""
    if row["form"] == "提出" and not re.search(r"人|律师|者|院|方|组织|委员会|部|专家|员", words):
        return None
    return Attribution(
        cue=(hit.start, hit.end),
        source=source,
        content=_content(scan, cuts, hit, genre),
        stance=row["stance"],
        cue_open=(opened.start(), opened.end()) if opened else None,
        own=own or (last is None and source is not None and source[0] >= cuts.sentence(hit.start)[0]),
        coref=bool(_CORO.match(words)),
        testimony=_testifies(words, genre),
        rule=f"attribution.{'frame' if opened else 'said' if own else 'inherited'}",
    )


def _testifies(source: str, genre: Genre) -> bool:
    return bool(source and _WITNESS.search(source) and not _OFFICIAL.search(source))


def _agentless(scan: Scan, cuts: Segments, hit: Hit) -> Attribution:
    span = (hit.start, hit.end)
    return Attribution(span, None, _after(scan, cuts, hit.end), hit.row[("stance")], rule="attribution.agentless")


def _clause_start(scan: Scan, cue: int, last: Attribution | None) -> int:
    """Where the clause of a cue begins: after a mark, a closing quotation mark, or the speech word before it."""
    text = scan.text
    floor = last.cue[1] if last else 0
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
            break
        if char == "）" and (opening := text.rfind("（", floor, at)) >= 0 and at - opening < 24:
            if _BYLINE.search(text, opening, at):
                break
            at = opening
            continue
        if _STOP.match(char) or char == "“":
            break
        at -= 1
    return at


def _source(scan: Scan, start: int, cue: int) -> Span | None:
    """The noun phrase that speaks, within text[start:cue]."""
    text = scan.text
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
    share = re.compile(r"[^，。]{0,10}(?:成|%|半数|多数|部分|人)").match(scan.text, start, cue)
    if not ends and share:
        ends.append(share.end())
    if not ends and states and (states[0] == cue or _ADVERBIAL.match(scan.text, states[0], cue)):
        ends.append(states[0])
    if (
        not ends
        and 1 < cue - start <= 4
        and (nick := re.compile(r"[老小阿][\u4e00-\u9fff]").match(scan.text, start, cue))
    ):
        ends.append(nick.end())
    return min(ends) if ends else None


_CLAUSE_NEXT = re.compile(r"[，：“\"「:]")


def _says(scan: Scan, hit: Hit, source: Span | None, framed: bool) -> bool:
    """Whether the speech word is used as one, by its mode."""
    text, mode, end = scan.text, hit.row["mode"], hit.end
    after = text[end : end + 1]
    near = source is not None and (hit.start - source[1] <= 8)
    quoted_before = source is not None and text[source[0] - 1 : source[0]] in ("”", "，", "。")
    if mode == "weak":
        return (near and bool(_CLAUSE_NEXT.match(text, end) or framed)) or (
            near and after not in ("，。；、）的了") and _clausal(text, end)
        )
    if mode == "want":
        return (
            near
            and source is not None
            and bool(re.search(r"组织|政府|国|团|者|院|部|会|署|方|员|家", text[source[0] : source[1]]))
        )
    if mode == "object":
        return after not in ("。", "的", "")
    if mode == "law":
        return bool(_CLAUSE_NEXT.match(text, end))
    return quoted_before or after not in ("。", "；", "")


def _clausal(text: str, end: int) -> bool:
    """Whether what follows reads like a clause of its own."""
    rest = re.compile(r"[^，。；]*").match(text, end)
    return bool(rest and len(rest[0]) >= 6)


def _inherited(scan: Scan, cuts: Segments, hit: Hit, last: Attribution | None, start: int) -> Span | None:
    """The speaker before in the sentence, or the subject of the clause before, where the cue has none of its own."""
    text = scan.text
    between = text[start : hit.start]
    if len(between) > 14:
        return None
    if last and last.source and cuts.sentence(last.cue[0]) == cuts.sentence(hit.start):
        return last.source if hit.row["mode"] != "weak" or _CLAUSE_NEXT.match(text, hit.end) else None
    first = cuts.sentence(hit.start)[0]
    if first >= start or hit.row["mode"] == "weak":
        return None
    return _source(scan, first, cuts.clause(first)[1]) if cuts.clause(first)[1] < start else None


def _content(scan: Scan, cuts: Segments, hit: Hit, genre: Genre) -> Span | None:
    text = scan.text
    if text[hit.end : hit.end + 1] in ("。", ""):
        return _quote_before(text, cuts, hit.start)
    if genre == "judgment" and (hit.row["form"] in _LONG_SCOPE):
        return _trimmed(text, hit.end, len(text))
    return _after(scan, cuts, hit.end)


def _quote_before(text: str, cuts: Segments, cue: int) -> Span | None:
    close = text.rfind("”", 0, cue)
    opening = text.rfind("“", 0, close) if close >= 0 else -1
    if opening < 0:
        first = cuts.sentence(cue)[0]
        return (first, cue) if first < cue else None
    return opening, close + 1


def _after(scan: Scan, cuts: Segments, end: int) -> Span | None:
    text = scan.text
    stop = cuts.sentence(min(end, len(text) - 1))[1]
    opening = re.compile(r"[：，:]?\s*“").match(text, end)
    if opening:
        close = text.find("”", opening.end())
        stop = max(stop, close + 1) if close >= 0 else stop
    return _trimmed(text, end, stop)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in "，：: \n":
        start += 1
    while end > start and text[end - 1] in "。；\n ，":
        end -= 1
    return (start, end) if start < end else None


def _frames(scan: Scan, cuts: Segments, found: list[Attribution]) -> Iterator[Attribution]:
    """根据该组织的报告，…: a frame without a speech word, where the noun is a report."""
    text = scan.text
    for match in re.finditer(r"(?<![依证数占票收单凭论])(?:据|根据)", text):
        stop = _STOP.search(text, match.end())
        end = stop.start() if stop else len(text)
        if end - match.end() > 40 or any(a.cue[0] < end and match.start() < a.cue[1] for a in found):
            continue
        noun = list(_REPORT.finditer(text, match.end(), min(end + 1, len(text))))
        if not noun or any(n.kind == "law" and n.start < end and match.start() < n.end for n in scan.names):
            continue
        yield Attribution(match.span(), (match.end(), noun[-1].end()), _after(scan, cuts, end), (
            "according_to"
        ),
                          rule="attribution.report")  # fmt: skip
