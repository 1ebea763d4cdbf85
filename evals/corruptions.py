"""Four hundred random corruptions of a sample of every format: what becomes of them.

Run `python evals/corruptions.py [--each 400] [--seed 1]`. A corruption flips, overwrites, cuts out, doubles or
cuts off bytes. Printed for each format: outcomes, the slowest file, and what must be 0: exceptions that escaped,
files called read without a character, outcomes without a reason.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.intake.samples import SAMPLES

from testimonia import intake
from testimonia.errors import TestimoniaError
from testimonia.model import Reading
from testimonia.sandbox import Sandbox


def corrupted(data: bytes, dice: random.Random) -> bytes:
    """One of five kinds of damage, at random places."""
    kind, at = dice.randrange(5), dice.randrange(len(data))
    length = dice.randint(1, max(1, len(data) // 8))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + data[at + length :]
    if kind == 2:
        return data[: at + length] + data[at:]
    changed = bytearray(data)
    if kind == 3:
        changed[at : at + length] = dice.randbytes(len(changed[at : at + length]))
        return bytes(changed)
    for _ in range(dice.randint(1, 20)):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def faults(reading: Reading) -> list[str]:
    """What an outcome must never be."""
    found = []
    if reading.outcome == "read" and not reading.text.strip():
        found.append("silent empty")
    if reading.outcome != "read" and not (reading.reason and reading.remedy):
        found.append("no reason")
    return found


def study(sandbox: Sandbox, name: str, each: int, dice: random.Random) -> tuple[Counter[str], float]:
    """Outcomes and faults of the corruptions of one sample, and the seconds of the slowest."""
    counts: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(each):
        data = corrupted(SAMPLES[name], dice)
        start = time.perf_counter()
        try:
            reading = intake.read(sandbox, data, name)
        except TestimoniaError as problem:
            counts[f"escaped: {type(problem).__name__}"] += 1
            continue
        slowest = max(slowest, time.perf_counter() - start)
        counts[reading.outcome] += 1
        counts["reader ended"] += "does not survive" in (reading.reason or "")
        counts.update(faults(reading))
    return counts, slowest


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--each", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    print("| format | read | partly | unread | reader ended | slowest, s | escaped | silent or unexplained |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    wrong = 0
    with Sandbox.start() as sandbox:
        for name in SAMPLES:
            counts, slowest = study(sandbox, name, wanted.each, random.Random(f"{wanted.seed}{name}"))
            escaped = sum(count for key, count in counts.items() if key.startswith("escaped"))
            silent = counts["silent empty"] + counts["no reason"]
            wrong += escaped + silent
            shown = [counts["read"], counts["partly"], counts["unread"], counts["reader ended"]]
            print(f"| {name} | {' | '.join(map(str, shown))} | {slowest:.2f} | {escaped} | {silent} |", flush=True)
    print(f"\n{wanted.each * len(SAMPLES)} files, {wrong} faults.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
