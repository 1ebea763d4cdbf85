"""Codes measures: what a state or body does, orders, builds, pays for or lays down."""

from __future__ import annotations

import re
from collections.abc import Sequence

from testimonia.coding.korean.acts import fits, in_heading, stretch
from testimonia.coding.korean.lexicon import Found
from testimonia.coding.korean.segments import Paragraph
from testimonia.model import Coding

__all__ = ["code_measures"]

_ACTORS = (
    (
        re.compile(
            r"북한\s?(?:당국|정부|형법|은|이|쪽|측)|조선\s?(?:당국|정부)|보위부|보위성|안전부|로동당|"
            r"국경경비대|장마당"
        ),
        "PRK",
    ),
    (re.compile(r"중국|공안|변방|中|지린|랴오닝|길림|료녕|요녕|위안|훈춘|옌지|연변|단둥|베이징|현\s?인민정부"), "CHN"),
    (re.compile(r"한국|통일부|국회|하나원|남북하나재단"), "KOR"),
    (re.compile(r"미국|국무부"), "USA"),
    (re.compile(r"태국"), "THA"),
    (re.compile(r"라오스"), "LAO"),
    (re.compile(r"몽골"), "MNG"),
    (re.compile(r"베트남"), "VNM"),
    (re.compile(r"유엔"), "UN"),
)
_PROPOSED = re.compile(r"(?:할\s?것|둘\s?것|부여할|촉구|권고|제안|제언|요구|검토)")
_ANNOUNCED = re.compile(r"(?:발표|예고|계획|방침|할\s?예정|추진|약속)")
_CLAUSE_END = re.compile(r"[며고],?\s|[;；]")
_PREDICATE = re.compile(r"[^.。;；\n]{0,70}?(?:[며고](?=,?\s)|(?<![보마])다(?=[.\s]|$)|것(?=[.\s]|$)|(?=[.。;；\n]|$))")
_SANCTIONS = frozenset(
    [
        "fine",
        "penalty",
        "penalty_on_helpers",
        "confiscation",
        "anti_trafficking_law",
        "detention_power",
        "detention_limit",
    ]
)
_POSITION = re.compile(r"입장|태도|견해")
_HISTORICAL = frozenset({"treaty_ratification", "bilateral_agreement", "economic_policy"})


def _status(paragraph: Paragraph, hit: Found, sentence: str) -> str:
    after = paragraph.text[hit.end : hit.end + 24]
    if paragraph.voice == "rule":
        return "in_force"
    if _PROPOSED.search(after):
        return "proposed"
    if _ANNOUNCED.search(after):
        return "announced"
    if hit.row["code"] in _HISTORICAL:
        return "historical"
    if hit.row["code"].startswith("status_policy") and _POSITION.search(sentence):
        return "stated_position"
    return "reported_in_force"


def _actor(text: str, place: int, document_actor: str) -> str:
    """ISO alpha-3 of the state named last before the measure, else of the first in its sentence."""
    near = [(match.start(), code) for pattern, code in _ACTORS for match in pattern.finditer(text, 0, place)]
    if near:
        return max(near)[1]
    after = [(match.start(), code) for pattern, code in _ACTORS for match in pattern.finditer(text)]
    return min(after)[1] if after else document_actor


_TOPIC = re.compile(r"(?:에서는|에는|에서|에|의)\s|(?:시설|지원|기관|업무|제도|대상|사업|사무|품)")


def _is_topic(paragraph: Paragraph, hit: Found) -> bool:
    """Whether a rule only speaks of a thing (통제구역에서는, 정착지원시설) and does not lay it down."""
    return (
        paragraph.voice == "rule"
        and hit.row["kind"] == "noun"
        and hit.row["needs"] != "rule"
        and _TOPIC.match(paragraph.text, hit.end) is not None
    )


def _clause(paragraph: Paragraph, end: int) -> int:
    """Where the clause of a rule ends: 등록하여야 하며, 사격한다."""
    match = _PREDICATE.match(paragraph.text, end)
    return match.end() if match and paragraph.text[end - 1] not in "다며" else end


def _goes_on(paragraph: Paragraph, last: Coding, hit: Found, begin: int) -> bool:
    """Whether a hit belongs to the measure before it: the same one in a sentence, or one clause of a rule."""
    if last.start < paragraph.start + begin:
        return False
    if last.code == hit.row["code"]:
        return True
    between = paragraph.text[last.start - paragraph.start : hit.start]
    if paragraph.voice != "rule":
        return False
    return {last.code, hit.row["code"]} <= _SANCTIONS or _CLAUSE_END.search(between) is None


def code_measures(paragraph: Paragraph, found: Sequence[Found], document_actor: str = "") -> list[Coding]:
    """Measures of a paragraph; none in questions."""
    if paragraph.voice == "question" or paragraph.role == "boilerplate":
        return []
    codings: list[Coding] = []
    end = -1
    hits = [h for h in found if h.group == "measures" and (h.word_start or paragraph.damaged or h.end - h.start >= 3)]
    for hit in sorted((h for h in hits if fits(paragraph, h)), key=lambda h: (h.start, -h.end)):
        if hit.start < end or in_heading(paragraph, hit.start) or _is_topic(paragraph, hit):
            continue
        begin, stop = paragraph.sentence(hit.start)
        end = _clause(paragraph, stretch(paragraph, hit)) if paragraph.voice == "rule" else stretch(paragraph, hit)
        part = paragraph.part(hit.start, end)
        sentence = paragraph.text[begin:stop]
        code = hit.row["code"]
        if codings and _goes_on(paragraph, codings[-1], hit, begin):
            continue
        attributes = {
            "mtype": code,
            "status": _status(paragraph, hit, sentence),
            "actor": _actor(sentence, hit.start - begin, document_actor),
        }
        codings.append(
            Coding(
                kind="measure",
                start=part.start,
                end=part.end,
                quote=part.quote,
                code=code,
                modality="policy" if paragraph.voice == "rule" else "reported",
                attributes=attributes,
                rule=f"ko.measure.{hit.row['id']}",
                cue=hit.row["form"],
            )
        )
    return codings
