"""The document page in a real browser: how much comes over the wire, how soon one can work, how fast a key answers.

    python bench/workbench.py [--small] [--large] [--moves 100] [--seed 1]

An invented document of 160,000 characters with 2,000 overlapping codings, and one ten times as large, each in an
encrypted casebook of its own, served by `testimonia serve` and opened by Debian's Chromium through Playwright.

- wire: bytes of all answers, compressed as sent, up to the moment when keys work.
- ready: from the start of the navigation to that moment.
- move: from the key event of `j` to the paint after the panel shows the next coding.
- judge: the same for `a` and `x`, each stored on the disk before the panel changes.
- 100 keys: pressed without waiting; how many reviews the casebook then holds, in what order, and whether any coding
  changed on the page before the server had acknowledged it.

Seconds are wall-clock; processor time of the server and of the page's main thread stand beside them, since other work
on the machine counts in the former.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.model import Coding, Kind, Page, Part, Passage, Reading

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

PASSPHRASE = "invented, for a measurement"
LETTERS = "abcdefghilmnoprstu"
SYLLABLES = "가나다라마바사아자차카타파하강북송남인권산길문달별눈물숲들집밭논개울섬봄여름겨울하늘바람"
KINDS: tuple[Kind, ...] = ("figure", "act", "measure", "attribution", "place", "org", "date", "role")
CODES = {"act": "tip.act.transport", "measure": "patrol", "attribution": "according_to", "role": "broker"}
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
# Notes for every key when the panel has changed, and when that was painted.
WATCH = """() => {
  window.__keys = [];
  let pressed = null;
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, { capture: true });
  const painted = (from, changed) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.__keys.push([from, changed, performance.now()]);
    channel.port2.postMessage(0);
  });
  new MutationObserver(() => {
    if (pressed === null) return;
    painted(pressed, performance.now());
    pressed = null;
  }).observe(document.querySelector("#panel .coding"), { childList: true });
}"""
# Notes when the page first shows that a coding was judged.
CHANGES = """() => {
  window.__changed = {};
  new MutationObserver((records) => {
    for (const one of records) {
      const judged = /accepted|rejected/.exec(one.target.className);
      if (!judged || /accepted|rejected/.test(one.oldValue ?? "")) continue;
      window.__changed[one.target.dataset.over.split(" ")[0]] ??= performance.now();
    }
  }).observe(document.getElementById("text"),
    { attributes: true, attributeFilter: ["class"], attributeOldValue: true, subtree: true });
}"""
# What had come when keys worked.
FETCHED = """() => {
  const ready = performance.getEntriesByName("document-ready")[0].startTime;
  return performance.getEntriesByType("resource").filter((one) => one.responseEnd <= ready).map((one) => one.name);
}"""
ACKNOWLEDGED = """() => performance.getEntriesByType("resource")
  .filter((one) => one.name.endsWith("/judge")).map((one) => one.responseStart)"""


@dataclass(frozen=True)
class Size:
    """What is asked of a document of a size, and what may not be exceeded."""

    name: str
    characters: int
    spans: int
    wire: int | None
    ready: float
    key: float


SIZES = (Size("small", 160_000, 2_000, 60 << 10, 1.0, 50.0), Size("large", 1_600_000, 20_000, None, 3.0, 80.0))


@dataclass
class Measured:
    """What was seen of one document."""

    wire: int = 0
    ready: float = 0.0
    moves: list[float] = field(default_factory=list)
    judged: list[float] = field(default_factory=list)
    stored: int = 0
    early: int = 0
    page: float = 0.0
    server: float = 0.0


# The document ----------------------------------------------------------------------------------------------


class Inventor:
    """Words that mean nothing, in two scripts."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        draw = self.chance
        self.words = ["".join(draw.choices(LETTERS, k=draw.randint(2, 9))) for _ in range(3000)]
        self.korean = ["".join(draw.choices(SYLLABLES, k=draw.randint(2, 5))) for _ in range(1000)]

    def paragraph(self) -> str:
        words = self.korean if self.chance.random() < 0.2 else self.words
        return " ".join(self.chance.choices(words, k=self.chance.randint(25, 110))).capitalize() + "."

    def reading(self, characters: int) -> Reading:
        paragraphs, size = [], 0
        while size < characters:
            paragraphs.append(self.paragraph())
            size += len(paragraphs[-1]) + 1
        text = "\n".join(paragraphs)[:characters]
        passages, at = [], 0
        for paragraph in text.split("\n"):
            if paragraph:
                language = "ko" if paragraph[0] >= "가" else "en"
                passages.append(Passage(at, at + len(paragraph), paragraph, language=language))
            at += len(paragraph) + 1
        pages = tuple(
            Page(start, min(start + 2500, len(text)), str(n), "page")
            for n, start in enumerate(range(0, len(text), 2500), 1)
        )
        return Reading(
            "text/plain", "read", text=text, passages=tuple(passages), pages=pages, tool="bench", tool_version="1"
        )

    def codings(self, text: str, passages: Sequence[Passage], count: int) -> Iterator[Coding]:
        known: set[tuple[str, int, int]] = set()
        while len(known) < count:
            passage = self.chance.choice(passages)
            starts = [0, *(at + 1 for at, letter in enumerate(passage.text) if letter == " ")]
            first = self.chance.randrange(len(starts))
            last = min(first + self.chance.choice((1, 1, 2, 3, 5, 9)), len(starts)) - 1
            start = passage.start + starts[first]
            end = text.find(" ", passage.start + starts[last])
            end = min(end if end > start else passage.end, passage.end)
            kind = self.chance.choice(KINDS)
            if (kind, start, end) in known or end <= start:
                continue
            known.add((kind, start, end))
            yield self.coding(text, kind, start, end)

    def coding(self, text: str, kind: Kind, start: int, end: int) -> Coding:
        word = min(end, start + 5)
        parts = {"cue": Part(start, word, text[start:word])} if kind in CODES or kind == "figure" else {}
        more: dict[str, Any] = (
            {"value": 120.0, "unit": "persons", "value_status": "present"} if kind == "figure" else {}
        )
        return Coding(
            kind=kind, start=start, end=end, quote=text[start:end], code=CODES.get(kind), parts=parts,
            rule=f"bench.{kind}", cue=text[start:word], coder="rules", coder_version="1", codebook_sha256="0" * 64,
            **more,
        )  # fmt: skip


