"""Acts and measures: a trigger, what must stand around it, and how it is meant.

One coding for each code in a stretch; where spans of one code overlap, the longest stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from testimonia.coding.chinese.attribution import Attribution
from testimonia.coding.chinese.figures import speaker_of, speakers_of
from testimonia.coding.chinese.genre import Genre
from testimonia.coding.chinese.scan import Scan
from testimonia.coding.chinese.segments import Segments
from testimonia.coding.lexicon import Hit

__all__ = ["Found", "find_acts", "find_measures", "modality_of"]

_LEFT, _RIGHT = 30, 30  # characters a span may take in on each side


@dataclass(frozen=True, slots=True)
class Found:
    """An act or a measure at text[start:end]; `at` is its trigger."""

    start: int
    end: int
    code: str
    at: tuple[int, int]
    rule: str


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def find_acts(scan: Scan, cuts: Segments) -> list[Found]:
    """Acts of a passage in text order."""
    found = (_fitted(scan.text, cuts, hit, hit.row["code"]) for hit in scan.hits["act"])
    return _merged([f for f in found if f and not _in_title(scan, f)])


def _in_title(scan: Scan, found: Found) -> bool:
    return any(n.rule == "law.title" and n.start <= found.at[0] < n.end for n in scan.names)


def _fitted(text: str, cuts: Segments, hit: Hit, code: str) -> Found | None:
    """The hit with the span its row gives it, or None where the words around forbid it."""
    row, start, end = hit.row, hit.start, hit.end
    a, b = cuts.clause(start)
    window = text[max(0, a - 24) : min(len(text), b + 12)]
    if row["within"] and not _pattern(row["within"]).search(window):
        return None
    if row["block"] and _pattern(row["block"]).search(text[max(0, a - 12) : b]):
        return None
    if row["left"]:
        left = text[max(0, start - _LEFT) : start]
        match = _pattern(_anchored(row["left"])).search(left)
        if match is None:
            return None
        start -= len(left) - match.start()
    if row["right"]:
        match = _pattern(row["right"]).match(text, end, end + _RIGHT)
        if match is None:
            return None
        end = match.end()
    return Found(start, end, code, (hit.start, hit.end), f"{'act' if 'code' in row else 'measure'}.{code}")


@cache
def _anchored(pattern: str) -> str:
    return f"(?:{pattern})$"


def _merged(found: Sequence[Found]) -> list[Found]:
    """Of overlapping spans with one code, the longest."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if not any(k.code == one.code and k.start < one.end and one.start < k.end for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.end))


def find_measures(scan: Scan, cuts: Segments, genre: Genre) -> list[Found]:
    """Measures of a passage: the clause around a trigger, one for each clause."""
    out: list[Found] = []
    for hit in scan.hits["measure"]:
        allowed = hit.row["genre"]
        if allowed and genre not in allowed.split(","):
            continue
        found = _fitted(scan.text, cuts, hit, hit.row["mtype"])
        if found and not _in_title(scan, found):
            out.append(_widened(scan.text, cuts, found))
    return _one_each(out)


_LEADING = re.compile(
    r"(?:并|但|而|同时|其中|此外|另外|现|经查证属实的|又|也|还|则|于是|后来|再|、|（[一二三四五六七八九十]+）|[一二三四五六七八九十]+[、是]|第[一二三四五六七八九十百]+条|的|"
    r"\s)+"
)


def _widened(text: str, cuts: Segments, found: Found) -> Found:
    a, b = cuts.clause(found.at[0])
    start = min(a, found.start) if found.start < a else a
    while start < found.at[0] and text[start] in "，。；：":
        start += 1
    if lead := _LEADING.match(text, start, found.at[0]):
        start = lead.end()
    return Found(start, max(b, found.end), found.code, found.at, found.rule)


def _one_each(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -(f.at[1] - f.at[0]))):
        clash = [k for k in kept if k.start < one.end and one.start < k.end]
        if not clash:
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


