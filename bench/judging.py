"""Judging without a browser: how long one judgement takes, and whether it grows with the document.

    python bench/judging.py [--times 200]

An invented text with 200, 2,000 and 20,000 suggestions in an encrypted casebook. Processor time of one judgement, of an
own coding, of a correction (which passes the gate, and reads the text for that), of a sheet of 20,000 characters at the
end of the text, and of 200 places judged together. Wall-clock time, which waits for the disk, stands beside it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.model import Coding, Passage, Reading
from testimonia.project import judging

CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
APART, WORD = 80, 8  # characters from one suggestion to the next, and of one


def make(path: Path, number: int) -> tuple[Casebook, str, str]:
    """A casebook open for writing, its one rendering, and the text."""
    text = ("The ford was closed in March and nobody crossed it for a while again. " * (number * 2))[: number * APART]
    book = Casebook.create(path, "invented for the bench", kdf=CHEAP, who="owl")
    with book.act("intake") as write:
        file_sha256 = write.preserve(text.encode())
        passages = tuple(
            Passage(at, min(at + 1000, len(text)), text[at : at + 1000]) for at in range(0, len(text), 1000)
        )
        rendering = write.reading(file_sha256, Reading("text/plain", "read", text=text, passages=passages))
        write.arrive(Arrival(path="a.txt", file_sha256=file_sha256, outcome="read"))
        spans = ((at, at + WORD) for at in range(0, len(text), APART))
        write.codings(rendering, "rules", (Coding(kind="place", start=a, end=b, quote=text[a:b]) for a, b in spans))
    return book, rendering, text


def measure(name: str, times: int, once: Callable[[int], object]) -> None:
    """Do it some times, and print medians and 95th percentiles in milliseconds."""
    processor, wall = [], []
    for at in range(times):
        first, second = time.process_time(), time.perf_counter()
        once(at)
        processor.append(1e3 * (time.process_time() - first))
        wall.append(1e3 * (time.perf_counter() - second))
    middle, high = times // 2, int(times * 0.95)
    processor.sort()
    wall.sort()
    told = (processor[middle], processor[high], wall[middle], wall[high])
    print(f"  {name:24}", *(f"{one:9.2f}" for one in told), flush=True)


def bench(folder: Path, number: int, times: int) -> None:
    """One size of document."""
    print(f"{number:,} suggestions (milliseconds: processor p50, p95; wall-clock p50, p95)")
    book, rendering, text = make(folder / str(number), number)
    with book:
        ids = [one.coding.id for one in book.judged_codings(rendering)]
        few = min(times, number // 5)
        measure("judge", few, lambda at: judging.judge(book, ids[at], "accepted", seen=0))
        moved = {"modality": "alleged"}
        measure("correct", few // 4, lambda at: judging.judge(book, ids[few + at], "corrected", seen=0, changes=moved))
        told = [{"kind": "role", "start": at, "end": at + WORD + 1} for at in range(0, few * APART, APART)]
        measure("own coding", few, lambda at: judging.own(book, rendering, told[at]))
        end = len(text)
        measure("sheet", 20, lambda at: judging.sheet_codings(book, rendering, max(0, end - 20_000), end, "owl"))
        many = [(one, 0) for one in ids[-judging.MANY :]] if number > 2 * judging.MANY else []
        if many:
            measure(f"{judging.MANY} together", 1, lambda at: judging.judge_many(book, many, "accepted"))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=200)
    times = asked.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        for number in (200, 2_000, 20_000):
            bench(Path(folder), number, times)


if __name__ == "__main__":
    main()
