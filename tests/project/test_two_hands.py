"""Two people, two processes, one casebook: both get on, nothing is lost, nobody overwrites what she has not seen."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.model import Coding, Passage, Reading

SECRET = "an invented passphrase"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
WORDS = [f"Place{number:02}" for number in range(6)]
TEXT = " ".join(WORDS)
EACH = 20

# What each of the two does: judges at random, laying the right to write down after every few judgements, as the
# workbench does; says what was kept, and how often the other was quicker.
HAND = """
import json, random, sys
from pathlib import Path
from testimonia.casebook import Casebook
from testimonia.errors import Overtaken
from testimonia.project import judging

path, secret, who, number = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
chance = random.Random(who)
eye = Casebook.open(path, secret, write=False, who=who)
rendering = next(iter(eye.documents())).rendering_sha256
known = {one["id"]: 0 for one in judging.sheet_codings(eye, rendering, 0, 10_000, who)}
kept, overtaken = [], 0
while len(kept) < number:
    with eye.again(write=True, wait=60) as book:
        for _ in range(chance.randint(1, 4)):
            if len(kept) == number:
                break
            coding, state = chance.choice(list(known)), chance.choice(["accepted", "rejected"])
            seen = known[coding]
            try:
                told = judging.judge(book, coding, state, seen=seen)
            except Overtaken:
                overtaken += 1
                known[coding] = judging.standing(book, coding).review
            else:
                known[coding] = told.review
                kept.append([coding, seen, told.review, state])
print(json.dumps({"kept": kept, "overtaken": overtaken}))
"""


def make(path: Path) -> None:
    with Casebook.create(path, SECRET, kdf=CHEAP) as book, book.act("intake") as write:
        file_sha256 = write.preserve(TEXT.encode())
        passages = (Passage(0, len(TEXT), TEXT, language="en"),)
        rendering = write.reading(file_sha256, Reading("text/plain", "read", text=TEXT, passages=passages))
        write.arrive(Arrival(path="a.txt", file_sha256=file_sha256, outcome="read"))
        found = [
            Coding(kind="place", start=TEXT.index(word), end=TEXT.index(word) + len(word), quote=word, coder="rules")
            for word in WORDS
        ]
        write.codings(rendering, "rules", found)


def test_two_processes_judge_the_same_codings_at_once(tmp_path: Path) -> None:
    """Every judgement that was acknowledged is there under its number, and each knew of the one before it."""
    make(tmp_path / "book")
    hands = {
        who: subprocess.Popen(
            [sys.executable, "-c", HAND, str(tmp_path / "book"), SECRET, who, str(EACH)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for who in ("owl", "heron")
    }
    told = {who: json.loads(hand.communicate(timeout=300)[0]) for who, hand in hands.items()}
    kept = {one[2]: (who, *one) for who, said in told.items() for one in said["kept"]}
    assert len(kept) == 2 * EACH
    assert sum(one["overtaken"] for one in told.values()) > 0
    with Casebook.open(tmp_path / "book", SECRET, write=False) as book:
        assert book.summary()["reviews"] == 2 * EACH
        for coding in {said[1] for said in kept.values()}:
            reviews = book.reviews(coding)
            assert [(one.who, one.state) for one in reviews] == [
                (kept[one.review][0], kept[one.review][4]) for one in reviews
            ]
            for before, after in pairwise(reviews):
                assert kept[after.review][2] == before.review
        assert list(book.verify()) == []
