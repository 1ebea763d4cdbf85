"""The search page over many passages: how long does the server take, filters, common words and all?

    python bench/search_page.py [--passages 100000] [--requests 400] [--seed 1] [--keep FOLDER]

Passages in Korean, Chinese and English are put together from invented words whose frequencies fall as 1/rank, with
one word that stands in about half of all passages, roles, damaged stretches and codings, in an encrypted casebook.
The requests go through the whole application (guard, page, compression) in this process; what is measured is the
time from the request to the last byte, as wall time and as time of this process on the processor (on a machine that
does other things too, the second is the fairer). Each request is asked once, so nothing is answered from memory but
the list of files and codes; the line `after an act` is for requests right after something was written, when that
list has to be read again. FOLDER is filled at the first run and used again.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import httpx

from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.model import Coding, Passage, Reading
from testimonia.sandbox import Sandbox
from testimonia.workbench.app import workbench
from testimonia.workbench.bench import Bench
from testimonia.workbench.door import Door

SYLLABLES = "가나다라마바사아자차카타파하강북송남인권산길문달별눈물숲들집밭논개울섬봄여름겨울하늘바람"
CHARACTERS = "山水田林村河桥路门窗春夏秋冬日月星云风雨雪石木竹花草鸟鱼马牛羊米面茶灯书笔纸船车"
LETTERS = "abcdefghilmnoprstu"
EACH_FILE = 200
KINDS = ("figure", "attribution", "measure", "act", "place", "org", "law", "date", "person")
CODES = {"act": ("state.forced_return", "state.detention"), "measure": ("patrol", "fine")}
TYPES = ("application/pdf", "text/plain", "text/html")
COMMON = "people"
ROLES = ("body", "boilerplate", "quote", "title", "table")
PASSPHRASE = "invented passphrase of a bench"
TARGET = 100.0  # milliseconds


class Words:
    """Words that mean nothing, in three scripts, the frequent ones first."""

    def __init__(self, draw: random.Random, size: int = 4000) -> None:
        self.draw = draw
        self.weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(size)))
        self.of = {
            "ko": self._made(SYLLABLES, (2, 2, 3, 4), size),
            "zh-Hans": self._made(CHARACTERS, (2, 2, 3, 4), size),
            "en": self._made(LETTERS, (3, 5, 7), size),
        }

    def _made(self, letters: str, lengths: Sequence[int], size: int) -> list[str]:
        return ["".join(self.draw.choices(letters, k=self.draw.choice(lengths))) for _ in range(size)]

    def some(self, language: str, count: int) -> list[str]:
        """Words of a language, by their frequency."""
        return self.draw.choices(self.of[language], cum_weights=self.weights, k=count)

    def passage(self) -> tuple[str, str]:
        """A language and a line in it; half of all lines hold the common word."""
        language = self.draw.choice(("en", "en", "ko", "ko", "zh-Hans"))
        common = f"{COMMON} " if self.draw.random() < 0.5 else ""
        if language == "zh-Hans":
            return language, f"{common}{''.join(self.some(language, 50))}。\n"
        ends = ("", "은", "를", "에서") if language == "ko" else ("",)
        words = (word + self.draw.choice(ends) for word in self.some(language, 40))
        return language, f"{common}{' '.join(words)}.\n"


def fill(book: Casebook, words: Words, passages: int) -> None:
    """Store the passages in files of two hundred lines, with codings, as intake and coder do."""
    for number in range(passages // EACH_FILE):
        reading, codings = document(words)
        with book.act("intake") as write:
            file = write.preserve(reading.text.encode(), media_type=reading.media_type)
            rendering = write.reading(file, reading)
            about = {"path": f"folder-{number % 7}/{number:05}.txt", "languages": ("en", "ko", "zh-Hans")}
            write.arrive(Arrival(file_sha256=file, bytes=len(reading.text), outcome="read", **about))  # type: ignore[arg-type]
            write.codings(rendering, "rules", codings)


def document(words: Words) -> tuple[Reading, list[Coding]]:
    """One document of invented lines, with about one coding a line."""
    draw, text, parts, codings = words.draw, "", [], []
    for _ in range(EACH_FILE):
        language, line = words.passage()
        role = draw.choices(ROLES, (70, 10, 5, 5, 10))[0]
        flags = frozenset({"damaged_text"}) if draw.random() < 0.03 else frozenset[str]()
        parts.append(Passage(len(text), len(text) + len(line), line, role, language, flags))  # type: ignore[arg-type]
        codings += [coding(draw, line, len(text)) for _ in range(draw.choice((0, 1, 2)))]
        text += line
    made = {"date": f"20{draw.randrange(10, 24)}-03-01"}
    media = draw.choice(TYPES)
    return Reading(media_type=media, outcome="read", text=text, passages=tuple(parts), metadata=made), codings


def coding(draw: random.Random, line: str, at: int) -> Coding:
    """A coding of six characters of a line."""
    kind, start = draw.choice(KINDS), draw.randrange(0, len(line) - 8)
    code = draw.choice(CODES[kind]) if kind in CODES else None
    value = f"20{draw.randrange(10, 24)}" if kind == "date" else None
    span = {"start": at + start, "end": at + start + 6, "quote": line[start : start + 6]}
    return Coding(kind=kind, code=code, value=value, coder="rules", **span)  # type: ignore[arg-type]


# Requests ------------------------------------------------------------------------------------------------


def filters(draw: random.Random) -> Iterator[tuple[str, str]]:
    """One to three filters, each inverted half of the time."""
    values = {
        "language": ("en", "ko", "zh"),
        "kind": KINDS,
        "code": ("act.state.detention", "measure.patrol"),
        "type": TYPES,
        "folder": ("folder-1/", "folder-5/"),
        "role": ROLES,
        "damage": ("text", "page"),
        "seen": ("yes",),
        "year": ("2015", "2012..2016"),
        "dated": ("2015", "2012..2016"),
    }
    for name in draw.sample(sorted(values), draw.choice((1, 1, 2, 3))):
        yield ("not-" if draw.random() < 0.5 else "") + name, draw.choice(values[name])


def requests(words: Words, number: int) -> dict[str, list[str]]:
    """Addresses by what they ask for: usual and common words, with filters and without, further pages."""
    draw = words.draw

    def usual() -> str:
        return " ".join(words.some(draw.choice(("en", "ko", "zh-Hans")), draw.choice((1, 1, 1, 2))))

    def address(query: str, *more: tuple[str, str]) -> str:
        return f"/search?{urlencode([('q', query), *more])}"

    each = number // 5
    return {
        "usual words": [address(usual()) for _ in range(each)],
        "usual words, filters": [address(usual(), *filters(draw)) for _ in range(each)],
        f"“{COMMON}” ({COMMON} is in half of all)": [address(f"{COMMON} -{usual()}") for _ in range(each)],
        "common word, filters": [address(COMMON, *filters(draw)) for _ in range(each)],
        "common word, pages 2 to 40": [
            address(COMMON, *filters(draw), ("page", str(draw.randrange(2, 41)))) for _ in range(each)
        ],
    }


async def measured(bench: Bench, asked: dict[str, list[str]], *, acts: bool) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of wall time and of processor time of each request."""
    door = Door(8000)
    session = door.enter(door.token)
    headers = {"sec-fetch-site": "same-origin", "cookie": f"{door.cookie}={session}"}
    found: dict[str, list[tuple[float, float]]] = {}
    transport = httpx.ASGITransport(app=workbench(bench, door))
    async with httpx.AsyncClient(transport=transport, base_url=door.origin, headers=headers) as client:
        await client.get("/search")
        for name, addresses in asked.items():
            for address in addresses:
                if acts:
                    written(bench)
                wall, work = time.perf_counter(), time.process_time()
                answer = await client.get(address)
                times = 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - work)
                if answer.status_code != 200:
                    raise SystemExit(f"{address}: {answer.status_code}")
                found.setdefault(name, []).append(times)
    return found


