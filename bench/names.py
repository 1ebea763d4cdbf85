"""How long names take: reading and encoding, comparing encoded ones, scoring with verdict and reason, keys.

    python bench/names.py [--records 20000]

Invented names in every script, built from the tables' syllables. CPU seconds of this process, the least of three runs.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from functools import cache

from testimonia.linkage.names import compare_encoded, encode, keys
from testimonia.linkage.names.deciding import decided
from testimonia.linkage.names.jamo import BASE, reduced
from testimonia.linkage.names.spelling import spelled
from testimonia.linkage.names.tables import COMPOUND, tables


def invented(count: int) -> Iterator[str]:
    """Names in Hangul, characters, pinyin and free spelling, drawn by how common their parts are."""
    known, dice = tables(), random.Random(1)
    surnames = {one: share for one, share in known.prior[0].items() if one < COMPOUND}
    parts = [(list(table), list(table.values())) for table in (surnames, known.prior[1], known.prior[2])]
    for _ in range(count):
        name = [dice.choices(*part)[0] for part in parts]
        yield dice.choice((_hangul, _characters, _pinyin, _latin))(name, dice)


def _hangul(name: list[int], dice: random.Random) -> str:
    letters = [chr(BASE + one) for one in name]
    return "".join([reduced(letters[0]), *letters[1:]] if dice.random() < 0.5 else letters)


def _shape(one: int, role: int, dice: random.Random) -> int:
    shapes = {shape: parts[one] for shape, parts in tables().shapes[role].items() if one in parts and shape < 0x40000}
    return dice.choices(list(shapes), list(shapes.values()))[0] if shapes else BASE + one


def _characters(name: list[int], dice: random.Random) -> str:
    return "".join(chr(_shape(one, min(place, 1), dice)) for place, one in enumerate(name))


def _pinyin(name: list[int], dice: random.Random) -> str:
    sounds = [_sound(_shape(one, min(place, 1), dice), min(place, 1)) for place, one in enumerate(name)]
    return f"{sounds[0].capitalize()} {''.join(sounds[1:]).capitalize()}"


def _sound(shape: int, role: int) -> str:
    return next(iter(tables().pinyin_of[role].get(shape, ())), "li")


def _latin(name: list[int], dice: random.Random) -> str:
    words = [dice.choice(_spellings(place).get(one, ["ri"])) for place, one in enumerate(name)]
    return f"{words[0].capitalize()} {words[1].capitalize()}{dice.choice(('-', ' ', ''))}{words[2]}"


@cache
def _spellings(place: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for text, entry in spelled(place).items():
        for weights in entry.likelihood.values():
            for one in (one for one, share in weights.items() if share > 0.1):
                found.setdefault(one, []).append(text)
    return found


def least(work: Callable[[], object], runs: int = 3) -> float:
    """CPU seconds of the quickest run."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print microseconds a name or a pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    count: int = parser.parse_args().records
    names = list(invented(count))
    encode("Kim Yong-hui")
    start = time.process_time()
    codes = [encode(name) for name in names]
    first = time.process_time() - start
    blocked = least(lambda: [keys(name) for name in names], 1)
    dice = random.Random(2)
    pairs = [(dice.randrange(count), dice.randrange(count)) for _ in range(10 * count)]
    left, right = [codes[i] for i, _ in pairs], [codes[j] for _, j in pairs]
    scores = compare_encoded(left, right)
    compared = least(lambda: compare_encoded(left, right))
    some = [(names[i], names[j], float(score)) for (i, j), score in zip(pairs[:count], scores, strict=False)]
    said = least(lambda: [decided(*one) for one in some])
    print("| what | µs each | target |\n| --- | --- | --- |")
    print(f"| read and encode a name for the first time | {first / count * 1e6:.0f} | |")
    print(f"| its keys | {blocked / count * 1e6:.0f} | |")
    print(f"| score of a pair of encoded names | {compared / len(pairs) * 1e6:.2f} | ≤ 20 |")
    print(f"| verdict and reason of a scored pair | {said / count * 1e6:.1f} | |")


if __name__ == "__main__":
    main()
