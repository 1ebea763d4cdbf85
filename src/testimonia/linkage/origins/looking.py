"""Looking back from a mention to the named source that it stands for.

A long document names sources thousands of times, and each mention asks which of those before it fits; so the
places of what can be asked for are worked out once, and each question is a search in sorted places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from testimonia.linkage.origins.sources import HAN, HANGUL, Mention, key

__all__ = ["Mentions"]

SHORTEST_TAIL = 4  # characters of a Korean or Chinese name that may stand for a longer one
Places = Sequence[int]


class Mentions:
    """The named sources of one document, in text order."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._all = mentions
        self._named = self._where(lambda m: bool(m.name) and m.sort != "person")
        self._reports = self._where(lambda m: bool(m.name) and m.sort == "report")
        self._unofficial = self._where(lambda m: bool(m.name) and m.sort not in ("person", "official"))
        self._bodies = self._where(lambda m: bool(m.name) and m.sort in ("organisation", "report"))
        self._ending: dict[str, Places] = {}
        self._holding: dict[str, Places] = {}
        self._fuller: dict[str, dict[str, list[int]]] | None = None

    def _where(self, fits: Callable[[Mention], bool]) -> Places:
        return [place for place, mention in enumerate(self._all) if fits(mention)]

    def resolve(self, mention: Mention, upto: int) -> Mention | None:
        """The named source a mention stands for: itself if it names one, else the last one it can point to.

        Only the first `upto` mentions are looked at. A mention with a head noun ("the network", 该中心) prefers
        a name that ends with it. None where nothing fits.
        """
        if mention.name and mention.points is None:
            return self._longest(mention, upto)
        if mention.points is None:
            return None
        if mention.points == "report":
            return self._last(upto, self._reports, self._unofficial, self._named)
        fitting = self._with_head(mention.head, self._ending, str.endswith)
        if mention.points == "official":
            return self._last(upto, fitting, self._with_head(mention.head, self._holding, str.__contains__))
        return self._last(upto, fitting, self._bodies, self._named if mention.points == "person" else ())

    def _last(self, upto: int, *choices: Places) -> Mention | None:
        """The last of the first choice that holds anything."""
        for places in choices:
            index = bisect_left(places, upto)
            if index:
                return self._all[places[index - 1]]
        return None

    def _with_head(self, head: str, known: dict[str, Places], fits: Callable[[str, str], bool]) -> Places:
        if not head:
            return ()
        if head not in known:
            known[head] = [place for place in self._named if fits(key(self._all[place].name), head)]
        return known[head]

    def _longest(self, mention: Mention, upto: int) -> Mention:
        """The fuller name a short one stands for: the last words, or the initials, of a name before it."""
        if self._fuller is None:
            self._fuller = self._by_short()
        before = [places[i - 1] for places in self._fuller.get(key(mention.name), {}).values()
                  if (i := bisect_left(places, upto))]  # fmt: skip
        if not before:
            return mention
        other = self._all[max(before)]
        return replace(other, text=mention.text, year=mention.year or other.year)

    def _by_short(self) -> dict[str, dict[str, list[int]]]:
        """For each shorter name the longer ones it can stand for, with their places."""
        places: dict[str, list[int]] = {}
        for place, mention in enumerate(self._all):
            places.setdefault(mention.name, []).append(place)
        found: dict[str, dict[str, list[int]]] = {}
        for name, held in places.items():
            for short in set(_shorter(name)):
                found.setdefault(short, {})[name] = held
        return found


def _shorter(name: str) -> Iterator[str]:
    """The shorter names that may stand for a name: its last words or characters, and its initials."""
    full = key(name)
    if HANGUL.search(full) or HAN.search(full):
        yield from (full[at:] for at in range(1, len(full) - SHORTEST_TAIL + 1))
    else:
        tails = (full[at + 1 :] for at, letter in enumerate(full) if letter == " ")
        yield from (tail for tail in tails if " " in tail)
    initials = _initials(name)
    if len(full) > len(initials) >= 2:
        yield initials


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper()).casefold()
