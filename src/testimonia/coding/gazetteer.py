"""Places of the gazetteer, as rows for a lexicon, by language.

A path runs from the country down: `PRK/KP02/KP0203` is Hoeryong in North Hamgyong. Maps of people stop at
the second step (`province`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary

__all__ = ["Gazetteer", "Place", "load_gazetteer", "simplify"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place: what it is, where it belongs, and its name in English.

    `path` holds its own id last; `country` is ISO 3166 alpha-3 or empty (rivers, regions); `map` names an
    outline of the map of provinces, or is empty.
    """

    id: str
    ptype: str
    path: str
    norm: str
    map: str

    @property
    def country(self) -> str:
        """ISO 3166 alpha-3 code, or an empty string."""
        first = self.path.partition("/")[0]
        return first if len(first) == 3 and first.isalpha() else ""

    @property
    def province(self) -> str:
        """Id of the first-level unit, or an empty string."""
        steps = self.path.split("/")
        return steps[1] if self.country and len(steps) > 1 and self.ptype != "country" else ""


def _place(row: Mapping[str, str]) -> Place:
    path = f"{row['path']}/{row['id']}".lstrip("/")
    return Place(row["id"], row["ptype"], path, row["norm"], row["map"])


class Gazetteer:
    """All places by id, and their names by language."""

    def __init__(self, rows: tuple[Mapping[str, str], ...]) -> None:
        self._rows = rows
        self.places: Mapping[str, Place] = MappingProxyType({row["id"]: _place(row) for row in rows})

    def rows(self, language: str) -> tuple[Mapping[str, str], ...]:
        """Rows for a Lexicon in en, ko or zh, with form, id, ptype, norm, path, country and ambiguous.

        `ambiguous` is "1" for a name that is also an ordinary word or another place, and demands context;
        in English such a row also demands a capital letter.
        """
        return tuple(self._forms(language))

    def _forms(self, language: str) -> Iterator[Mapping[str, str]]:
        for row in self._rows:
            place = self.places[row["id"]]
            for written in filter(None, row[language].split("|")):
                form = written.removeprefix("?")
                ambiguous = written != form
                yield MappingProxyType(
                    {
                        "form": form,
                        "id": place.id,
                        "ptype": place.ptype,
                        "norm": place.norm,
                        "path": place.path,
                        "country": place.country,
                        "ambiguous": "1" if ambiguous else "",
                        "case": _case(form, ambiguous) if language == "en" else "",
                    }
                )

    def get(self, id: str) -> Place | None:
        """The place with this id, if there is one."""
        return self.places.get(id)


def _case(form: str, ambiguous: bool) -> str:
    """Abbreviations and "the North" as written, ambiguous names with a capital, others in any case."""
    if (len(form) <= 4 and form.isupper()) or (ambiguous and form[0].islower()):
        return "exact"
    return "title" if ambiguous else ""


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of this installation, read once."""
    return Gazetteer(vocabulary.rows("gazetteer"))


@cache
def _simplified() -> dict[int, str]:
    return str.maketrans({row["hant"]: row["hans"] for row in vocabulary.rows("hant_hans")})


def simplify(text: str) -> str:
    """Traditional characters made simplified, one for one: exactly as long as `text`."""
    return text.translate(_simplified())
