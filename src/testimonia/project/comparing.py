"""Two readings of one text, side by side: the spans both found, and alpha by code and language (`agreement`).

The first reading is that of each person who has judged every suggestion; where several have done it together, what
stands after them. The second is that of the person who coded without seeing any of it. Coders are pseudonyms. What a
third person decides between the two changes neither; who of the two judges again after having seen it, does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from testimonia.casebook import BLIND, PERSON, Casebook, Judged
from testimonia.casebook.values import Double
from testimonia.model import Coding, Document
from testimonia.project.agreement import Alpha, Found, alpha_of, found_by_both

__all__ = ["STANDS", "Compared", "Results", "comparisons", "meaning", "results"]

CODED = ("act", "measure", "attribution")  # kinds of which each code is a judgement of its own
STANDS = ("accepted", "corrected")


@dataclass(frozen=True, slots=True)
class Compared:
    """One document that was coded twice: by whom, their codings, and its passages as (start, end, language).

    Where no one person has judged every suggestion but several together have, `first` names them all and the codings
    are what stands after them. `others` are the codings of further persons who judged every suggestion by themselves.
    """

    document: Document
    first: str
    second: str
    firsts: tuple[Coding, ...]
    seconds: tuple[Coding, ...]
    others: tuple[tuple[Coding, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """What coding twice has shown: documents compared, spans by kind, alpha by code and language, what is unfinished.

    `waiting` gives the documents that the second has finished and the first has not judged completely.
    """

    documents: int
    coders: tuple[tuple[str, str, int], ...]
    spans: tuple[tuple[str, Found], ...]
    alphas: tuple[Alpha, ...]
    waiting: tuple[str, ...]


def comparisons(book: Casebook, only: str | None = None) -> tuple[list[Compared], list[str]]:
    """Every document that is done twice; and the files that the second has finished, but the first has not.

    With `only`, no rendering but that one is looked at.
    """
    done, waiting = [], []
    files = {one.rendering_sha256: one.file_sha256 for one in book.laid_out()}
    decided = _adjudicators(book)
    for double in book.doubles():
        rendering = double.rendering_sha256
        if double.finished_at is None or rendering not in files or only not in (None, rendering):
            continue
        found = _compared(book, files[rendering], double, decided[rendering])
        if found is None:
            waiting.append(files[rendering])
        else:
            done.append(found)
    return done, waiting


def _adjudicators(book: Casebook) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in book.adjudications():
        found[one.rendering].add(one.who)
    return found


def _compared(book: Casebook, file_sha256: str, double: Double, third: set[str]) -> Compared | None:
    judged = book.judged_codings(double.rendering_sha256)
    seconds = tuple(
        one.coding for one in judged if _blind_of(one.coding, double.coder) and one.coding.state != "rejected"
    )
    readings = _readings(_without(judged, {double.coder, *third}))
    if not readings:
        return None
    document = book.document(file_sha256, codings=False)
    (first, firsts), *others = readings
    return Compared(document, first, double.coder, firsts, seconds, tuple(codings for _, codings in others))


def _blind_of(coding: Coding, who: str) -> bool:
    return coding.coder_version == BLIND and coding.coder == who


def _without(judged: Iterable[Judged], people: set[str]) -> list[Judged]:
    """A text as if some people had not been there: the second coder, and those who decided between the two."""
    left = []
    for one in judged:
        if one.coding.coder_version != BLIND and one.coding.coder not in people:
            votes = tuple(vote for vote in one.votes if vote.who not in people)
            left.append(one.with_votes(votes))
    return left


def _readings(judged: Sequence[Judged]) -> list[tuple[str, tuple[Coding, ...]]]:
    """What people made of a text: each who has judged all of it; or, if nobody has, all together."""
    proposed = [one for one in judged if one.coding.coder_version != PERSON]
    people = Counter(vote.who for one in judged for vote in one.votes if vote.holds)
    alone = [who for who in people if all(one.said(who) for one in proposed)]
    if alone:
        ordered = sorted(alone, key=lambda who: (-people[who], who))
        return [(who, tuple(kept for one in judged if (kept := one.by(who)) is not None)) for who in ordered]
    if people and all(any(one.said(who) for who in people) for one in proposed):
        stands = tuple(one.coding for one in judged if one.coding.state in STANDS)
        return [(" + ".join(sorted(people)), stands)]
    return []


def results(done: Sequence[Compared], waiting: Sequence[str] = ()) -> Results:
    """How far coders agree in all that was coded twice."""
    pairs = Counter((one.first, one.second) for one in done)
    return Results(
        documents=len(done),
        coders=tuple((first, second, number) for (first, second), number in sorted(pairs.items())),
        spans=_spans(done),
        alphas=_alphas(done),
        waiting=tuple(waiting),
    )


def _spans(done: Iterable[Compared]) -> tuple[tuple[str, Found], ...]:
    """Spans found by both, by kind, over all documents."""
    by_kind: dict[str, Found] = {}
    for one in done:
        for kind in sorted({coding.kind for coding in (*one.firsts, *one.seconds)}):
            found = found_by_both(_of_kind(one.firsts, kind), _of_kind(one.seconds, kind))
            by_kind[kind] = by_kind.get(kind, Found(0, 0, 0, 0)) + found
    return tuple(sorted(by_kind.items(), key=lambda each: -(each[1].first + each[1].second)))


def _of_kind(codings: Iterable[Coding], kind: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in codings if one.kind == kind]


def meaning(coding: Coding) -> str:
    """What is counted as one code: that of an act, a measure or a stance; of all others the kind."""
    return f"{coding.kind}:{coding.code}" if coding.kind in CODED and coding.code else coding.kind


def _alphas(done: Sequence[Compared]) -> tuple[Alpha, ...]:
    """Alpha by code and language: each passage with a word in it is a unit, each coder says present or absent."""
    units: dict[tuple[str, str], list[list[tuple[bool, ...]]]] = defaultdict(list)
    codes = {meaning(coding) for one in done for coding in (*one.firsts, *one.seconds)}
    for one in done:
        readers = (one.firsts, *one.others, one.seconds)
        for language, passages in _passages(one.document).items():
            seen = [_present(reader, passages) for reader in readers]
            for code in codes:
                units[code, language].append([tuple(at in each[code] for each in seen) for at in range(len(passages))])
    found = [alpha_of(code, language, documents) for (code, language), documents in units.items()]
    return tuple(sorted((one for one in found if one.coded), key=lambda one: (one.language, -one.coded, one.code)))


def _passages(document: Document) -> dict[str, list[tuple[int, int]]]:
    by_language: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for passage in document.passages:
        if passage.role != "boilerplate" and passage.text.strip():
            by_language[passage.language.partition("-")[0]].append((passage.start, passage.end))
    return by_language


def _present(codings: Iterable[Coding], passages: Sequence[tuple[int, int]]) -> dict[str, set[int]]:
    """For each code the positions of the passages in which a coding of it begins."""
    starts = [start for start, _ in passages]
    found: dict[str, set[int]] = defaultdict(set)
    for coding in codings:
        at = bisect_right(starts, coding.start) - 1
        if at >= 0 and coding.start < passages[at][1]:
            found[meaning(coding)].add(at)
    return found
