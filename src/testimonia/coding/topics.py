"""What a figure is about, in words that are the same in every language.

A language's rules find the number and the words around it; here the words become a `concept` that can be
compared (`counted_norm`), the act named in the same sentence becomes the `topic`, and the period and the place
take the normalised value of the date and the place they quote. Nothing is guessed: where the sentence names
none, the attribute stays away.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from testimonia import vocabulary
from testimonia.coding.lexicon import Lexicon
from testimonia.coding.spans import complete
from testimonia.model import Coding, Part, Passage

__all__ = ["assemble"]

_SENTENCE_END = re.compile(r"[.!?][”’\"')\]]*(?=\s|$)|[。！？；;]")
_CLAUSE = re.compile(r"[,，、:：]")
_FAR = {"en": 60, "ko": 30, "zh": 24}  # characters between a number and the word for what it counts
_WRONG_SIDE = {"en": 12, "ko": 6, "zh": 6}  # English and Chinese name it after the number, Korean before
_NEXT_CLAUSE = 15
_TOPICS = ("tip.act.", "tip.purpose.", "state.", "law.", "journey.")


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
    words = [(passage.start + hit.start, passage.start + hit.end, hit.row["concept"])
             for hit in _concepts(language).find(passage.text)]  # fmt: skip
    for _, group in groupby(codings, key=lambda coding: bisect_right(ends, coding.start)):
        sentence = list(group)
        for figure in sentence:
            if figure.kind == "figure":
                _figure(figure, sentence, words, passage, language)


def _figure(
    figure: Coding, sentence: Sequence[Coding], words: Sequence[tuple[int, int, str]], passage: Passage, language: str
) -> None:
    number = figure.parts.get("number") or Part(figure.start, figure.end, figure.quote)
    found = {
        "counted_norm": _nearest_concept(number, words, passage, language),
        "topic": _topic(number, sentence),
        "period": _value_at(figure.parts.get("period"), sentence, "date"),
        "place": _value_at(figure.parts.get("place"), sentence, "place"),
    }
    new = {name: value for name, value in found.items() if value}
    if new:
        complete(figure, attributes={**figure.attributes, **new})


def _nearest_concept(
    number: Part, words: Iterable[tuple[int, int, str]], passage: Passage, language: str
) -> str | None:
    ranked = [(gap, start, concept) for gap, start, concept in _gaps(number, words, passage, language)]
    return min(ranked)[2] if ranked else None


def _gaps(
    number: Part, words: Iterable[tuple[int, int, str]], passage: Passage, language: str
) -> Iterator[tuple[int, int, str]]:
    """Distances between the number and each word of its sentence, other side and other clause counted extra."""
    for start, end, concept in words:
        after = start >= number.end
        low, high = (number.end, start) if after else (end, number.start)
        gap = high - low
        if gap > _FAR[language] or gap < 0:
            continue
        between = passage.text[low - passage.start : high - passage.start]
        if _SENTENCE_END.search(between):
            continue
        wrong = after == (language == "ko")
        yield gap + wrong * _WRONG_SIDE[language] + bool(_CLAUSE.search(between)) * _NEXT_CLAUSE, start, concept


def _topic(number: Part, sentence: Sequence[Coding]) -> str | None:
    acts = [c for c in sentence if c.kind == "act" and c.code and c.code.startswith(_TOPICS)]
    near = min(acts, key=lambda act: max(act.start - number.end, number.start - act.end), default=None)
    return near.code if near else None


def _value_at(part: Part | None, sentence: Sequence[Coding], kind: str) -> str | None:
    """The normalised value of the date or place that a part quotes, if it stands in the same sentence."""
    if part is None:
        return None
    for coding in sentence:
        if coding.kind == kind and coding.start < part.end and part.start < coding.end:
            return coding.value if isinstance(coding.value, str) else None
    return None
