"""Everything with a name in one passage: places, peoples, bodies, laws, persons; and the short names of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from testimonia.coding.english.laws import find_laws
from testimonia.coding.english.orgs import Org, acronyms, find_orgs
from testimonia.coding.english.persons import find_persons
from testimonia.coding.english.places import Place, find_demonyms, find_places
from testimonia.coding.english.reading import Reading
from testimonia.coding.english.write import write
from testimonia.model import Coding

__all__ = ["Named", "Names"]


_SHORT_NAME = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z-]*\b")


@dataclass(frozen=True, slots=True)
class Named:
    """What a passage names."""

    reading: Reading
    places: list[Place]
    demonyms: list[tuple[int, int, str]]
    orgs: list[Org]
    law_spans: list[tuple[int, int]]
    persons: list[tuple[int, int, str]]

    def state_before(self, position: int, begin: int) -> str | None:
        """ISO code of the state last named in the sentence up to `position`: as a rule the one that acts."""
        states = [
            (p.start, p.value)
            for p in self.places
            if p.ptype in ("country", "capital") and begin <= p.start <= position
        ]
        states += [(s, iso) for s, _, iso in self.demonyms if begin <= s <= position]
        found = max(states, default=(0, None))[1]
        return found.partition("-")[0] if found else None

    def codings(self, boilerplate: bool) -> Iterator[Coding]:
        """Codings of all names; of boilerplate only the bodies, since what a menu mentions is no evidence."""
        for org in self.orgs:
            yield write(
                self.reading,
                "org",
                org.start,
                org.end,
                org.rule,
                value=org.norm,
                attributes={"norm": org.norm, "otype": org.otype},
            )
        if boilerplate:
            return
        for place in self.places:
            kept = {"norm": place.value or place_text(self.reading, place), "ptype": place.ptype}
            if place.metonym:
                kept["metonym"] = "yes"
            yield write(self.reading, "place", place.start, place.end, place.rule, value=place.value, attributes=kept)
        for start, end, norm in self.demonyms:
            yield write(self.reading, "demonym", start, end, "listed", value=norm, attributes={"norm": norm})
        for start, end in self.law_spans:
            yield write(self.reading, "law", start, end, "law-head")
        for start, end, role in self.persons:
            yield write(self.reading, "person", start, end, "title-name", attributes={"role": role})


def place_text(reading: Reading, place: Place) -> str:
    return reading.text[place.start : place.end]


class Names:
    """Reads passage after passage and remembers the short names a document introduces."""

    def __init__(self, koreas: bool) -> None:
        self._koreas = koreas
        self._short: dict[str, tuple[str, str]] = {}
        self._seen: set[str] = set()

    def read(self, reading: Reading) -> Named:
        """The names of the next passage."""
        found = find_places(reading, self._koreas)
        demonyms = list(find_demonyms(reading))
        laws = [] if reading.damaged else find_laws(reading)
        bodies = self._stated(reading, find_orgs(reading, found, demonyms))
        if "(" in reading.text:
            self._learn(reading.text, bodies)
        bodies = self._with_short(reading.text, bodies)
        bodies = [org for org in bodies if not self._is_law_word(org, laws)]
        return Named(reading, _outside_media(found, bodies), demonyms, bodies, laws, find_persons(reading))

    def _stated(self, reading: Reading, bodies: list[Org]) -> list[Org]:
        """Titles, run-in headings and menus are full of capitals: there a body must be known already."""
        known = reading.passage.role not in ("title", "boilerplate")
        if known:
            self._seen.update(org.norm for org in bodies)
        edge = reading.heading if known else len(reading.text)
        return [
            org
            for org in bodies
            if org.rule != "org-head" or org.start >= edge or (not known and org.norm in self._seen)
        ]

    def _learn(self, text: str, bodies: list[Org]) -> None:
        new = {short: (norm, otype) for short, norm, otype in acronyms(text, bodies)}
        if new.keys() - self._short.keys():
            self._short.update(new)

    def _with_short(self, text: str, bodies: list[Org]) -> list[Org]:
        if not self._short:
            return bodies
        extra = [
            Org(*match.span(), *self._short[match.group()], "short-name")
            for match in _SHORT_NAME.finditer(text)
            if match.group() in self._short
            and not any(org.start < match.end() and match.start() < org.end for org in bodies)
        ]
        return sorted([*bodies, *extra]) if extra else bodies

    @staticmethod
    def _is_law_word(org: Org, laws: list[tuple[int, int]]) -> bool:
        return any(s <= org.start and org.end <= e for s, e in laws) and " " in org.norm


def _outside_media(found: list[Place], bodies: list[Org]) -> list[Place]:
    media = [(org.start, org.end) for org in bodies if org.otype == "media"]
    return [p for p in found if not any(s <= p.start and p.end <= e for s, e in media)]
