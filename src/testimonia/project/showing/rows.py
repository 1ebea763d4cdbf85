"""Figures, measures and acts as rows: what each says, and the characters that say it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from testimonia.model import Part
from testimonia.project.showing.standing import Found
from testimonia.release.edtf import Span, span
from testimonia.release.evidence import Evidence
from testimonia.release.figures import about, sort_of
from testimonia.release.measures import Dates, dated, standing_of
from testimonia.release.palermo import standing
from testimonia.release.places import province_of
from testimonia.release.terms import element

__all__ = ["FACETS", "KINDS", "Kind", "Row", "Said", "Spot", "folded", "rows", "spot_of"]

Kind = Literal["figure", "measure", "act", "event"]
KINDS: tuple[Kind, ...] = ("figure", "measure", "act")
_SHARED = ("place", "modality", "claimant", "origin", "language", "state", "file")
FACETS: Mapping[Kind, tuple[str, ...]] = {
    "figure": ("sort", "counted", "unit", "topic", *_SHARED),
    "measure": ("code", "sort", "actor", *_SHARED),
    "act": ("code", "element", "sort", *_SHARED),
    "event": ("kind", "code", *_SHARED),
}
_METONYMS = ("metonym", "in_org", "in_law", "in_work")


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters of the text of a file, half-open."""

    file: str
    start: int
    end: int

    @property
    def at(self) -> str:
        """The characters as an address names them: `120-131`."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Said:
    """A value, and the characters that say it: a claimant's words, an EDTF date, a gazetteer path."""

    value: str
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One coding as a table shows it.

    `facets` are the values it can be chosen by, `words` what a search for words looks through (folded), `days` the
    days it may be of. `alike` counts the figures it can be compared with, `how` says what dates it.
    """

    e: Evidence
    spot: Spot
    sort: str
    facets: Mapping[str, tuple[str, ...]]
    words: str
    days: Span | None
    claimant: Said | None
    places: tuple[Said, ...]
    when: Said | None
    how: str = ""
    population: Said | None = None
    number: Spot | None = None
    alike: int = 0
    targets: tuple[Evidence, ...] = ()
    results: tuple[Evidence, ...] = ()

    @property
    def dropped(self) -> bool:
        """Whether a person rejected it, or a later coding took its place."""
        return self.e.dropped


def folded(text: str) -> str:
    """The text as words are looked for in it: without case, full and half width alike."""
    return unicodedata.normalize("NFKC", text).casefold()


def spot_of(e: Evidence) -> Spot:
    """The characters of a coding."""
    return Spot(e.file_sha256, e.coding.start, e.coding.end)


def rows(found: Found, kind: Kind) -> tuple[Row, ...]:
    """Every coding of a kind, the rejected ones too, in the order of the documents and their text.

    Events are the acts and measures that are told as done, the dated ones first and earliest first.
    """
    if kind == "event":
        return _events(found)
    making = _Making(found)
    make = {"figure": making.figure, "measure": making.measure, "act": making.act}[kind]
    return tuple(make(e) for e in found.findings.evidence if e.coding.kind == kind)


def _events(found: Found) -> tuple[Row, ...]:
    told = [row for row in (*rows(found, "act"), *rows(found, "measure")) if row.sort in ("stated", "done")]
    return tuple(sorted(told, key=_first_day))


def _first_day(row: Row) -> tuple[bool, date, date]:
    if row.days is None:
        return True, date.min, date.min
    return False, row.days.earliest or date.min, row.days.latest or date.max


class _Making:
    """What all rows of a kind are made with."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.dates = Dates(found.findings.evidence)
        self.measures = {m.evidence.id: m for m in found.findings.measures}

    def figure(self, e: Evidence) -> Row:
        period = _about(e, "period")
        place = _about(e, "place")
        group = self.found.group.get(e.id)
        names = e.coding.attributes
        own = {"counted": names.get("counted_norm", ""), "topic": names.get("topic", ""), "unit": e.coding.unit or ""}
        return self._row(
            e,
            sort=sort_of(e),
            own=own,
            places=(place,) if place else (),
            when=period,
            days=span(period.value) if period else None,
            population=_about(e, "population"),
            number=_part_spot(e, e.coding.parts.get("number")),
            alike=len(group.rows) + len(group.silent) - 1 if group else 0,
        )

    def measure(self, e: Evidence) -> Row:
        made = self.measures.get(e.id)
        own = {
            "code": e.coding.code or e.coding.attributes.get("mtype", ""),
            "actor": e.coding.attributes.get("actor", ""),
        }
        return self._dated(e, standing_of(e), own, made.targets if made else (), made.results if made else ())

    def act(self, e: Evidence) -> Row:
        return self._dated(e, standing(e), {"code": e.coding.code or "", "element": element(e.coding.code) or ""})

    def _dated(
        self,
        e: Evidence,
        sort: str,
        own: Mapping[str, str],
        targets: tuple[Evidence, ...] = (),
        results: tuple[Evidence, ...] = (),
    ) -> Row:
        when = dated(e, self.dates)
        said = Said(when.edtf, spot_of(when.source or e)) if when else None
        return self._row(
            e,
            sort=sort,
            own=own,
            places=tuple(self._places(e)),
            when=said,
            days=when.days if when else None,
            how=when.how if when else "",
            targets=targets,
            results=results,
        )

    def _places(self, e: Evidence) -> Iterator[Said]:
        """The place a coding carries itself, else those of its sentence, each province or country once."""
        if own := _about(e, "place"):
            yield own
            return
        seen: set[str] = set()
        for near in self.found.nearby.get(e.sentence, ()):
            if near.coding.kind == "place" and not any(near.coding.attributes.get(name) for name in _METONYMS):
                path = near.coding.attributes.get("path") or str(near.coding.value or "")
                key = "/".join(path.split("/")[:2])
                if path and key not in seen:
                    seen.add(key)
                    yield Said(path, spot_of(near))

    def _row(self, e: Evidence, *, sort: str, own: Mapping[str, str], places: tuple[Said, ...], **more: object) -> Row:
        claimant = _claimant(e)
        coding = e.coding
        facets: dict[str, tuple[str, ...]] = {name: (value,) for name, value in own.items() if value}
        facets |= {
            "sort": (sort,),
            "kind": (coding.kind,),
            "place": _placed(places),
            "modality": (coding.modality,),
            "claimant": (claimant.value,) if claimant else (),
            "origin": (e.origin.id,) if e.origin else (),
            "language": (e.language.split("-")[0],),
            "state": (coding.state,),
            "file": (e.file_sha256,),
        }
        words = (e.before, coding.quote, e.after, claimant.value if claimant else "", e.path)
        return Row(
            e=e,
            spot=spot_of(e),
            sort=sort,
            facets=facets,
            words=folded(" ".join(words)),
            claimant=claimant,
            places=places,
            **more,  # type: ignore[arg-type]
        )


