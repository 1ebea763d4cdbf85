"""Places of the gazetteer, as rows for a lexicon, by language.

A path runs from the country down: `PRK/KP02/KP0203` is Hoeryong in North Hamgyong. Maps of people stop at
the second step (`province`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary
from testimonia.coding.lexicon import fold

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
        self._names: dict[str, Mapping[str, Sequence[tuple[Place, bool]]]] = {}
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

    def resolve(self, value: str, name: str, language: str) -> Place | None:
        """The place a coder means by `value` (an id, a path, or a code of its own) where the text says `name`.

        A code of its own is settled by the name, if that is the plain name of exactly one place, or the
        name of exactly one in the country that the code begins with.
        """
        known = self.places.get(value.rpartition("/")[2])
        if known is not None:
            return known
        found = self._by_name(language).get(fold(name), ())
        if len(found) == 1 and not found[0][1]:
            return found[0][0]
        near = [place for place, _ in found if place.country and value.startswith(place.country)]
        return near[0] if len(near) == 1 else None

    def _by_name(self, language: str) -> Mapping[str, Sequence[tuple[Place, bool]]]:
        if language not in self._names:
            names: dict[str, list[tuple[Place, bool]]] = {}
            for row in self._forms(language):
                found = (self.places[row["id"]], bool(row["ambiguous"]))
                names.setdefault(fold(row["form"]), []).append(found)
            self._names[language] = names
        return self._names[language]


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
