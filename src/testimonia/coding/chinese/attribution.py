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
from testimonia.coding.chinese.sources import (
    STOP,
    Span,
    clause_start,
    is_coreference,
    source_in,
    speaks_for_another,
    testifies,
)
from testimonia.coding.lexicon import Hit

__all__ = ["Attribution", "find_attributions"]


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


_REST = re.compile(r"[^，。；]*")
_OPENING = re.compile(r"[：，:]?\s*“")
_FRAME = re.compile(r"(?<![依证数占票收单凭论])(?:据|根据)")
_OPEN = re.compile(r"(?:据|根据|按照?|依据)")
_REPORT = re.compile(
    r"(?:报告书?|报导|报道|数据|资料|统计|调查|消息|名单|线索|情况|公报|白皮书|说法|证词|证言|估计|陈述"
    r"|叙述|描述|研究|记录|供述|口述|介绍|回忆|披露|估算|访谈|透露|反映)(?=，|显示|表明)"
)
_NOT_SAID = re.compile(
    r"(?:不想|不敢|不愿|不肯|不便|不予|未予|不方便|不会|不能|没有?|无法|从未|拒绝|难以|不得|不要|应当|应"
    r"|可以|需要|必须|如果|若|假如|是否|未|以便|用于|用以|为了|不再|想|能"
    r"|(?<![本该协员工议联大教社国风布谈坛峰讨证者研商座])会|要|进行|受到|遭到|予以|加以|给予|引发|引起"
    r"|招致|如实)(?:公开|对外|"
    r"向[^，。]{1,6})?$"
)
_IN_PLACE = re.compile(r"中(?![国方央心朝韩共])|时(?![说称表])|期间|过程|之后(?!，)")
_JOINER = re.compile(
    r"(?:并且?|又|还|也|则|但是?|同时|而且?|且|仅|只是?|再|另外?|随后|后来|最后|接着|继而|此外|不过|，|“"
    r"|”|一边|一面|当庭|甚至|其后|却|反而|亦|更|就|便|曾|硬|偏|总|老|多次|再次|强烈|严厉|明确|公开|坚决"
    r"|则对[^，。]{1,10}|对[^，。]{1,10}|向[^，。]{1,8}|在[^，。]{1,14})*$"
)
_TELLING = frozenset(
    [
        "陈述",
        "陈述称",
        "陈述说",
        "哭诉",
        "回忆",
        "回忆说",
        "回忆道",
        "忆述",
        "忆及",
        "忆起",
        "讲述",
        "自述",
        "口述",
        "证称",
        "作证",
        "诉说",
        "倾诉",
        "述说",
        "忆称",
        "忆道",
        "亲历",
        "目睹",
    ]
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
        if scan.text.startswith(row["form"], hit.end):
            continue
        before = scan.text[max(0, hit.start - 3) : hit.start]
        if row["before"] and _compiled(f"(?:{row['before']})$").search(before):
            continue
        if _IN_PLACE.match(scan.text, hit.end) or (before.endswith("的") and row["form"] not in ("说", "称")):
            continue
        yield hit


def _attribution(scan: Scan, cuts: Segments, hit: Hit, last: Attribution | None, genre: Genre) -> Attribution | None:
    text, row = scan.text, hit.row
    if row["mode"] == "free":
        return _agentless(scan, cuts, hit)
    start = clause_start(scan, hit.start, last.cue[1] if last else 0)
    opened = _OPEN.match(text, start) if start < hit.start else None
    source = source_in(scan, opened.end() if opened else start, hit.start)
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
        stance=_stance(row["stance"], words),
        cue_open=(opened.start(), opened.end()) if opened else None,
        own=own or (last is None and source is not None and source[0] >= cuts.sentence(hit.start)[0]),
        coref=is_coreference(words),
        testimony=testifies(words, genre, telling=row["form"] in _TELLING) and not _anaphoric(text, words, last),
        rule=f"attribution.{'frame' if opened else 'said' if own else 'inherited'}",
    )


def _anaphoric(text: str, words: str, last: Attribution | None) -> bool:
    if last is None or last.source is None:
        return False
    return speaks_for_another(words, text[slice(*last.source)], last.testimony)


def _stance(stance: str, source: str) -> str:
    """What a defendant or a defender submits denies."""
    defends = stance in ("neutral", "position") and re.search(r"辩护|被告(?!诉)|上诉人", source)
    return "denial" if defends else stance


def _agentless(scan: Scan, cuts: Segments, hit: Hit) -> Attribution:
    span = (hit.start, hit.end)
    return Attribution(span, None, _after(scan, cuts, hit.end), hit.row["stance"], rule="attribution.agentless")


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
        return after not in ("、", "的", "") and (after not in "。；，" or near)
    if mode == "law":
        return bool(_CLAUSE_NEXT.match(text, end))
    return quoted_before or after not in ("。", "；", "")


def _clausal(text: str, end: int) -> bool:
    """Whether what follows reads like a clause of its own."""
    rest = _REST.match(text, end)
    return bool(rest and len(rest[0]) >= 6)


def _inherited(scan: Scan, cuts: Segments, hit: Hit, last: Attribution | None, start: int) -> Span | None:
    """The speaker before in the sentence, or the subject of the clause before, where the cue has none of its own."""
    text = scan.text
    if hit.start - start > 24 or not _JOINER.match(text[start : hit.start]):
        return None
    if last and last.source and cuts.sentence(last.cue[0]) == cuts.sentence(hit.start):
        return last.source if hit.row["mode"] != "weak" or _CLAUSE_NEXT.match(text, hit.end) else None
    first, at = cuts.sentence(hit.start)[0], start - 1
    if hit.row["mode"] == "weak" and not _CLAUSE_NEXT.match(text, hit.end):
        return None
    while at > first:
        a, b = cuts.clause(at - 1)
        source = source_in(scan, max(a, first), b)
        if source and source[0] - max(a, first) <= 4:
            return source
        at = a - 1
    return None


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
    opening = _OPENING.match(text, end)
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
    for match in _FRAME.finditer(text):
        stop = STOP.search(text, match.end())
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
