"""Flip single bits in the files of a casebook, and see whether that is ever passed over in silence.

    python evals/bitflips.py [--flips 2400] [--kills 6] [--seed 1]

One casebook was closed in order; the others were left by a killed writer, with commits that stand only in
the write-ahead log. A flip is *found* when opening or verifying says so, *harmless* when it says nothing and all
content still reads as before, and *silent* when it says nothing although content changed. The `-shm` file
(which SQLite rebuilds) and the lock file hold no content and are left out. Ends with 1 when anything was
silent.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import casebook_writer  # type: ignore[import-not-found]  # the script beside this one
from testimonia.casebook import Casebook, Kdf
from testimonia.errors import CasebookError

PASSPHRASE = "invented for the study"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
NO_CONTENT = ("casebook.lock", "casebook.db-shm")


@dataclass(frozen=True)
class Flip:
    """One bit of one file."""

    path: Path
    offset: int
    bit: int

    def turn(self) -> None:
        """Flip it; a second time restores it."""
        with self.path.open("r+b") as file:
            file.seek(self.offset)
            byte = file.read(1)[0]
            file.seek(self.offset)
            file.write(bytes([byte ^ (1 << self.bit)]))


def closed(folder: Path) -> Path:
    """A casebook that was closed in order."""
    with Casebook.create(folder / "closed", PASSPHRASE, kdf=CHEAP) as book:
        for number in range(6):
            with book.act("intake") as writer:
                casebook_writer.store(writer, f"{number}.txt", casebook_writer.text_of(0, number))
    return folder / "closed"


def killed(folder: Path, seed: int) -> Path:
    """A casebook whose writer was killed right after some acknowledged act."""
    path = folder / f"killed{seed}"
    Casebook.create(path, PASSPHRASE, kdf=CHEAP).close()
    script = Path(casebook_writer.__file__)
    command = [sys.executable, str(script), str(path), PASSPHRASE, str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(random.Random(seed).randint(2, 8)):
            writer.stdout.readline()
        writer.kill()
    return path


def content(path: Path) -> str:
    """A digest of everything a casebook gives out: ledger, texts, codings, bytes."""
    digest = sha256()
    with Casebook.open(path, PASSPHRASE, write=False) as book:
        for thing in (
            *book.arrivals(),
            *book.items(),
            *book.documents(),
            book.refused(),
            book.origin_graph(),
        ):
            digest.update(repr(thing).encode("utf-8", "surrogatepass"))
        for item in book.items():
            digest.update(book.item_bytes(item.file_sha256))
    return digest.hexdigest()


def flips(path: Path, number: int, chance: random.Random) -> Iterator[Flip]:
    """Bits to flip: half of them anywhere, half in a file that was chosen first, so that small ones are hit."""
    files = [f for f in sorted(path.rglob("*")) if f.is_file() and f.name not in NO_CONTENT and f.stat().st_size]
    sizes = [file.stat().st_size for file in files]
    for turn in range(number):
        file = chance.choices(files, sizes)[0] if turn % 2 else chance.choice(files)
        yield Flip(file, chance.randrange(file.stat().st_size), chance.randrange(8))


def outcome(path: Path, before: str) -> str:
    """What became of a flip: found, harmless or silent."""
    try:
        if any(True for _ in Casebook.examine(path, PASSPHRASE)):
            return "found"
        return "harmless" if content(path) == before else "silent"
    except CasebookError:
        return "found"


def study(path: Path, number: int, chance: random.Random, counts: Counter[tuple[str, str]]) -> None:
    """Flip bits one after the other, each put back before the next."""
    before = content(path)
    for flip in flips(path, number, chance):
        flip.turn()
        result = outcome(path, before)
        flip.turn()
        kind = "object" if "objects" in flip.path.parts else flip.path.name
        counts[kind, result] += 1
        if result == "silent":
            print("silent:", flip)
    assert content(path) == before


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--flips", type=int, default=2400)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        books = [closed(Path(name)), *(killed(Path(name), seed) for seed in range(1, options.kills + 1))]
        for path in books:
            study(path, -(-options.flips // len(books)), chance, counts)
    return show(counts)


def show(counts: Counter[tuple[str, str]]) -> int:
    results = ("found", "harmless", "silent")
    print(f"{'file':24}" + "".join(f"{result:>10}" for result in results))
    for kind in sorted({kind for kind, _ in counts}):
        print(f"{kind:24}" + "".join(f"{counts[kind, result]:10}" for result in results))
    totals = {result: sum(n for (_, r), n in counts.items() if r == result) for result in results}
    print(f"{'all':24}" + "".join(f"{totals[result]:10}" for result in results))
    return 1 if totals["silent"] else 0


if __name__ == "__main__":
    sys.exit(main())
