"""Kill the workbench at random moments while a script judges, and see whether any judgement that was answered is lost.

    python evals/kill_workbench.py [--kills 60] [--seed 1]

A real `testimonia serve` over an invented casebook; the script follows the address with the token, and judges over
HTTP as a page does: one coding or several at a time, and codings of its own. The server is killed (SIGKILL) at a
random moment, while it opens or while it judges; the next one goes on where the last stopped. After every kill the
casebook must verify clean and hold every judgement that was answered, under its number, as what it was; and what it
holds beyond them may be the one whose answer the kill cut off. Ends with 1 when anything was corrupt, lost, or doubled.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.model import Coding, Passage, Reading

PASSPHRASE = "invented for the study"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
LINE = "Near the ferry at Tumen the wardens counted forty carts and arrested nobody. "
LINES, WHO = 400, "owl"
WORDS = (("place", "Tumen", None), ("act", "arrested", "state.arrest"), ("role", "wardens", None))


@dataclass
class Script:
    """What the script knows: the reviews that were answered, by number, and the requests whose answer was cut off."""

    rendering: str
    answered: dict[int, tuple[str, str]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    cut_off: int = 0


def make(path: Path) -> Script:
    """An invented casebook with one text and three suggestions a line."""
    text = LINE * LINES
    with Casebook.create(path, PASSPHRASE, kdf=CHEAP) as book, book.act("intake") as write:
        file_sha256 = write.preserve(text.encode())
        passages = tuple(Passage(at, at + len(LINE), LINE, language="en") for at in range(0, len(text), len(LINE)))
        rendering = write.reading(file_sha256, Reading("text/plain", "read", text=text, passages=passages))
        write.arrive(Arrival(path="ferry.txt", file_sha256=file_sha256, outcome="read"))
        write.codings(rendering, "rules", suggestions())
    with Casebook.open(path, PASSPHRASE, write=False) as book:
        found = [coding for _, coding in book.codings()]
    places = [coding.id for coding in found if coding.kind == "place"]
    return Script(rendering, open=[coding.id for coding in found], places=places)


def suggestions() -> Iterator[Coding]:
    for start in range(0, len(LINE) * LINES, len(LINE)):
        for kind, word, code in WORDS:
            at = start + LINE.index(word)
            yield Coding(kind=kind, start=at, end=at + len(word), quote=word, code=code, coder="rules")  # type: ignore[arg-type]


@contextmanager
def served(path: Path, chance: random.Random, reach: float) -> Iterator[str | None]:
    """A workbench that is killed at a random moment; gives its address, or None where it was killed while it opened."""
    command = [sys.executable, "-m", "testimonia", "serve", str(path), "--as", WHO]
    env = {**os.environ, "TESTIMONIA_PASSPHRASE": PASSPHRASE}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env) as server:
        assert server.stdout is not None
        early = chance.random() < 0.2
        if early:
            time.sleep(chance.uniform(0, 1.5))
            server.kill()
        address = server.stdout.readline().strip()
        timer = threading.Timer(chance.uniform(0, reach), server.kill)
        timer.start()
        try:
            yield address or None
        finally:
            timer.join()


def judge_on(address: str, script: Script, chance: random.Random) -> None:
    """Judge until the server is gone."""
    base = address.partition("/?")[0]
    headers = {"origin": base, "sec-fetch-site": "same-origin", "accept": "application/json"}
    try:
        with httpx.Client(base_url=base, headers=headers, timeout=10) as client:
            client.get(address, follow_redirects=True, headers={"accept": "text/html"})
            while script.open:
                judge_one(client, script, chance)
    except httpx.TransportError:
        return


def judge_one(client: httpx.Client, script: Script, chance: random.Random) -> None:
    """One judgement, or one on several, or an own coding; noted as kept once it has been answered."""
    sort = chance.random()
    if sort < 0.1:
        judge_many(client, script, chance)
    elif sort < 0.2:
        code(client, script, chance)
    else:
        coding, state = chance.choice(script.open), chance.choice(("accepted", "rejected", "suggested"))
        told = {"coding": coding, "state": state, "seen": script.seen.get(coding, 0), "seconds": 1.0, "shown": True}
        if value := ask(client, script, "/judge", told, 1):
            note(script, value["review"], coding, state)


def judge_many(client: httpx.Client, script: Script, chance: random.Random) -> None:
    chosen, state = chance.sample(script.places, 5), chance.choice(("accepted", "rejected"))
    told = {"codings": [{"coding": one, "seen": script.seen.get(one, 0)} for one in chosen], "state": state}
    if value := ask(client, script, "/judge/many", told, len(chosen)):
        for one in value["codings"]:
            note(script, one["review"], one["coding"], state)


def code(client: httpx.Client, script: Script, chance: random.Random) -> None:
    start = chance.randrange(LINES) * len(LINE) + LINE.index("ferry")
    told = {"rendering": script.rendering, "kind": "place", "start": start, "end": start + 5}
    if value := ask(client, script, "/codings", told, 1):
        note(script, value["coding"]["review"], value["coding"]["id"], "accepted")


def note(script: Script, review: int, coding: str, state: str) -> None:
    script.answered[review] = (coding, state)
    script.seen[coding] = review


def ask(client: httpx.Client, script: Script, address: str, told: dict[str, Any], number: int) -> dict[str, Any] | None:
    """What was answered, or None where the last one, whose answer was cut off, turns out to have been kept."""
    script.cut_off += number  # until it is answered
    found = client.post(address, json=told)
    script.cut_off -= number
    value: dict[str, Any] = found.json()
    if found.status_code == 409:
        script.seen[value["now"]["id"]] = value["now"]["review"]
    elif found.status_code not in (200, 422):
        raise SystemExit(f"{found.status_code}: {value}")
    return value if found.status_code == 200 else None


def check(path: Path, script: Script) -> Counter[str]:
    """What is wrong after a kill, counted."""
    wrong: Counter[str] = Counter()
    wrong["corrupt"] += sum(1 for _ in Casebook.examine(path, PASSPHRASE))
    with Casebook.open(path, PASSPHRASE, write=False) as book:
        held = {
            vote.review: (coding, vote.state)
            for coding in {one for one, _ in script.answered.values()}
            for vote in book.reviews(coding)
        }
        kept = book.summary()["reviews"]
    wrong["lost"] += sum(held.get(number) != said for number, said in script.answered.items())
    wrong["doubled"] += max(0, kept - len(script.answered) - script.cut_off)
    return wrong


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=60)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--reach", type=float, default=1.5, help="seconds within which the server is killed")
    told = asked.parse_args()
    chance, wrong, opening = random.Random(told.seed), Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "casebook"
        script = make(path)
        for number in range(1, told.kills + 1):
            with served(path, chance, told.reach) as address:
                if address:
                    judge_on(address, script, chance)
                else:
                    opening += 1
            wrong += check(path, script)
            said = ", ".join(f"{count} {what}" for what, count in wrong.items()) or "nothing wrong"
            print(f"{number:4} kills, {len(script.answered)} judgements answered: {said}", flush=True)
    print(
        f"{told.kills} kills ({opening} while it opened), {len(script.answered)} judgements answered, "
        f"{script.cut_off} cut off before their answer: {wrong['lost']} lost, {wrong['doubled']} doubled, "
        f"{wrong['corrupt']} corrupt."
    )
    return 1 if wrong.total() else 0


if __name__ == "__main__":
    sys.exit(main())
