"""Malice against a casebook by somebody who can write its files and has no key.

Older states of each file are put back, alone and together; files are cut, emptied, zeroed page by page, removed,
swapped with each other and with those of another casebook. *Silent*: `verify` finds nothing although content
changed. *Past*: what was put back amounts to the whole of an earlier state, head included, which nothing inside
the folder can show; the number of the head, noted elsewhere, does.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, combinations
from pathlib import Path

import bitflips  # type: ignore[import-not-found]  # the script beside this one
import casebook_writer  # type: ignore[import-not-found]
from testimonia.casebook import Casebook

SECRET = bitflips.PASSPHRASE
PAGE = 4096
Change = Callable[[Path], None]


def _state(book: Path, place: Path, name: str) -> Path:
    return Path(shutil.copytree(book, place / name))


def _write(book: Casebook, seed: int, number: int, path: str) -> None:
    with book.act("intake") as writer:
        casebook_writer.store(writer, path, casebook_writer.text_of(seed, number))


def histories(place: Path) -> dict[str, Path]:
    """States of one casebook: closed after 2, 3 and 5 acts, open (with a log file) after 4 and 6; and another."""
    found, book = {}, place / "book"
    Casebook.create(book, SECRET, kdf=bitflips.CHEAP).close()
    number = 0
    for name, acts, closed in (
        ("two", 2, True),
        ("three", 1, True),
        ("four", 1, False),
        ("five", 1, True),
        ("six", 1, False),
    ):
        opened = Casebook.open(book, SECRET)
        for _ in range(acts):
            _write(opened, 1, number, f"{number % 4}.txt")  # later acts replace earlier ledger rows
            number += 1
        if closed:
            opened.close()
            found[name] = _state(book, place, name)
        else:
            found[name] = _state(book, place, name)
            opened.close()
    other = place / "stranger"
    with Casebook.create(other, SECRET, kdf=bitflips.CHEAP) as opened:
        _write(opened, 2, 0, "0.txt")
    found["stranger"] = other
    return found


def _put(source: Path, names: tuple[str, ...]) -> Change:
    def change(book: Path) -> None:
        for name in names:
            target = book / name
            target.unlink(missing_ok=True)
            if (source / name).exists():
                shutil.copy(source / name, target)

    return change


STORED = ("casebook.db", "casebook.db-wal", "casebook.db-shm", "casebook.head")


def put_back(states: dict[str, Path], into: str) -> Iterator[tuple[str, Change]]:
    """Each set of files from each other state; not all of db, log file and head, which is a whole older state."""
    for name, source in states.items():
        if name == into:
            continue
        for chosen in chain.from_iterable(combinations(STORED, size) for size in (1, 2, 3)):
            if {"casebook.db", "casebook.head"} <= set(chosen) and name != "stranger":
                continue
            yield f"{into} <- {chosen} of {name}", _put(source, chosen)


def cuts(book: Path, chance: random.Random) -> Iterator[tuple[str, Change]]:
    """Each file cut, emptied, removed, doubled; pages zeroed, swapped, and put elsewhere."""
    for path in sorted(path for path in book.rglob("*") if path.is_file()):
        name, size = str(path.relative_to(book)), path.stat().st_size
        if path.name in bitflips.NO_CONTENT or not size:
            continue
        yield f"{name} removed", lambda b, n=name: (b / n).unlink()  # type: ignore[misc]
        for keep in {0, 1, size // 2, size - 1, max(0, size - PAGE), *(chance.randrange(size) for _ in range(4))}:
            yield f"{name} cut to {keep}", lambda b, n=name, k=keep: _cut(b / n, k)  # type: ignore[misc]
        yield f"{name} doubled", lambda b, n=name: _append(b / n, (b / n).read_bytes())  # type: ignore[misc]
        yield f"{name} with a tail", lambda b, n=name: _append(b / n, b"\0" * 100)  # type: ignore[misc]
        for start in range(0, size, PAGE):
            yield f"{name} zeroed at {start}", lambda b, n=name, s=start: _over(b / n, s, bytes(PAGE))  # type: ignore[misc]
            other = chance.randrange(0, size, PAGE)
            yield f"{name} page {other} at {start}", lambda b, n=name, s=start, o=other: _move(b / n, o, s)  # type: ignore[misc]


def old_pages(states: dict[str, Path], into: str, chance: random.Random) -> Iterator[tuple[str, Change]]:
    """Pages of earlier states of the database at their own places: genuine, and out of date."""
    for name, source in states.items():
        if name in (into, "stranger"):
            continue
        old, new = (source / "casebook.db").read_bytes(), (states[into] / "casebook.db").read_bytes()
        different = [s for s in range(0, min(len(old), len(new)), PAGE) if old[s : s + PAGE] != new[s : s + PAGE]]
        for start in different:
            yield f"{into} <- page {start} of {name}", _paste({start: old[start : start + PAGE]})
        for turn in range(12):
            some = chance.sample(different, min(len(different), chance.randint(2, 6))) if different else []
            yield f"{into} <- pages {some} of {name} {turn}", _paste({s: old[s : s + PAGE] for s in some})


def swapped_objects(book: Path) -> Iterator[tuple[str, Change]]:
    objects = sorted(path.relative_to(book) for path in (book / "objects").rglob("*") if path.is_file())
    for left, right in combinations(objects, 2):
        yield f"{left} <-> {right}", lambda b, x=left, y=right: _swap(b / x, b / y)  # type: ignore[misc]


def _cut(path: Path, keep: int) -> None:
    with path.open("r+b") as file:
        file.truncate(keep)


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


def _over(path: Path, start: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(data)


def _move(path: Path, start: int, to: int) -> None:
    _over(path, to, path.read_bytes()[start : start + PAGE])


def _paste(pages: dict[int, bytes]) -> Change:
    def change(book: Path) -> None:
        for start, data in pages.items():
            _over(book / "casebook.db", start, data)

    return change


def _swap(left: Path, right: Path) -> None:
    a, b = left.read_bytes(), right.read_bytes()
    left.write_bytes(b)
    right.write_bytes(a)


def study(place: Path) -> tuple[Counter[str], list[str]]:
    """Make each change to a copy and see whether it is found."""
    chance, counts, silent = random.Random(3), Counter[str](), list[str]()
    states = histories(place)
    past = {bitflips.content(_state(state, place, f"past-{name}")) for name, state in states.items()}
    for into in ("five", "six"):
        target, before = states[into], bitflips.content(_state(states[into], place, "clean"))
        shutil.rmtree(place / "clean")
        changes = chain(
            put_back(states, into), cuts(target, chance), old_pages(states, into, chance), swapped_objects(target)
        )
        for name, change in changes:
            copy = _state(target, place, "copy")
            change(copy)
            result = bitflips.outcome(copy, before)
            if result == "silent" and bitflips.content(copy) in past:
                result = "past"
            counts[result] += 1
            silent += [name] * (result == "silent")
            shutil.rmtree(copy)
    return counts, silent


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        print(*study(Path(folder)), sep="\n")
