"""Codes Korean passages: segments, dates, numbers, names, who says what, acts, measures, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from testimonia.coding.korean.acts import code_acts
from testimonia.coding.korean.attribution import find_cues
from testimonia.coding.korean.dates import Moment, code_dates
from testimonia.coding.korean.figures import Setting, code_figures
from testimonia.coding.korean.laws import code_laws
from testimonia.coding.korean.lexicon import Found, search
from testimonia.coding.korean.lost import find_lost, give_up_left_overs
from testimonia.coding.korean.measures import code_measures
from testimonia.coding.korean.people import code_orgs, code_people
from testimonia.coding.korean.places import code_places
from testimonia.coding.korean.quantities import Quantity, find_quantities
from testimonia.coding.korean.ranges import assemble, bound
from testimonia.coding.korean.segments import Paragraph, paragraphs
from testimonia.coding.korean.sources import Speaker, Statement, code_attributions, resolve
from testimonia.model import Coding, Part, Passage

__all__ = ["code"]

_IN_CHINA = re.compile(r"위안|인민폐|중국|연변|연길|길림|흑룡강|료녕|심양|장백|단동|도문|룡정|용정|화룡|훈춘|한족")
_NORTHERN_BODY = re.compile(
    r"조선민주주의인민공화국|안전국|보위국|국가보위성|사회안전성|내각\s?결정|인민반|(?:도|시|군)\s?인민위원회|조선로동당"
)
_BODY_PUBLISHES = re.compile(
    r"(?:^|(?<=[.]\s)|\n)(?:\d+일\s)?(?P<body>(?:[가-힣]+\s){0,3}[가-힣]+\s?['‘][^'’]{2,25}['’])(?:은|는|이|가)"
    r"\s[^.]*?(?:보고서|자료|조사|분석|결과|통계|백서|집계|경로)"
)
_PUBLISHED = re.compile(r"보고서|판결문|조사|자료|백서|통계|분석")


def _quantities(paragraph: Paragraph, moments: Sequence[Moment], laws: Sequence[tuple[int, int]]) -> list[Quantity]:
    text = paragraph.text
    dates = [(moment.start, moment.end) for moment in moments]
    lost = [q for q in find_lost(text, paragraph.damaged) if not any(q.start < b and a < q.end for a, b in dates)]
    for quantity in lost:
        bound(text, quantity)
    taken = [*dates, *laws, *((q.start, q.end) for q in lost)]
    found = find_quantities(text, taken)
    if paragraph.damaged:
        give_up_left_overs(text, found)
    return sorted([*lost, *assemble(text, found)], key=lambda q: q.start)


def _publisher(paragraph: Paragraph) -> Part | None:
    """A body in quotation marks that publishes something: 인권단체 '…'은 … 보고서를 공개했다."""
    match = _BODY_PUBLISHES.search(paragraph.text)
    return paragraph.part(*match.span("body")) if match else None


def _document_claimant(read: Sequence[tuple[Paragraph, list[Statement]]]) -> Part | None:
    """The report, court or body that a news text is about: the first one that is said to have found something."""
    news = [(p, s) for p, s in read if p.voice == "narration"]
    for paragraph, _ in news[:4]:
        if found := _publisher(paragraph):
            return found
    for paragraph, statements in news[:4]:
        for statement in statements:
            cited = "인용" in paragraph.text[statement.cue.start : statement.cue.end]
            if statement.source and statement.cue.family == "according" and not cited:
                part = (statement.home or paragraph).part(*statement.source)
                if _PUBLISHED.search(part.quote):
                    return part
    return None


class _Reader:
    """Reads one document paragraph by paragraph; remembers the last year and the organisations named."""

    def __init__(self) -> None:
        self.year: int | None = None
        self.organisations: dict[str, None] = {}
        self.speaker: Speaker | None = None

    def read(self, paragraph: Paragraph) -> tuple[list[Coding], list[Quantity], list[Moment], list[Statement]]:
        found = search(paragraph)
        dates, moments, self.year = code_dates(paragraph, self.year)
        laws = code_laws(paragraph, found)
        held = [(law.start - paragraph.start, law.end - paragraph.start) for law in laws]
        orgs = self._orgs(paragraph, found)
        codings = [*dates, *laws, *orgs, *code_places(paragraph, found, held), *code_people(paragraph, found)]
        codings += code_acts(paragraph, found, held)
        codings += code_measures(paragraph, found)
        statements, self.speaker = resolve(paragraph, find_cues(paragraph), self.speaker)
        codings += code_attributions(paragraph, statements)
        return codings, self._numbers(paragraph, moments, held), moments, statements

    def _numbers(
        self, paragraph: Paragraph, moments: Sequence[Moment], laws: Sequence[tuple[int, int]]
    ) -> list[Quantity]:
        if paragraph.voice in ("question", "heading") or paragraph.role == "title":
            return []
        return _quantities(paragraph, moments, laws)

    def _orgs(self, paragraph: Paragraph, found: Sequence[Found]) -> list[Coding]:
        orgs = code_orgs(paragraph, found, tuple(self.organisations))
        for org in orgs:
            if org.rule in ("ko.org.quoted", "ko.org.dateline"):
                self.organisations.setdefault(org.quote)
        return orgs


def code(passages: Sequence[Passage]) -> Iterator[Coding]:
    """Codings of the Korean passages of one rendering, paragraph by paragraph.

    Offsets are those of the rendering. Boilerplate is left out; titles, headings and questions give places,
    organisations and dates, but no figures, acts or attributions.
    """
    reader = _Reader()
    pages = paragraphs(passages)
    read = [(paragraph, *reader.read(paragraph)) for paragraph in pages]
    setting = Setting(
        _document_claimant([(paragraph, statements) for paragraph, _, _, _, statements in read]),
        any(_IN_CHINA.search(paragraph.text) for paragraph in pages),
        any(paragraph.voice == "rule" for paragraph in pages),
        any(_NORTHERN_BODY.search(paragraph.text) for paragraph in pages[:4]),
    )
    for paragraph, codings, quantities, moments, statements in read:
        places = [coding for coding in codings if coding.kind == "place"]
        yield from codings
        yield from code_figures(paragraph, quantities, statements, moments, places, setting)
