"""What a search asks for: words that must stand in a passage, and words that must not.

Each word becomes a proposal to the index, which may find too much, and a pattern for the true text, which
decides. Words in one pair of quotation marks stand one after the other; a leading minus means *without*; a
star at the end of a Latin word means *beginning with*. Latin words are whole words, without regard to case
and diacritics; Korean and Chinese ones are found anywhere. Spaces do not matter in a Korean expression of
three syllables and more that begins where a written word begins (김 영희, 김영희), nor in one of two that
fills it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from testimonia.casebook.words import HAN, HANGUL, RUN, fold, tokens

__all__ = ["Query", "parse"]

LATIN = rf"[^\W_{HANGUL}{HAN}]"
PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
QUOTES = str.maketrans("“”„«»「」『』", '"""""""""')
LONE = re.compile(rf"[{HANGUL}]")
NAME = re.compile(rf"[{HANGUL}]{{1,4}}")
ENDING = rf"(?=[은는이가을를의도와과에씨님]?(?![{HANGUL}]))"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase: what the index is asked, and the pattern that holds in the folded text."""

    proposal: str
    pattern: re.Pattern[str]
    negative: bool


@dataclass(frozen=True, slots=True)
class Query:
    """The words that must be in a passage, and those that must not."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]

    @property
    def proposal(self) -> str:
        """The question to the full-text index: every passage that can answer, and perhaps others."""
        return " AND ".join(term.proposal for term in self.wanted)

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where the wanted words stand in a text, in order; nothing when it does not answer."""
        folded = fold(text)
        if self._forbids(folded.text):
            return ()
        found: set[tuple[int, int]] = set()
        for term in self.wanted:
            here = {folded.span(*match.span()) for match in term.pattern.finditer(folded.text)}
            if not here:
                return ()
            found |= here
        return tuple(sorted(found))

    def forbids(self, text: str) -> bool:
        """Whether a text holds a word that must not be in it."""
        return self._forbids(fold(text).text)

    def _forbids(self, folded: str) -> bool:
        return any(term.pattern.search(folded) for term in self.unwanted)


def parse(text: str) -> Query:
    """Read a query. One without a wanted word finds nothing."""
    terms = [term for part, minus in _parts(text) if (term := _term(part, negative=minus))]
    return Query(tuple(term for term in terms if not term.negative), tuple(term for term in terms if term.negative))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Words and phrases, and whether each is unwanted; a Korean surname is joined to the name after it."""
    surname = ""
    for part in PART.finditer(text.translate(QUOTES)):
        words, minus = part["phrase"] or part["word"] or "", bool(part["minus"])
        plain = part["phrase"] is None and not minus
        if surname and plain and NAME.fullmatch(fold(words).text):
            yield f"{surname} {words}", False
            surname = ""
            continue
        if surname:
            yield surname, False
        surname = words if plain and LONE.fullmatch(fold(words).text) else ""
        if not surname:
            yield words, minus
    if surname:
        yield surname, False


def _term(words: str, *, negative: bool) -> Term | None:
    folded = fold(words).text
    runs = list(RUN.finditer(folded))
    if not runs:
        return None
    beginning = folded.rstrip().endswith("*") and runs[-1].lastgroup == "other"
    proposal = " AND ".join(_propose(run, last and beginning) for run, last in _with_last(runs))
    pattern = ""
    end = runs[0].start()
    for run, last in _with_last(runs):
        pattern += r"[\W_]+" if run.start() > end else ""
        pattern += _pattern(run, last and beginning)
        end = run.end()
    return Term(f"({proposal})", re.compile(pattern), negative)


def _with_last(runs: list[re.Match[str]]) -> Iterator[tuple[re.Match[str], bool]]:
    for number, run in enumerate(runs, start=1):
        yield run, number == len(runs)


def _propose(run: re.Match[str], beginning: bool) -> str:
    if run.lastgroup == "other":
        return f'"{run[0]}" *' if beginning else f'"{run[0]}"'
    *pairs, single = tokens(run[0])
    return f'"{" ".join(pairs)}"' if pairs else f'"{single}" *'


def _pattern(run: re.Match[str], beginning: bool) -> str:
    if run.lastgroup == "other":
        return rf"(?<!{LATIN}){run[0]}" + (f"{LATIN}*" if beginning else f"(?!{LATIN})")
    if run.lastgroup == "han":
        return r"(?:\r?\n)?".join("".join(run[0].split()))
    return _hangul(run[0].split())


def _hangul(typed: list[str]) -> str:
    joined = "".join(typed)
    ways = [joined]
    if len(typed) > 1:
        ways.append(r"\s+".join(typed))
    if len(joined) > 2:
        ways.append(rf"(?<![{HANGUL}])" + r"\s*".join(joined))
    elif len(joined) == 2:
        ways.append(rf"(?<![{HANGUL}])" + r"\s+".join(joined) + ENDING)
    return f"(?:{'|'.join(ways)})"
