"""Who answers for a figure: the source of its sentence, of its paragraph, or of the whole document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.coding.english.orgs import Org
from testimonia.coding.english.reading import Reading
from testimonia.coding.english.statement import Statement
from testimonia.model import Part

__all__ = ["Claim", "Claims"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimant with the scope in which it governs, and its cue."""

    part: Part
    scope: str
    statement: Statement
    norm: str | None
    coref: str | None


_ANAPHOR = re.compile(
    r"(?:it|they|he|she|these|this|(?:the|this|that|these)\s+(?:\d{4}\s+)?(?:report|study|survey|group"
    r"|charity|organi[sz]ation|ngo|agency|ministry|commission|authors?|researchers|paper"
    r"|document|statement|assessment|article|newspaper|broadcaster|outlet|institute|network|centre|center"
    r"|office|government|group's\s\w+|data|figures|statistics|findings|results"
    r"|numbers|source|sources|official|officials|spokes\w+|defectors?|witness(?:es)?|man|woman|men|women"
    r"|letter|census|panel|inquiry|court|committee|council|association|foundation))$",
    re.I,
)
_DATA = re.compile(r"(?:the|these|its)\s+(?:data|figures|statistics|findings|results|numbers)$", re.I)
_REPORTS = re.compile(r"\b(?:reports?|study|survey|per\s?cent)\b|%", re.I)
_LIST_INTRO = re.compile(r":\s*$|\bthat\s*$")
_SHORT_DOCUMENT = 40  # paragraphs; in longer ones an opening source does not govern the rest


class Claims:
    """Follows the sources through a document, passage by passage."""

    def __init__(self, paragraphs: int) -> None:
        self._short = paragraphs <= _SHORT_DOCUMENT
        self._opened = False
        self._governor: Claim | None = None
        self._named: Part | None = None
        self._carried: tuple[int, Claim] | None = None

    def begin(self, reading: Reading, said: Sequence[Statement], orgs: Sequence[Org]) -> None:
        """Take in the statements of the next passage; call before `of`."""
        self._orgs, self._carried = orgs, None
        self._claims = {id(statement): self._claim(reading, statement) for statement in said if statement.source}
        if not said:
            self._opened = self._opened or len(reading.text) > 60
            return
        first = said[0]
        claim = self._claims.get(id(first))
        if (claim and _LIST_INTRO.search(reading.text)) or (
            claim and not self._opened and self._short and first.stance == "according_to" and first.start < 12
        ):
            self._governor = Claim(claim.part, "document", first, claim.norm, claim.coref)
        self._opened = True

    def _claim(self, reading: Reading, statement: Statement) -> Claim:
        start, end = statement.source or statement.cue
        words = reading.text[start:end]
        part = reading.part(start, end)
        norm = next((org.norm for org in self._orgs if start <= org.start and org.end <= end), None)
        if _ANAPHOR.match(words):
            coref = self._named.quote if self._named else None
            if _DATA.match(words) and self._named:
                part = self._named
            return Claim(part, "sentence", statement, norm or coref, coref)
        self._named = part
        return Claim(part, "sentence", statement, norm or words, None)

    def coref(self, statement: Statement) -> str | None:
        """The named source a pronoun or “the report” goes back to."""
        claim = self._claims.get(id(statement))
        return claim.coref if claim else None

    def norm(self, statement: Statement) -> str | None:
        claim = self._claims.get(id(statement))
        return claim.norm if claim else None

    def of(self, reading: Reading, said: Sequence[Statement], position: int, law: bool) -> Claim | None:
        """The claim that governs a figure at `position`; `law`: the figure is a rule of law, not a report."""
        begin, finish = reading.sentence(position)
        here = [s for s in said if begin <= s.cue[0] < finish]
        if here:
            claim = self._here(here, position)
            self._carried = (begin, claim) if claim else None
            return claim
        if law:
            return None
        earlier = [s for s in said if s.cue[0] < begin and s.source and s.rule != "participle"]
        if earlier and (self._carried or self._continues(reading, earlier[-1], begin)):
            claim = self._carried[1] if self._carried else self._claims[id(earlier[-1])]
            return Claim(claim.part, "paragraph", claim.statement, claim.norm, claim.coref)
        return self._governor if not any(s.source is None for s in said if s.cue[0] < begin) or self._governor else None

    @staticmethod
    def _continues(reading: Reading, statement: Statement, begin: int) -> bool:
        """The sentence right after one that was attributed as a whole goes on with it."""
        return reading.sentence(max(0, begin - 1))[0] <= statement.cue[0]

    def _here(self, here: Sequence[Statement], position: int) -> Claim | None:
        holding = [s for s in here if s.content and s.content[0] <= position < s.content[1]]
        for statement in reversed(here):
            if statement.source and statement.source[0] <= position < statement.source[1]:
                return self._claims[id(statement)]
        for statement in reversed(holding):
            if statement.source:
                return self._claims[id(statement)]
        if holding:
            return None
        return next((self._claims[id(s)] for s in here if s.source), None)


def testifies(claim: Claim | None) -> bool:
    """Whether a figure comes from those who lived it, in their own words."""
    return bool(claim and claim.statement.testimony and not _REPORTS.search(claim.part.quote))
