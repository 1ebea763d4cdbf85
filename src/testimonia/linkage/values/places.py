"""Places as written, as units of the gazetteer: county, prefecture, province; or only that nothing more is said.

A cell may name a unit and what it lies in, in any order and language (`Musan, North Hamgyong`, 함경북도 무산군,
吉林省延边朝鲜族自治州和龙市). Names that several places bear are settled by the others in the cell; where they are not,
what all of them lie in is read. A name that nothing bears is read as the one that a single slip would turn it into.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from testimonia import vocabulary
from testimonia.linkage.values.gazetteer import CHINA, KOREA, NOBODY, Ids, Unit, gazetteer, key
from testimonia.linkage.values.text import not_known, simplified

__all__ = ["Place", "Route", "facing", "read_place", "read_route"]

Status = Literal["read", "vague", "unread"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place and how well it was read: `vague` names no province, `unread` nothing that is known.

    `guessed`: a slip was forgiven.
    """

    status: Status
    unit: Unit | None = None
    guessed: bool = False


UNREAD = Place("unread")
_SEPARATORS = re.compile(r"[,;/()\[\]、，·|]+| in | of (?!china)")
_BESIDE = re.compile(
    r"^(?:near to |near |around |outside |vicinity of |close to |from |the )+"
    r"|(?: area| region| vicinity)$"
    r"|(?:부근|근처|인근|일대|지역|쪽|근교)$|(?:附近|一带|周边|周围|地区|境内|农村|某村|某地)$"
)
_CJK = re.compile(r"[\u1100-\u11ff\u2e80-\ud7a3\uf900-\ufaff]")


def read_place(text: str, country: str | None = None) -> Place | None:
    """The place that a cell names, preferring those of `country` (PRK, CHN). None for an empty cell."""
    if not_known(text):
        return None
    clean = unicodedata.normalize("NFKC", text).strip()
    if not gazetteer().named(clean) and gazetteer().vague(clean):
        return Place("vague")
    parts = _parts(clean)
    named = [gazetteer().named(part) for part in parts]
    guessed = not all(named)
    if guessed:
        named = _guess(parts, named, country)
    unit = _common([found for found in named if found], country)
    if unit is None:
        return UNREAD
    return Place("read" if unit.province else "vague", unit, guessed)


def _parts(text: str) -> list[str]:
    """The names a cell may consist of."""
    parts: list[str] = []
    for piece in _SEPARATORS.split(text):
        piece = _beside(piece.strip())
        if piece and _CJK.search(piece):
            parts.extend(_cut(piece))
        elif piece:
            parts.append(piece)
    return parts


def _beside(piece: str) -> str:
    """A name without the words for near it, unless they are part of a name."""
    if gazetteer().named(piece):
        return piece
    return _BESIDE.sub("", piece.casefold()).strip() or piece


def _cut(piece: str) -> list[str]:
    """Korean words, and Chinese names that follow one another without a blank, one by one."""
    known = gazetteer()
    if known.named(piece):
        return [piece]
    words = piece.split()
    parts: list[str] = []
    for word in words:
        rest = key(word)
        while rest:
            length, _ = known.prefix(rest)
            if length == 0:
                parts.extend(_by_heads(rest))
                break
            parts.append(rest[:length])
            rest = rest[length:]
    return parts


_HEADS = re.compile(
    r".{1,9}?(?:省|自治州|自治县|地区|道(?!里)|市|郡|县|区|州|북도|남도|강도|성(?=.{3})|자치주|구역|시|군|현|구)|.+"
)


def _by_heads(text: str) -> list[str]:
    """Cut behind words for kinds of place, where no name is known."""
    return [match for match in _HEADS.findall(simplified(text)) if match]


