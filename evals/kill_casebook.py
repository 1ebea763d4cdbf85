"""Kill a writer at random moments, again and again, and see whether anything acknowledged is lost.

    python evals/kill_casebook.py [--kills 200] [--seed 1]

One casebook per 25 kills: a writer stores texts and says which were acknowledged; it is killed (SIGKILL) at a
random moment, while it opens or while it writes; the next one goes on. After every kill the casebook must verify
clean and hold every acknowledged text, once, byte for byte. Ends with 1 when anything was corrupt, lost or
doubled.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from hashlib import sha256
from pathlib import Path

import casebook_writer  # type: ignore[import-not-found]  # the script beside this one
from testimonia.casebook import Casebook, Kdf

PASSPHRASE = "invented for the study"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
KILLS_EACH = 25


def kill_one(path: Path, seed: int, chance: random.Random) -> list[int]:
    """Start a writer and kill it; gives the numbers of the acts it said were acknowledged."""
    command = [sys.executable, str(Path(casebook_writer.__file__)), str(path), PASSPHRASE, str(seed)]
    while_opening = chance.random() < 0.25
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [] if while_opening else [writer.stdout.readline()]
        timer = threading.Timer(chance.uniform(0, 0.5 if while_opening else 0.15), writer.kill)
        timer.start()
        said += writer.stdout.readlines()
        timer.join()
    return [int(line.split()[0]) for line in said if line.endswith("\n")]


def check(path: Path, seed: int, acknowledged: set[int]) -> Counter[str]:
    """What is wrong after a kill, counted."""
    wrong: Counter[str] = Counter()
    wrong["corrupt"] += sum(1 for _ in Casebook.examine(path, PASSPHRASE))
    with Casebook.open(path, PASSPHRASE, write=False) as book:
        held = {arrival.path: arrival.file_sha256 for arrival in book.arrivals()}
        for number in acknowledged:
            text = casebook_writer.text_of(seed, number)
            name = sha256(text.encode()).hexdigest()
            there = held.get(f"{number}.txt") == name and book.document(name).text == text
            wrong["lost"] += not (there and book.item_bytes(name) == text.encode())
        documents = Counter(document.paths for document in book.documents())
        wrong["doubled"] += sum(count - 1 for count in documents.values())
        wrong["doubled"] += sum(len(paths) - 1 for paths in documents)
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    wrong: Counter[str] = Counter()
    acknowledged: set[int] = set()
    total = 0
    with tempfile.TemporaryDirectory() as name:
        for turn in range(options.kills):
            path = Path(name) / f"casebook{turn // KILLS_EACH}"
            if turn % KILLS_EACH == 0:
                Casebook.create(path, PASSPHRASE, kdf=CHEAP).close()
                total, acknowledged = total + len(acknowledged), set()
            acknowledged |= set(kill_one(path, turn // KILLS_EACH, chance))
            wrong += check(path, turn // KILLS_EACH, acknowledged)
    print(f"{options.kills} kills, {total + len(acknowledged)} acts acknowledged")
    print(", ".join(f"{wrong[kind]} {kind}" for kind in ("corrupt", "lost", "doubled")))
    return 1 if wrong.total() else 0


if __name__ == "__main__":
    sys.exit(main())
