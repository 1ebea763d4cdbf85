"""Codes acts: the shortest words that carry them, with modality and polarity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from testimonia.coding.korean.context import polarity_and_modality
from testimonia.coding.korean.lexicon import Found, is_hangul, names_of
from testimonia.coding.korean.segments import Paragraph
from testimonia.model import Coding

__all__ = ["code_acts", "compiled", "fits", "in_heading", "stretch"]

_LIGHT = re.compile(
    r"(?:\s?(?:을|를)?\s?(?:당[하했한할해][가-힣]*|시[키켜킨켰킬킴][가-힣]*|받[고은는을았아지으기][가-힣]*|"
    r"겪[가-힣]+|가했[가-힣]*)|(?:되|된|될|됐|돼|하|한|할|해|했|됨|함)[가-힣]*)"
)
_HELPER = re.compile(
    r"\s(?:갔|가[고서며는던야거게]|간(?=\s)|가(?=\s|$)|왔|온(?=\s)|오[고는]|있었|있[다던는습]|지[내냈낸]|"
    r"두[고었]|둔|놓[고았은아]|버[리렸린]|보[내냈낸]|넘[겼기긴]|살[았던고]|졌|진(?=\s)|받[았고은]|"
    r"다[녔니])[가-힣]*"
)
_TAIL = re.compile(
    r"(?:았|었|였|겠)?(?:습니다|니다|다|고|며|면서|면|지|는|은|을|던|기|게|도록|으며|으나|지만|거나|어|아|여|"
    r"서|채|음|린)?"
)
_NEGATED = re.compile(r"\s(?:않|못하|못해|못했|아니하)[가-힣]*")
_NOT_YET = re.compile(r"(?:면|려고|려다|려던|까|자고|기\s?전에|자마자)$")
_ARTICLE_HEADING = re.compile(r"[\s#*]*제\s?\d+\s?조(?:의\s?\d+)?\s?[(（][^)）]*[)）]")
_LENGTH = re.compile(r"\s?(?:형\s?)?(?:\d+년(?:\s?\d+개월)?(?:에서\s?\d+년)?|\d+개월)")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A condition of the vocabulary as a regular expression; @PRK stands for any place in North Korea."""
    return re.compile(pattern.replace("@PRK", names_of("PRK")))


def fits(paragraph: Paragraph, hit: Found, provinces: str = "") -> bool:
    """Whether the conditions of a row hold around a hit."""
    row, text = hit.row, paragraph.text
    if row["needs"] == "-" and row["unless"] == "-":
        return True
    begin, end = paragraph.sentence(hit.start)
    if row["needs"] not in ("-", "rule", "spoken"):
        pattern = compiled(row["needs"])
        if row["kind"] == "ctx":
            if not pattern.search(text[max(begin, hit.start - 30) : hit.start]):
                return False
        elif not pattern.search(text, begin, end):
            return False
    if row["needs"] == "rule" and paragraph.voice != "rule":
        return False
    if row["needs"] == "spoken" and paragraph.voice != "answer":
        return False
    if row["unless"] == "-":
        return True
    around = text[max(begin, hit.start - 14) : min(end, hit.end + 16)]
    return compiled(row["unless"]).search(around) is None


def in_heading(paragraph: Paragraph, place: int) -> bool:
    """Whether a place lies in the heading of an article: 제6조(송환)."""
    match = _ARTICLE_HEADING.match(paragraph.text) if paragraph.voice == "rule" else None
    return match is not None and place < match.end()


def _is_cut_short(paragraph: Paragraph, hit: Found) -> bool:
    """Whether a stem of one syllable (판, 팔) is but the beginning of another word."""
    after = paragraph.text[hit.end : hit.end + 1]
    return hit.end - hit.start == 1 and not hit.row["bare"] and is_hangul(after) and after not in "다데"


def stretch(paragraph: Paragraph, hit: Found) -> int:
    """Where the words that carry an act end: with the verb's ending and its helping verb."""
    text, end = paragraph.text, hit.end
    if paragraph.damaged:
        tail = _TAIL.match(text, end)
        return tail.end() if tail else end
    if hit.row["kind"] == "num":
        length = _LENGTH.match(text, end)
        return length.end() if length else end
    if hit.row["kind"] == "noun":
        light = _LIGHT.match(text, end)
        return light.end() if light else end
    while end < len(text) and is_hangul(text[end]):
        end += 1
    if text[:end].endswith(("지", "지는", "지도", "지를")) and (negated := _NEGATED.match(text, end)):
        return negated.end()
    helper = (
        _HELPER.match(text, end)
        if text[end - 1] in "아어여려해혀워와켜쳐러져내고채겨여 " or text[end - 1] in "가라"
        else None
    )
    return helper.end() if helper else end


_CRIME_NAME = re.compile(r"제\s?\d+\s?(?:조|장)(?:의\s?\d+)?\s?[(（]?[^()（）]{0,30}$")
_OF_LAW = re.compile(r"\s?(?:관련\s)?(?:피해자?|범죄|방지|상담|보호|처벌|특례|사건|예방|근절|추방의\s날)")


def _names_a_law(paragraph: Paragraph, hit: Found, laws: Sequence[tuple[int, int]]) -> bool:
    """Whether a word is but part of a name: of a law, of a crime behind its article, of a body for victims."""
    if any(hit.start < end and start < hit.end for start, end in laws):
        return not hit.row["code"].startswith("law.")
    if not paragraph.statute or hit.row["kind"] != "noun":
        return False
    text = paragraph.text
    return bool(_OF_LAW.match(text, hit.end) or _CRIME_NAME.search(text, max(0, hit.start - 44), hit.start))


def _best(hits: Sequence[Found]) -> Iterator[Found]:
    """One hit for each stretch: the longest; of equally long ones, the one whose conditions are stated."""
    end = -1
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, h.row["needs"] == "-")):
        if hit.start >= end:
            end = hit.end
            yield hit


def _is_whole(text: str, hit: Found) -> bool:
    """Whether a hit inside a word is long enough, and does not only begin with another word's ending (가두고 문을)."""
    return hit.end - hit.start >= 4 and not text[hit.start + 1].isspace()


def code_acts(paragraph: Paragraph, found: Sequence[Found], laws: Sequence[tuple[int, int]] = ()) -> list[Coding]:
    """Acts of a paragraph; none in questions, headings and titles."""
    if paragraph.voice in ("question", "heading") or paragraph.role in ("title", "boilerplate"):
        return []
    hits = [
        hit
        for hit in found
        if hit.group == "acts"
        and (hit.word_start or paragraph.damaged or _is_whole(paragraph.text, hit))
        and not in_heading(paragraph, hit.start)
        and not _names_a_law(paragraph, hit, laws)
    ]
    codings = []
    for hit in _best([hit for hit in hits if not _is_cut_short(paragraph, hit) and fits(paragraph, hit)]):
        end = stretch(paragraph, hit)
        if hit.row["kind"] == "num" and end == hit.end:
            continue
        if hit.row["code"] == "journey.escape" and _NOT_YET.search(paragraph.text, hit.start, end):
            continue
        polarity, modality = polarity_and_modality(paragraph, hit.start, end)
        part = paragraph.part(hit.start, end)
        codings.append(
            Coding(
                kind="act",
                start=part.start,
                end=part.end,
                quote=part.quote,
                code=hit.row["code"],
                modality=modality,
                polarity="negative" if polarity == "negative" else "positive",
                basis="experienced" if paragraph.voice == "answer" and modality == "testimony" else None,
                rule=f"ko.act.{hit.row['id']}",
                cue=hit.row["form"],
            )
        )
    return codings