def _part_spot(e: Evidence, part: Part | None) -> Spot | None:
    return Spot(e.file_sha256, part.start, part.end) if part else None


def _about(e: Evidence, name: str) -> Said | None:
    """What a coding says of its place, period or population, with the characters of that part, or its own."""
    value = about(e, name)
    return Said(value, _part_spot(e, e.coding.parts.get(name)) or spot_of(e)) if value else None


def _claimant(e: Evidence) -> Said | None:
    part = e.coding.parts.get("claimant")
    name = e.coding.attributes.get("claimant_norm") or (part.quote if part else "")
    return Said(" ".join(name.split()), _part_spot(e, part) or spot_of(e)) if name else None


def _placed(places: Iterable[Said]) -> tuple[str, ...]:
    """All that a row can be chosen by its places by, counted as the map counts.

    `CHN/*` where a country is all that is said; `-` where what is said lies in no country that is known.
    """
    keys = tuple(dict.fromkeys(key for said in places for key in _place_keys(said.value)))
    if any("/" in key for key in keys):
        return keys
    countries = sorted(key for key in keys if len(key) == 3 and key.isupper())
    return (*keys, f"{countries[0]}/*" if countries else "-")


def _place_keys(path: str) -> Iterable[str]:
    """A place as it is chosen by: its country, and its province below that; what is not known, as it is."""
    steps = [step for step in path.split("/") if step]
    province = next((key for step in steps if (key := province_of(step))), None)
    country = steps[0] if steps else path
    if len(country) != 3 or not country.isalpha():
        country = "PRK" if province and province.startswith("KP") else "CHN" if province else path
    return (country, f"{country}/{province}") if province and province != country else (country,)
