"""Searching in the workbench: a query and filters as an address holds them, passages with their words marked out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from testimonia.casebook import Casebook
from testimonia.casebook.narrowing import Condition, Filed
from testimonia.casebook.search import Answer

__all__ = [
    "DIMENSIONS",
    "PAGE",
    "Facts",
    "Filter",
    "Group",
    "Piece",
    "Results",
    "Shown",
    "facts",
    "filters",
    "mark_seen",
    "search_page",
    "unreadable",
]

# What a search can be narrowed by; each also inverted, as `not-language`.
DIMENSIONS = ("language", "kind", "code", "type", "folder", "role", "damage", "year", "dated", "seen")
OF_FILES = ("type", "folder", "dated", "seen")
ROLES = ("title", "body", "quote", "table", "caption", "boilerplate")
PAGE = 25
MOST = 1_000  # answers are counted so far
AROUND = 110  # characters shown before the first word found, and between two of them
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a search: a dimension, the value a passage must have, or, inverted, must not have."""

    name: str
    value: str
    inverted: bool = False

    @property
    def key(self) -> str:
        """Its key in an address."""
        return f"not-{self.name}" if self.inverted else self.name


@dataclass(frozen=True)
class Facts:
    """What searches of a casebook can be narrowed by: its files, and the values of each dimension that there are."""

    files: Sequence[Filed]
    values: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a passage; `at` is their place (`120-131`) where they are words that were found."""

    text: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage that answers: its place and what is shown of it."""

    at: str
    page: str | None
    role: str
    language: str
    damaged: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The passages of one document on a page of results. `seen` is when this person first opened it, if she did."""

    file: Filed
    seen: str | None
    passages: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results: `number` passages answer, or more than that. `page` counts from 1."""

    groups: tuple[Group, ...]
    number: int
    more: bool
    page: int
    first: int
    last: int

    @property
    def following(self) -> bool:
        """Whether there is a page after this one."""
        return self.more or self.last < self.number


def facts(book: Casebook) -> Facts:
    """What searches of this casebook can be narrowed by."""
    files, codes = book.filed(), book.codes_in_use()
    values = {
        "language": _sorted(language for one in files for language in one.languages),
        "kind": _sorted(kind for kind, _ in codes),
        "code": [f"{kind}.{code}" for kind, code in codes if code],
        "type": _sorted(one.media_type for one in files),
        "folder": _sorted(folder for one in files for path in one.paths for folder in _folders(path)),
        "role": ROLES,
        "damage": ("text", "page"),
        "seen": ("yes",),
    }
    return Facts(files, values)


