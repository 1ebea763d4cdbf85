"""An attribution, and the cue it hangs on with the sentence around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from testimonia.coding.english.reading import Reading
from testimonia.coding.english.sources import is_testimony

__all__ = ["Cue", "Span", "Statement", "clause", "made", "postposed"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """A cue with its source and content, in offsets of the passage."""

    start: int
    end: int
    cue: Span
    source: Span | None
    content: Span | None
    stance: str
    rule: str
    testimony: bool = False
    via: Span | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at text[start:end] in the sentence text[begin:finish]; `before` are the statements found so far."""

    reading: Reading
    start: int
    end: int
    form: str
    kind: str
    inflection: str
    stance: str
    begin: int
    finish: int
    before: list[Statement]

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def word(self) -> str:
        """The first word of the cue, in lower case."""
        return self.form.split()[0]

    def left(self, width: int) -> str:
        """Up to `width` characters of the sentence before the cue."""
        return self.text[max(self.begin, self.start - width) : self.start]

    def follows(self, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern` matches right behind the cue, within the sentence."""
        return bool(pattern.match(self.text, self.end, self.finish))

    def spoken(self) -> list[Statement]:
        """Statements of this sentence so far."""
        return [statement for statement in self.before if statement.cue[0] >= self.begin]


_POST = re.compile(r"\s*(?:[.;]|,?\s*(?:on|in|last|at)\b[^,;]{0,40}[.;]|$|,\s)")
_SAID_THAT = re.compile(r"\s+that\b")


def clause(text: str, start: int, finish: int) -> Span | None:
    """text[start:finish] without the blanks and punctuation at its ends; None where nothing is left."""
    while start < finish and text[start] in ' ,:\n“"\u00a0':
        start += 1
    stop = finish
    while stop > start and text[stop - 1] in ' .\n”"’\u00a0;,':
        stop -= 1
    return (start, stop) if stop > start else None


def postposed(cue: Cue) -> bool:
    """Whether the cue closes what was said: “…, the commission announced on June 22.”"""
    return cue.follows(_POST)


def made(cue: Cue, source: Span | None, rule: str, first: int | None = None) -> Statement:
    """The statement of a cue with its source; `first` is where it begins, if not with the source."""
    text = cue.text
    that = _SAID_THAT.match(text, cue.end, cue.finish)
    stop = that.end() if that else cue.end
    content = clause(text, stop, cue.finish)
    if source and not that and source[0] - cue.begin > 12 and postposed(cue):
        content = clause(text, cue.begin, source[0])
    start = first if first is not None else min(source[0], cue.start) if source else cue.start
    end = max(stop, source[1]) if source and first is None else stop
    words = text[source[0] : source[1]] if source else ""
    return Statement(start, end, (cue.start, cue.end), source, content, cue.stance, rule, is_testimony(words))
