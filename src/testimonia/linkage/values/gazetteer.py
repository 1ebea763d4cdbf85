"""The places of Korea's north and China's north-east under all their names, with a search that forgives one slip.

Names are keys without blanks and marks: Hangul in both spellings of an initial ㄹ, characters simplified, Latin
letters only. A name with one letter wrong, missing, too many or swapped is found through the keys that both become
by leaving out one letter, so that a search costs as many look-ups as the name has letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from testimonia import vocabulary
from testimonia.linkage.values.text import fold, jamo, latin, simplified

__all__ = ["Gazetteer", "Unit", "gazetteer", "key"]

KOREA, CHINA = "PRK", "CHN"
SHORTEST = 4  # letters of a Latin name that one slip leaves recognisable
COUNTRIES = frozenset([KOREA, CHINA])
LONG = 9  # letters from which two slips are forgiven
_UNIT = re.compile(r"(KP\d\d)(?:\d\d)?|(\d\d)(\d\d)(\d\d)")
_LATIN_HEADS = re.compile(
    r"(?: city| county| district| dist\.?| province| prov\.?| prefecture"
    r"|[- ](?:si|gun|do|up|ri|dong)| shi| xian| qu| sheng)$"
)
_HAN_HEADS = re.compile("(?<=..)(?:朝鲜族自治县|满族自治县|蒙古族自治县|省|市|县|郡|区|州|地区)$")
_VOWELS = "ᅣᅤᅧᅨᅭᅲᅵ"  # before these a South Korean initial ㄹ or ㄴ is silent
Ids = frozenset[str]
NOBODY: Ids = frozenset()


@dataclass(frozen=True, slots=True)
class Unit:
    """Where a place lies: country, province, prefecture (China only), county; None where it is less deep."""

    country: str
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """Ids from the country down."""
        return tuple(step for step in (self.country, self.province, self.prefecture, self.county) if step)


def key(name: str) -> str:
    """What a name is looked up by: no blanks, no marks, simplified characters, Latin letters lower."""
    return latin(name) if name.isascii() or _is_latin(name) else simplified(fold(name)).replace("-", "")


def _is_latin(name: str) -> bool:
    return not any("\u1100" <= c <= "\u11ff" or "\u2e80" <= c <= "\ud7a3" or "\uf900" <= c <= "\ufaff" for c in name)


def _unit(row: Mapping[str, str]) -> Unit | None:
    """The unit a gazetteer row stands for, or lies in; None for rivers and the like."""
    place = row["id"]
    if match := _UNIT.fullmatch(place):
        if match[1]:
            return Unit(KOREA, match[1], None, place if len(place) > 4 else None)
        province, prefecture = f"{match[2]}0000", f"{match[2]}{match[3]}00"
        deep = match[3] != "00"
        return Unit(CHINA, province, prefecture if deep else None, place if deep and match[4] != "00" else None)
    steps = [step for step in row["path"].split("/") if step]
    if row["ptype"] == "country":
        return Unit(place)
    if row["ptype"] in ("region", "border"):
        return Unit(steps[0]) if steps else None
    if steps and steps[0] in (KOREA, CHINA) and row["ptype"] in ("locality", "city", "admin1", "county"):
        province = steps[1] if len(steps) > 1 else place
        return Unit(steps[0], province)
    return None


def _spellings(name: str) -> Iterator[str]:
    """A name without the word for its kind, and in South Korean spelling."""
    yield name
    if name.isascii():
        yield _LATIN_HEADS.sub("", name.casefold())
        return
    yield _HAN_HEADS.sub("", simplified(name))
    letters = jamo(name[:1]) + name[1:]
    if letters[:1] in "ᄅᄂ":
        soft = letters[1:2] in _VOWELS
        yield ("ᄋ" if soft else "ᄂ") + letters[1:]


class Gazetteer:
    """Units by id and by name."""

    def __init__(self, rows: Iterable[Mapping[str, str]], more: Iterable[Mapping[str, str]]) -> None:
        self.units: dict[str, Unit] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._nowhere: set[str] = set()
        for row in rows:
            unit = _unit(row)
            if unit is not None:
                self.units[row["id"]] = unit
                self._add(row["id"], [n for lang in ("en", "ko", "zh") for n in row[lang].split("|")])
        for row in more:
            names = row["names"].split("|")
            if row["place"] == "-":
                self._nowhere.update(key(name) for name in names)
            else:
                self._add(row["place"], names)
        self._longest = max(map(len, self._names), default=0)

    def _add(self, place: str, names: Iterable[str]) -> None:
        for name in names:
            for spelling in set(_spellings(name.removeprefix("?"))):
                found = key(spelling)
                if found:
                    self._names[found].add(place)

    def named(self, name: str) -> Ids:
        """Ids of the places with this name, whatever its spelling."""
        bare = _LATIN_HEADS.sub("", name.casefold())
        return frozenset(self._names.get(key(name)) or self._names.get(key(bare)) or ())

    def prefix(self, text: str) -> tuple[int, Ids]:
        """The longest name that `text` (a key) begins with: its length, and the places; 0 where there is none."""
        for length in range(min(len(text), self._longest), 1, -1):
            found = self._names.get(text[:length])
            if found:
                return length, frozenset(found)
        return 0, NOBODY

    def vague(self, text: str) -> bool:
        """Whether a cell says only "the border", "a village" or the like, a slip forgiven."""
        letters = jamo(key(text))
        return any(_one_slip(letters, jamo(words)) for words in self._nowhere)

    def near(self, name: str) -> Ids:
        """Ids of the places whose name is one slip away (Hangul: in one part of a syllable), of long names two."""
        letters = jamo(key(name))
        scanned = {place for meant in _rescanned(letters) for place in self._names.get(meant, ())}
        found = scanned or self._within(letters, list(_shorter(letters)), 1)
        if not found and len(letters) >= LONG:
            twice = {shortest for shorter in _shorter(letters) for shortest in _shorter(shorter)}
            found = self._within(letters, twice, 2)
        return frozenset(found)

    def _within(self, letters: str, shorter: Iterable[str], slips: int) -> Ids:
        if not self._near:
            self._index()
        candidates = {candidate for form in shorter for candidate in self._near.get(form, ())}
        close = (c for c in candidates if (_one_slip(letters, c) if slips == 1 else _distance(letters, c) <= slips))
        return frozenset(place for c in close for place in self._names[unicodedata.normalize("NFC", c)])

    def _index(self) -> None:
        for name, places in self._names.items():
            letters = jamo(name)
            if len(letters) >= (SHORTEST if name.isascii() else 2 if places & COUNTRIES else 3):
                for shorter in _shorter(letters):
                    self._near[shorter].add(letters)


def _rescanned(letters: str) -> Iterator[str]:
    """What a scanned name may have been, one confusion of letters undone."""
    for row in vocabulary.rows("linkage/scans"):
        at = letters.find(row["written"])
        while at >= 0:
            yield letters[:at] + row["meant"] + letters[at + len(row["written"]) :]
            at = letters.find(row["written"], at + 1)


def _shorter(letters: str) -> Iterator[str]:
    """The name, and the name with one letter left out."""
    yield letters
    for place in range(len(letters)):
        yield letters[:place] + letters[place + 1 :]


def _one_slip(one: str, other: str) -> bool:
    """Whether a single insertion, omission, replacement or swap of neighbours makes one the other."""
    if len(one) > len(other):
        one, other = other, one
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    rest, rest_of_other = one[start + 1 :], other[start + 1 :]
    if rest == rest_of_other:
        return True
    swapped = one[start : start + 2] == other[start : start + 2][::-1]
    return swapped and one[start + 2 :] == other[start + 2 :]


def _distance(one: str, other: str) -> int:
    """Letters inserted, left out or replaced to make one the other."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != wanted))
    return row[-1]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this installation, read once."""
    more = (*vocabulary.rows("linkage/places"), *vocabulary.rows("linkage/places_ko"))
    return Gazetteer(vocabulary.rows("gazetteer"), more)