def make(folder: Path, size: Size, seed: int) -> tuple[Path, str]:
    """A casebook with one document; gives its path and the SHA-256 of the file."""
    inventor = Inventor(seed)
    reading = inventor.reading(size.characters)
    data = reading.text.encode()
    place = folder / size.name
    with Casebook.create(place, PASSPHRASE, kdf=Kdf(memory_kib=8, passes=1, lanes=1)) as book:
        with book.act("intake") as write:
            file_sha256 = write.preserve(data, media_type="text/plain")
            write.arrive(Arrival(path="long.txt", file_sha256=file_sha256, bytes=len(data), media_type="text/plain",
                                 outcome="read", pages=1, characters=len(reading.text), languages=("en",)))  # fmt: skip
            rendering = write.reading(file_sha256, reading)
        with book.act("code") as write:
            write.codings(rendering, "rules", inventor.codings(reading.text, reading.passages, size.spans))
    return place, file_sha256


# The measurement -------------------------------------------------------------------------------------------


@contextmanager
def served(casebook: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`testimonia serve` in a process of its own; gives the address that lets one in."""
    environment = {**os.environ, "TESTIMONIA_PASSPHRASE": PASSPHRASE}
    command = [sys.executable, "-m", "testimonia", "serve", str(casebook), "--as", "bench"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield address_of(server), server
    finally:
        server.terminate()
        server.wait(timeout=20)


def address_of(server: subprocess.Popen[str]) -> str:
    """What the server prints first. Raises RuntimeError where it did not start."""
    said = server.stdout.readline().strip() if server.stdout else ""
    if not said:
        raise RuntimeError("testimonia serve did not start; what it says stands above.")
    return said


@contextmanager
def tab(address: str) -> Iterator[Tab]:
    """A tab of a fresh browser that was let in."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        yield page
        browser.close()


def processor(server: subprocess.Popen[str]) -> float:
    """Seconds of processor time that the server has used."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def first_load(page: Tab, address: str, seen: Measured) -> None:
    """Open the document in an empty cache and wait until keys work."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    session.send("Performance.enable")
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda told: names.update({told["requestId"]: told["request"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda told: sizes.update({names.get(told["requestId"], ""): told["encodedDataLength"]}),
    )
    page.goto(address)
    page.wait_for_selector("#document[data-ready=yes]")
    seen.ready = page.evaluate("performance.getEntriesByName('document-ready')[0].startTime") / 1000
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    seen.page = metrics["TaskDuration"]
    seen.wire = sizes[address] + sum(sizes.get(name, 0) for name in page.evaluate(FETCHED))
    session.detach()


def keys(page: Tab, names: str, count: int) -> list[float]:
    """Press keys, each after the one before was painted; milliseconds from key to paint."""
    page.evaluate("() => { window.__keys = [] }")
    for number in range(count):
        page.keyboard.press(names[number % len(names)])
        page.wait_for_function("count => window.__keys.length >= count", arg=number + 1, polling=1)
    return [painted - pressed for pressed, _, painted in page.evaluate("window.__keys")]


def hundred(page: Tab, casebook: Path, seen: Measured) -> None:
    """A hundred keys without waiting for anything; then what the casebook holds is counted."""
    page.evaluate(CHANGES)
    page.evaluate("performance.clearResourceTimings(); performance.setResourceTimingBufferSize(1000)")
    before = reviews(casebook)
    for number in range(100):
        page.keyboard.press("ax"[number % 2])
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').filter(one => one.name.endsWith('/judge')).length >= 100",
        timeout=120_000,
    )
    page.wait_for_timeout(300)
    found = reviews(casebook)[len(before) :]
    expected = [("accepted", "rejected")[number % 2] for number in range(100)]
    seen.stored = sum(state == wanted for state, wanted in zip(found, expected, strict=False))
    changed = sorted(page.evaluate("Object.values(window.__changed)"))
    # What lies under another coding changes nothing to be seen: the k-th change is of the k-th answer or later.
    seen.early = sum(at < answered for at, answered in zip(changed, page.evaluate(ACKNOWLEDGED), strict=False))


def reviews(casebook: Path) -> list[str]:
    """The states that were judged, first to last, read by a process of its own."""
    with Casebook.open(casebook, PASSPHRASE, write=False) as book:
        (document,) = book.documents(codings=False)
        found = book.judged_between(document.rendering_sha256, 0, len(document.text))
    told = sorted((vote.review, vote.state) for one in found for vote in one.votes)
    return [state for _, state in told]


def measure(size: Size, casebook: Path, file_sha256: str, moves: int) -> Measured:
    """All of it, for one document."""
    seen = Measured()
    with served(casebook) as (entrance, server), tab(entrance) as page:
        address = f"{entrance.split('/?')[0]}/document/{file_sha256}"
        page.goto(address)
        page.wait_for_selector("#document[data-ready=yes]")
        first_load(page, address, seen)
        page.wait_for_timeout(2000)
        page.evaluate(WATCH)
        before = processor(server)
        seen.moves = keys(page, "j", moves)
        seen.judged = keys(page, "ax", moves)
        hundred(page, casebook, seen)
        seen.server = processor(server) - before
    return seen


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def say(size: Size, seen: Measured) -> None:
    """One document's figures, each beside what is asked for."""
    most = f" (at most {size.wire:,})" if size.wire else ""
    print(f"{size.name}: {size.characters:,} characters, {size.spans:,} codings")
    print(f"  over the wire until keys work  {seen.wire:,} bytes{most}")
    print(
        f"  ready                          {seen.ready:.2f} s (at most {size.ready:.0f}); main thread {seen.page:.2f} s"
    )
    for name, values in (("move", seen.moves), ("judge", seen.judged)):
        told = f"median {statistics.median(values):.0f} ms, p95 {p95(values):.0f} ms (at most {size.key:.0f})"
        print(f"  {name + ', key to paint':<30} {told}")
    print(f"  100 keys without waiting       {seen.stored} stored in order, {seen.early} shown before stored")
    print(f"  processor time of the server   {seen.server:.2f} s for all keys", flush=True)


def main() -> None:
    """Measure what was asked for; both documents when nothing was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for size in SIZES:
        parser.add_argument(f"--{size.name}", action="store_true")
    parser.add_argument("--moves", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    wanted = [size for size in SIZES if getattr(asked, size.name)] or list(SIZES)
    load = os.getloadavg()[0]
    print(f"load of the machine at the start: {load:.1f} on {os.cpu_count()} processors", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for size in wanted:
            began = time.monotonic()
            casebook, file_sha256 = make(Path(folder), size, asked.seed)
            print(f"made in {time.monotonic() - began:.0f} s", flush=True)
            say(size, measure(size, casebook, file_sha256, asked.moves))


if __name__ == "__main__":
    main()
