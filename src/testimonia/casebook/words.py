"""From text to the words that are indexed: folded, and Hangul and Han cut into overlapping pairs.

Korean and Chinese do not mark words so that a search could use it: 북송 stands inside 강제북송, 遣返 inside
被遣返回国. Runs of such characters are therefore written as pairs, and the last character once more alone, so
that every character begins a token. Spaces between Hangul are left out, because names are written with and
without them. The index only proposes; `testimonia.casebook.query` holds every proposal against the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

__all__ = ["HAN", "HANGUL", "RUN", "Folded", "fold", "index_text", "tokens"]

HANGUL = "\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\ud7b0-\ud7ff"
HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
)
RUN = re.compile(
    rf"(?P<hangul>[{HANGUL}]+(?:\s+[{HANGUL}]+)*)"
    rf"|(?P<han>[{HAN}]+(?:\r?\n[{HAN}]+)*)"
    rf"|(?P<other>[^\W_{HANGUL}{HAN}]+)"
)
SPACE = re.compile(r"\s+")
OTHERWISE = "\uffff"  # no character of any text
FOLLOWING_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Text without case, diacritics, compatibility forms and invisible characters.

    `starts` and `ends` say for each folded character which characters of the text it stands for; they are
    None where every character stands for itself.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text that a non-empty span of the folded text stands for."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold a text for searching, keeping the way back to its characters."""
    if text.isascii():
        return Folded(text.lower())
    folded = text.translate(_one_by_one())
    return Folded(folded) if OTHERWISE not in folded else _fold_by_cluster(text)


class _OneByOne(dict[int, str]):
    """What each character folds to by itself, worked out when it is first met; OTHERWISE where it is not just one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _fold_cluster(character)
        alone = len(folded) == 1 and not FOLLOWING_JAMO.match(character)
        self[code] = folded if alone else OTHERWISE
        return self[code]


@cache
def _one_by_one() -> _OneByOne:
    return _OneByOne()


def _fold_by_cluster(text: str) -> Folded:
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        part = _fold_cluster(text[start:end])
        folded.append(part)
        starts += [start] * len(part)
        ends += [end] * len(part)
    return Folded("".join(folded), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans of one character with the marks, vowels and finals that belong to it."""
    start = 0
    for here in range(1, len(text)):
        if not _follows(text[here]):
            yield start, here
            start = here
    if text:
        yield start, len(text)


@lru_cache(maxsize=65536)
def _follows(character: str) -> bool:
    return bool(FOLLOWING_JAMO.match(character)) or unicodedata.category(character) in ("Mn", "Me", "Cf")


@lru_cache(maxsize=65536)
def _fold_cluster(cluster: str) -> str:
    apart = unicodedata.normalize("NFKD", cluster.casefold())
    kept = "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return unicodedata.normalize("NFC", kept).casefold()


def tokens(folded: str) -> Iterator[str]:
    """The words of a folded text as the index holds them."""
    for run in RUN.finditer(folded):
        if run.lastgroup == "other":
            yield run[0]
        else:
            joined = SPACE.sub("", run[0])
            yield from (first + second for first, second in pairwise(joined))
            yield joined[-1]


def index_text(text: str) -> str:
    """What the index holds for a text: its words with spaces between."""
    return " ".join(tokens(fold(text).text))