_NEGATION = re.compile(r"(?:未曾?|没有?|并未|不曾|从未|没能|未能|未被|非)(?:被|再|遭|受|使用|进行)?$")
_DENYING = re.compile(r"否认|不存在|没有所谓|辩称|并无|绝无|从未|子虚乌有|不实")
_RISK = re.compile(r"可能|恐(?!吓)|恐怕|面临|如果|要是|一旦|会被|将被|就会|害怕|担心|怕|最怕|有.{0,6}风险|若")
_TELLING = re.compile(r"讲述|回忆|忆|憶|自述|口述|描述|叙述|述说|倾诉|诉说")
_FEARED = re.compile(r"怕|担心|恐怕|一旦|如果|要是")
_STILL = re.compile(r"至今|仍然?|经常性|目前")
_POLICY = re.compile(r"呼吁|停止|应当|禁止|反对|不要|避免|杜绝|不得|促请|敦促|一律|要求|建议|防止|打击|防范|规定")
_FORMER = re.compile(r"废除|废止|取消|曾经?实行|过去(?![\d一二三四五六七八九十几数的]|.年)|历史上|时期|被废|昔日")
_ABOLISHED = re.compile(r"收容遣送|收容审查|收容教育|劳动教养|劳教")


def modality_of(scan: Scan, cuts: Segments, found: Found, genre: Genre, said: Sequence[Attribution]) -> tuple[str, str]:
    """Modality and polarity of an act."""
    text = scan.text
    a, b = cuts.clause(found.at[0])
    clause, before = text[a:b], text[max(a, found.at[0] - 8) : found.at[0]]
    speaker = speaker_of(said, found.at[0])
    negative = bool(_NEGATION.search(before)) or bool(_NEGATION.search(text[max(0, found.start - 4) : found.start]))
    polarity = "negative" if negative else "positive"
    if genre == "law":
        return "legal_norm", polarity
    if genre == "notice":
        return "policy", polarity
    if (speaker and speaker.stance == "denial") or _DENYING.search(clause):
        return "denied", polarity
    if (own := _by_speaker(speaker, speakers_of(said, found.at[0]))) is not None:
        return own, polarity
    return _by_words(scan, cuts, found, genre, said), polarity


def _by_speaker(speaker: Attribution | None, all_of_them: Sequence[Attribution]) -> str | None:
    if speaker and speaker.stance in ("accusation", "admission"):
        return "alleged"
    return "testimony" if any(one.testimony for one in all_of_them) else None


def _told(scan: Scan, found: Found, said: Sequence[Attribution]) -> bool:
    """Whether a witness goes on telling: the last speech word before is one of telling, and theirs."""
    before = [one for one in said if one.cue[1] <= found.at[0]]
    return bool(before and before[-1].testimony and _TELLING.match(scan.text, before[-1].cue[0]))


def _by_words(scan: Scan, cuts: Segments, found: Found, genre: Genre, said: Sequence[Attribution]) -> str:
    text = scan.text
    a, b = cuts.clause(found.at[0])
    first = cuts.sentence(found.at[0])[0]
    before, sentence = text[a : found.at[0]], text[first : cuts.sentence(found.at[0])[1]]
    if genre == "judgment":
        return "court_found"
    if _RISK.search(before) or _FEARED.search(text[max(first, a - 16) : a]):
        return "testimony" if genre == "first" else "risk"
    if genre == "first":
        return "testimony"
    if _told(scan, found, said):
        return "testimony"
    if _POLICY.search(text[max(a, found.at[0] - 8) : found.at[0]]):
        return "policy"
    if _FORMER.search(text[a:b]) or (_ABOLISHED.search(sentence) and not _STILL.search(sentence)):
        return "historical"
    return "reported"


def actor_of(text: str, found: Found) -> Iterator[str]:
    """The state whose measure it is, as far as the clause names one."""
    clause = text[found.start : found.end]
    for words, code in (
        ("朝鲜|北韩|保卫部|朝方", "PRK"),
        ("韩国|南韩|统一部|韩方", "KOR"),
        ("泰国", "THA"),
        ("老挝|寮国", "LAO"),
    ):
        if re.search(words, clause):
            yield code
            return
    yield "CHN"
