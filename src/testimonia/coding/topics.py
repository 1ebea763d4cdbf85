"""What a figure is about, in words that are the same in every language.

A language's rules find the number and the words around it; here the words become a `concept` that can be
compared (`counted_norm`), the act named in the same sentence becomes the `topic`, and the period and the place
take the normalised value of the date and the place they quote. Nothing is guessed: where the sentence names
none, the attribute stays away.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from testimonia import vocabulary
from testimonia.coding.lexicon import Lexicon
from testimonia.coding.spans import complete
from testimonia.model import Coding, Part, Passage

__all__ = ["Word", "assemble"]

_SENTENCE_END = re.compile(r"[.!?][”’\"')\]]*(?=\s|$)|[。！？；;]")
_CLAUSE = re.compile(r"[,，、:：]")
_FAR = {"en": 60, "ko": 30, "zh": 24}  # characters between a number and the word for what it counts
_WRONG_SIDE = {"en": 12, "ko": 6, "zh": 6}  # English and Chinese name it after the number, Korean before
_LONGEST = 40  # characters: no word of the table is longer
_NEAR = 400  # characters: a sentence that goes on for pages says nothing of a number farther off
_MONEY = re.compile(r"[A-Z]{3}(?:/|$)")
_ANY_SORT = frozenset({"percent", "ratio", "fraction", "share"})
_TOPICS = ("tip.act.", "tip.purpose.", "state.", "law.", "journey.")


class Word(NamedTuple):
    """A word for what is counted, at text[start:end] of the rendering."""

    start: int
    end: int
    concept: str


@cache
def _concepts(language: str) -> Lexicon:
    rows = [row for row in vocabulary.rows("counted") if row["language"] == language]
    return Lexicon(rows, words=language == "en")


def assemble(codings: Sequence[Coding], passages: Sequence[Passage]) -> None:
    """Fill `counted_norm`, `topic`, `period` and `place` of the figures in `codings` (text order), in place."""
    starts = [coding.start for coding in codings]
    for passage in passages:
        if passage.role == "boilerplate":
            continue
        inside = codings[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        if any(coding.kind == "figure" for coding in inside):
            _passage(passage, inside)


def _passage(passage: Passage, codings: Sequence[Coding]) -> None:
    language = passage.language.partition("-")[0]
    if language not in _FAR:
        return
    ends = [passage.start + match.end() for match in _SENTENCE_END.finditer(passage.text)]
    words = _words(passage, language)
    for _, group in groupby(codings, key=lambda coding: bisect_right(ends, coding.start)):
        sentence = list(group)
        for figure in sentence:
            if figure.kind == "figure":
                _figure(figure, sentence, words, passage, language)


def _words(passage: Passage, language: str) -> dict[str, list[Word]]:
    """The words of a passage by sort, each list in text order; `any` holds those that a share can be of."""
    found: dict[str, list[Word]] = {}
    for hit in _concepts(language).find(passage.text):
        word = Word(passage.start + hit.start, passage.start + hit.end, hit.row["concept"])
        found.setdefault(hit.row["sort"], []).append(word)
        if hit.row["sort"] != "money":
            found.setdefault("any", []).append(word)
    return found


def _figure(
    figure: Coding, sentence: Sequence[Coding], words: Mapping[str, Sequence[Word]], passage: Passage, language: str
) -> None:
    number = figure.parts.get("number") or Part(figure.start, figure.end, figure.quote)
    found = {
        "counted_norm": _nearest_concept(number, words.get(_sort_of(figure.unit), ()), passage, language),
        "topic": _topic(number, sentence),
        "period": _value_at(figure.parts.get("period"), sentence, "date"),
        "place": _value_at(figure.parts.get("place"), sentence, "place"),
    }
    new = {name: value for name, value in found.items() if value}
    if new:
        complete(figure, attributes={**figure.attributes, **new})


def _sort_of(unit: str | None) -> str:
    """The sort of words that can be counted in a unit: people in persons, prices in money, nothing in days."""
    if unit in _ANY_SORT:
        return "any"
    return "money" if unit and _MONEY.match(unit) else (unit or "").partition("/")[0]


def _nearest_concept(number: Part, words: Sequence[Word], passage: Passage, language: str) -> str | None:
    return min(_gaps(number, words, passage, language), default=(0, 0, None))[2]


def _start(found: Word | Coding) -> int:
    return found.start


def _gaps(
    number: Part, words: Sequence[Word], passage: Passage, language: str
) -> Iterator[tuple[int, int, str | None]]:
    """Distances between the number and each word of its clause; the other side of it counts extra."""
    first = bisect_left(words, number.start - _FAR[language] - _LONGEST, key=_start)
    last = bisect_right(words, number.end + _FAR[language], key=_start)
    for word in words[first:last]:
        after = word.start >= number.end
        low, high = (number.end, word.start) if after else (word.end, number.start)
        if not 0 <= high - low <= _FAR[language]:
            continue
        between = passage.text[low - passage.start : high - passage.start]
        if _SENTENCE_END.search(between) or _CLAUSE.search(between):
            continue
        wrong = after == (language == "ko")
        yield high - low + wrong * _WRONG_SIDE[language], word.start, word.concept


def _around(part: Part, sentence: Sequence[Coding]) -> Sequence[Coding]:
    first = bisect_left(sentence, part.start - _NEAR, key=_start)
    return sentence[first : bisect_right(sentence, part.end + _NEAR, key=_start)]


def _topic(number: Part, sentence: Sequence[Coding]) -> str | None:
    acts = [c for c in _around(number, sentence) if c.kind == "act" and c.code and c.code.startswith(_TOPICS)]
    near = min(acts, key=lambda act: max(act.start - number.end, number.start - act.end), default=None)
    return near.code if near else None


def _value_at(part: Part | None, sentence: Sequence[Coding], kind: str) -> str | None:
    """The normalised value of the date or place that a part quotes, if it stands in the same sentence."""
    if part is None:
        return None
    for coding in _around(part, sentence):
        if coding.kind == kind and coding.start < part.end and part.start < coding.end:
            return coding.value if isinstance(coding.value, str) else None
    return None
