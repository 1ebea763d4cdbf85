"""A process that writes into a casebook until it is killed, and says what was acknowledged.

    python evals/casebook_writer.py CASEBOOK PASSPHRASE SEED

Prints a line `N SHA256` after each act that was acknowledged. The texts are made from the seed and the number
of the act alone, so that whoever killed the process knows what has to be there.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from hashlib import sha256
from itertools import count
from pathlib import Path

from testimonia.casebook import Arrival, Casebook, Writer
from testimonia.model import Coding, Page, Passage, Reading

WORDS = [
    *("마을", "강", "면담", "기록", "귀환", "다리", "창고", "village", "river", "interview", "record"),
    *("bridge", "村庄", "河流", "记录", "归还", "仓库"),
]


def text_of(seed: int, number: int) -> str:
    """The text that act `number` stores."""
    chance = random.Random(seed * 1_000_003 + number)
    lines = (" ".join(chance.choices(WORDS, k=12)) for _ in range(chance.randint(1, 12)))
    return f"{number}\n" + "\n".join(lines) + "\n"


def store(writer: Writer, path: str, text: str) -> str:
    """Keep a text the way intake and coding do: bytes, reading, ledger, codings, mark."""
    data = text.encode()
    file_sha256 = writer.preserve(data, media_type="text/plain")
    rendering = writer.reading(file_sha256, reading_of(text))
    writer.arrive(Arrival(path=path, file_sha256=file_sha256, bytes=len(data), outcome="read", characters=len(text)))
    writer.codings(rendering, "rules", codings_of(text, rendering))
    writer.mark("intake", path)
    return file_sha256


def reading_of(text: str) -> Reading:
    """One page, and a passage a line."""
    passages, start = [], 0
    for line in text.splitlines(keepends=True):
        passages.append(Passage(start, start + len(line), line))
        start += len(line)
    pages = (Page(0, len(text), "1"),)
    return Reading(
        media_type="text/plain", outcome="read", text=text, pages=pages, passages=tuple(passages), tool="eval"
    )


def codings_of(text: str, rendering: str) -> list[Coding]:
    """A figure at the beginning, and a place at each tenth character."""
    digits = len(text.split("\n")[0])
    spans = [(start, min(start + 2, len(text))) for start in range(10, len(text), 10)]
    figure = Coding(kind="figure", start=0, end=digits, quote=text[:digits], value=float(text[:digits]), coder="rules")
    places = [Coding(kind="place", start=a, end=b, quote=text[a:b], coder="rules") for a, b in spans]
    return [replace(coding, rendering_sha256=rendering) for coding in (figure, *places)]


def main() -> None:
    path, passphrase, seed = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    with Casebook.open(path, passphrase) as book:
        for number in count():
            text = text_of(seed, number)
            if book.done("intake", f"{number}.txt"):
                continue
            with book.act("intake") as writer:
                store(writer, f"{number}.txt", text)
            print(number, sha256(text.encode()).hexdigest(), flush=True)


if __name__ == "__main__":
    main()