def _sorted(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def _folders(path: str) -> Iterator[str]:
    """The folders, archives and mails that a path goes through."""
    for stroke in re.finditer(r"!?/", path):
        yield path[: stroke.end()]


def filters(query: Iterable[tuple[str, str]]) -> tuple[Filter, ...]:
    """The filters among the keys and values of an address, each once; what is no filter is left out."""
    found: dict[Filter, None] = {}
    for key, value in query:
        name = key.removeprefix("not-")
        if name in DIMENSIONS and value.strip():
            found[Filter(name, value.strip(), key != name)] = None
    return tuple(found)


def search_page(
    book: Casebook, query: str, chosen: Sequence[Filter], known: Facts, *, who: str | None = None, page: int = 1
) -> Results:
    """A page of the passages in which every word of the query stands and which every filter lets through.

    Of several filters of one dimension one is enough; inverted, none may hold. Without words or filters nothing is
    found. `who`: whose marks of what was seen are meant. Passages come in the order in which they were read in.
    """
    page = max(page, 1)
    if not query.strip() and not chosen:
        return Results((), 0, False, 1, 0, 0)
    opened = book.seen(who) if who is not None else {}
    conditions = list(_conditions(chosen, known, opened))
    offset = (page - 1) * PAGE
    found = book.find(query, conditions, limit=PAGE, offset=offset, most=MOST)
    files = {one.file_sha256: one for one in known.files}
    groups = tuple(
        Group(files[file], opened.get(file), tuple(map(_shown, answers)))
        for file, answers in groupby(found.passages, lambda one: one.file_sha256)
        if file in files
    )
    return Results(groups, found.number, found.more, page, offset + 1, offset + len(found.passages))


# Filters -------------------------------------------------------------------------------------------------


def _conditions(chosen: Sequence[Filter], known: Facts, opened: Mapping[str, str]) -> Iterator[Condition]:
    """The filters as conditions on passages; those that are about files as one condition on the file."""
    for (name, inverted), some in _by_dimension(chosen).items():
        if name not in OF_FILES:
            yield Condition(name, tuple(_values(name, some, known)), inverted)  # type: ignore[arg-type]
    tests = [
        _holds(name, some, inverted, opened)
        for (name, inverted), some in _by_dimension(chosen).items()
        if name in OF_FILES
    ]
    if tests:
        left = tuple(one.file_sha256 for one in known.files if all(test(one) for test in tests))
        yield Condition("file", left)


def _by_dimension(chosen: Sequence[Filter]) -> dict[tuple[str, bool], list[str]]:
    found: dict[tuple[str, bool], list[str]] = {}
    for one in chosen:
        found.setdefault((one.name, one.inverted), []).append(one.value)
    return found


def _values(name: str, some: Sequence[str], known: Facts) -> Iterator[str]:
    """The values as the casebook knows them: `zh` is also zh-Hans and zh-Hant; years are spans of years."""
    for value in some:
        if name == "language":
            yield value
            yield from (one for one in known.values["language"] if one.startswith(f"{value}-"))
        elif name == "year":
            first, last = _span(value)
            if _YEAR.fullmatch(first) and _YEAR.fullmatch(last):
                yield f"{first}-{last}"
        else:
            yield value


def unreadable(one: Filter) -> bool:
    """Whether a filter on years or dates holds none: it then lets nothing through, or inverted everything."""
    ends = [end for end in _span(one.value) if end]
    if one.name == "year":
        return not all(_YEAR.fullmatch(end) for end in _span(one.value))
    return one.name == "dated" and not (ends and all(_DAY.fullmatch(end) for end in ends))


def _span(value: str) -> tuple[str, str]:
    """Both ends of `2003..2010`; of one year or day twice that."""
    first, dots, last = (part.strip() for part in value.partition(".."))
    return (first, last) if dots else (first, first)


def _holds(name: str, some: Sequence[str], inverted: bool, opened: Mapping[str, str]) -> Callable[[Filed], bool]:
    tests: Mapping[str, Callable[[Filed], bool]] = {
        "type": lambda file: file.media_type in some,
        "folder": lambda file: any(path.startswith(folder) for folder in some for path in file.paths),
        "dated": lambda file: any(_within(file.dated, value) for value in some),
        "seen": lambda file: file.file_sha256 in opened,
    }
    return lambda file: tests[name](file) != inverted


def _within(dated: str, value: str) -> bool:
    """Whether a day lies in a year, month or day, or between two of them; each end may be left open."""
    day = _DAY.match(dated)
    if day is None:
        return False
    first, last = _span(value)
    return day[0][: len(first)] >= first and (not last or day[0][: len(last)] <= last)


# What is shown -------------------------------------------------------------------------------------------


def _shown(answer: Answer) -> Shown:
    spans = [(first - answer.start, last - answer.start) for first, last in answer.spans]
    first, last = (answer.spans or ((answer.start, answer.end),))[0]
    return Shown(
        at=f"{first}-{last}",
        page=answer.page,
        role=answer.role,
        language=answer.language,
        damaged=answer.damaged,
        pieces=tuple(_pieces(answer.text, _apart(spans), answer.start)),
    )


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order of which none begins before the one before it has ended."""
    kept: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if not kept or first >= kept[-1][1]:
            kept.append((first, last))
    return kept


def _pieces(text: str, spans: Sequence[tuple[int, int]], start: int) -> Iterator[Piece]:
    """The text around the spans, long stretches without any left out; the spans themselves with their places."""
    if not spans:
        yield Piece(_cut(text, 0, 2 * AROUND))
        return
    at = max(0, spans[0][0] - AROUND)
    if at:
        yield Piece("… ")
    for first, last in spans:
        if first - at > 2 * AROUND:
            yield Piece(f"{text[at : at + AROUND]} … ")
            at = first - AROUND
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], f"{start + first}-{start + last}")
        at = last
    yield Piece(_cut(text, at, at + AROUND))


def _cut(text: str, first: int, last: int) -> str:
    return text[first:last].rstrip() + (" …" if last < len(text.rstrip()) else "")


def mark_seen(casebook: Casebook, file_sha256: str) -> bool:
    """Note that the person who writes has opened a document; False where that was noted before, and nothing is done.

    Raises KeyError for a file that is not here.
    """
    if not casebook.has_item(file_sha256):
        raise KeyError(f"No file with the SHA-256 {file_sha256} is in this casebook.")
    if file_sha256 in casebook.seen(casebook.who):
        return False
    with casebook.act("seen") as write:
        write.seen(file_sha256)
    return True