def written(bench: Bench) -> None:
    """Write something, so that what was worked out of the casebook is out of date."""
    with bench.writing() as book, book.act("bench") as write:
        write.mark("bench", str(time.perf_counter_ns()))


def row(name: str, times: Sequence[tuple[float, float]]) -> str:
    """A line of the table: median, 95th percentile and worst, wall and processor."""
    columns = []
    for clock in (0, 1):
        ordered = sorted(one[clock] for one in times)
        p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        columns.append(f"{ordered[len(ordered) // 2]:8.1f}{p95:8.1f}{ordered[-1]:8.1f}")
    return f"{name:42}{len(times):6}{columns[0]} {columns[1]}"


def casebook(place: Path, words: Words, passages: int) -> None:
    """Make the casebook, unless it is there."""
    if not place.exists():
        with Casebook.create(place, PASSPHRASE, kdf=Kdf(8, 1, 1)) as book:
            fill(book, words, passages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=None)
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp())
    words = Words(random.Random(options.seed))
    with Sandbox.start() as sandbox:
        casebook(folder / "casebook", words, options.passages)
        bench = Bench(folder / "casebook", PASSPHRASE, who="heron", sandbox=sandbox)
        words.draw = random.Random(options.seed + 1)
        asked = requests(words, options.requests)
        found = asyncio.run(measured(bench, asked, acts=False))
        after = asyncio.run(measured(bench, {"after an act": list(itertools.chain(*asked.values()))[::10]}, acts=True))
        bench.forget()
    if options.keep is None:
        shutil.rmtree(folder)
    print(f"{options.passages} passages; milliseconds of wall time, and of this process on the processor")
    print(f"{'':42}{'number':>6}{'median':>8}{'p95':>8}{'worst':>8} {'median':>8}{'p95':>8}{'worst':>8}")
    for name, times in {**found, "all of these": list(itertools.chain(*found.values())), **after}.items():
        print(row(name, times))
    print(f"target: 95th percentile of wall time at most {TARGET:.0f} ms")


if __name__ == "__main__":
    main()