def _guess(parts: Sequence[str], named: Sequence[Ids], country: str | None) -> list[Ids]:
    """Names with a slip, first among what lies in the places that are named without one."""
    known = gazetteer()
    sure = [found for found in named if found]
    inside = _common(sure, country)
    result = list(named)
    for index, part in enumerate(parts):
        if named[index] or len(part) < 2:
            continue
        near = known.near(part)
        if inside is not None:
            fits = frozenset(p for p in near if _related(known.units[p], inside))
            near = fits or near
        result[index] = near
    return result


def _related(one: Unit, other: Unit) -> bool:
    """Whether one lies in the other."""
    paths = one.path, other.path
    shorter = min(map(len, paths))
    return paths[0][:shorter] == paths[1][:shorter]


def _common(named: Sequence[Ids], country: str | None) -> Unit | None:
    """The deepest unit that explains most names; where several do, what they have in common."""
    units = gazetteer().units
    named = [_units(found, country) for found in named]
    candidates = frozenset().union(*named) if named else NOBODY
    if not candidates:
        return None
    paths = [{units[place].path for place in found} for found in named]
    repeated = len(set(named)) < len(named)
    scores = {place: _explained(place, paths, repeated) for place in candidates}
    best = max(scores.values())
    return _shared([units[place] for place, score in scores.items() if score == best])


def _units(places: Ids, country: str | None) -> Ids:
    """Without the towns and villages that bear the name of a unit, and without other countries' of one at home."""
    home = frozenset(p for p in places if gazetteer().units[p].country == country) or places
    return frozenset(p for p in home if not p.startswith("G")) or home


def _explained(place: str, paths: Sequence[set[tuple[str, ...]]], repeated: bool) -> tuple[int, int]:
    """For how many names of a cell a place accounts, itself or by what it lies in; if one stands twice, how deep."""
    unit = gazetteer().units[place]
    count = sum(any(unit.path[: len(path)] == path for path in found) for found in paths)
    return count, len(unit.path) if repeated else 0


def _shared(units: Sequence[Unit]) -> Unit | None:
    first = units[0]
    if all(unit == first for unit in units):
        return first
    if len({unit.country for unit in units}) > 1:
        return None
    province = _same([unit.province for unit in units])
    prefecture = _same([unit.prefecture for unit in units]) if province else None
    return Unit(first.country, province, prefecture)


def _same(steps: Sequence[str | None]) -> str | None:
    return steps[0] if len(set(steps)) == 1 else None


# ------------------------------------------------------------------ crossings


@dataclass(frozen=True, slots=True)
class Route:
    """Where a border was crossed: the unit left and the unit reached, as far as said."""

    status: Status
    left: Unit | None = None
    reached: Unit | None = None


_BETWEEN = re.compile(r" ?(?:->|→|⇒|>|~|–|—|-|/|至|到|에서|\bto\b) ?")


def read_route(text: str) -> Route | None:
    """A crossing as `무산군-화룡시`, `Musan to Helong`, or one side of it. None for an empty cell."""
    if not_known(text):
        return None
    clean = unicodedata.normalize("NFKC", text).strip()
    for match in _BETWEEN.finditer(clean):
        left, reached = read_place(clean[: match.start()], KOREA), read_place(clean[match.end() :], CHINA)
        if left and reached and left.unit and reached.unit and left.unit.country != reached.unit.country:
            one, other = left.unit, reached.unit
            return Route("read", one, other) if one.country == KOREA else Route("read", other, one)
    place = read_place(clean)
    if place is None or place.unit is None:
        return Route(place.status if place else "unread")
    if place.unit.country == KOREA:
        return Route(place.status, place.unit)
    return Route(place.status, None, place.unit)


@cache
def _faces() -> Mapping[str, str]:
    """County -> the counties on the other bank, separated by bars."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in vocabulary.rows("linkage/crossings"):
        for reached in row["china"].split("|"):
            found[row["korea"]].append(reached)
            found[reached].append(row["korea"])
    return MappingProxyType({county: "|".join(others) for county, others in found.items()})


def facing(county: str | None) -> str | None:
    """The counties that face this one across the border, separated by bars; None where it is not on the border."""
    return _faces().get(county) if county else None
