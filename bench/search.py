"""Search for two-character Korean and Chinese words: is everything found, nothing else, and how fast?

    python bench/search.py [--passages 100000] [--queries 200] [--seed 1]

Passages are made from an invented vocabulary (Korean, Chinese and English words put together from syllables) and
stored in an encrypted casebook. Every query is held against a scan of all passages: recall is the share of the
passages that hold the characters which was found, precision the share of the found ones which hold them. In
the same run, and with the same encryption, SQLite's own tokenizers `trigram` and `unicode61` answer the same
queries. Times are those of the first 20 results, as a reader sees them, and of all results.
"""

from __future__ import annotations

import argparse
import random
import secrets
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.casebook.database import Database
from testimonia.model import Passage, Reading

SYLLABLES = "가나다라마바사아자차카타파하강북송남인권산길문달별눈물숲들집밭논개울섬봄여름겨울하늘바람"
CHARACTERS = "山水田林村河桥路门窗春夏秋冬日月星云风雨雪石木竹花草鸟鱼马牛羊米面茶灯书笔纸船车"
LETTERS = "abcdefghilmnoprstu"
EACH_FILE = 1000
PEERS = ("trigram", "unicode61")

Found = Callable[[str, int], list[int]]


class Vocabulary:
    """Words and passages that mean nothing."""

    def __init__(self, seed: int, size: int = 4000) -> None:
        self.chance = random.Random(seed)
        self.korean = self._words(SYLLABLES, (2, 2, 2, 3, 4), size)
        self.chinese = self._words(CHARACTERS, (2, 2, 2, 3, 4), size)
        self.english = self._words(LETTERS, (3, 4, 5, 6, 7, 8), size)

    def _words(self, letters: str, lengths: Sequence[int], size: int) -> list[str]:
        draw = self.chance
        return sorted({"".join(draw.choices(letters, k=draw.choice(lengths))) for _ in range(size)})

    def passage(self, number: int) -> str:
        """A line of Korean, Chinese or English, in turn; particles hang on the Korean words."""
        draw = self.chance
        if number % 5 in (0, 1):
            words = (word + draw.choice(("", "은", "를", "에서")) for word in draw.choices(self.korean, k=14))
            return " ".join(words) + ".\n"
        if number % 5 in (2, 3):
            return "".join(draw.choices(self.chinese, k=16)) + "。\n"
        return " ".join(draw.choices(self.english, k=14)) + ".\n"

    def queries(self, number: int) -> list[str]:
        """Two-character words, Korean and Chinese in equal parts."""
        korean = [word for word in self.korean if len(word) == 2]
        chinese = [word for word in self.chinese if len(word) == 2]
        return self.chance.sample(korean, number // 2) + self.chance.sample(chinese, number // 2)


def fill(book: Casebook, passages: list[str]) -> None:
    """Store the passages in files of a thousand lines, as intake does."""
    for first in range(0, len(passages), EACH_FILE):
        lines = passages[first : first + EACH_FILE]
        text, parts, start = "".join(lines), [], 0
        for line in lines:
            parts.append(Passage(start, start + len(line), line))
            start += len(line)
        reading = Reading(media_type="text/plain", outcome="read", text=text, passages=tuple(parts))
        with book.act("intake") as writer:
            item = writer.preserve(text.encode(), media_type="text/plain")
            writer.reading(item, reading)
            writer.arrive(Arrival(path=f"{first:08}.txt", file_sha256=item, outcome="read"))


def peer(folder: Path, tokenizer: str, passages: list[str]) -> Found:
    """An encrypted index with one of SQLite's own tokenizers."""
    folder.mkdir()
    database = Database(folder, secrets.token_bytes(32), write=True, create=True)
    tables = {
        "trigram": "CREATE VIRTUAL TABLE lines USING fts5 (words, tokenize = 'trigram')",
        "unicode61": "CREATE VIRTUAL TABLE lines USING fts5 (words, tokenize = 'unicode61')",
    }
    database.run("BEGIN")
    database.run(tables[tokenizer])
    database.many("INSERT INTO lines (rowid, words) VALUES (?, ?)", enumerate(passages))
    database.run("COMMIT")
    ask = "SELECT rowid, words FROM lines WHERE lines MATCH ? ORDER BY rowid LIMIT ?"
    return lambda query, limit: [row[0] for row in database.rows(ask, (f'"{query}"', limit))]


def ours(book: Casebook, passages: list[str]) -> Found:
    """The casebook's search, answering with numbers of passages."""
    place, start = {}, 0
    for number, line in enumerate(passages):
        if number % EACH_FILE == 0:
            start = 0
        place[f"{number - number % EACH_FILE:08}.txt", start] = number
        start += len(line)
    return lambda query, limit: [place[hit.path, hit.start] for hit in book.search(query, limit=limit)]


def measure(found: Found, queries: list[str], truth: dict[str, set[int]]) -> tuple[float, ...]:
    """Recall, precision, and milliseconds of the first 20 (median, 95th percentile) and of all (median)."""
    right = said = there = 0
    first, everything = [], []
    for query in queries:
        before = time.perf_counter()
        found(query, 20)
        first.append(time.perf_counter() - before)
        before = time.perf_counter()
        answer = set(found(query, 10**9))
        everything.append(time.perf_counter() - before)
        right, said, there = right + len(answer & truth[query]), said + len(answer), there + len(truth[query])
    return (
        right / there,
        right / said if said else 1.0,
        1000 * percentile(first, 0.5),
        1000 * percentile(first, 0.95),
        1000 * percentile(everything, 0.5),
    )


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    vocabulary = Vocabulary(options.seed)
    passages = [vocabulary.passage(number) for number in range(options.passages)]
    queries = vocabulary.queries(options.queries)
    truth = {query: {n for n, line in enumerate(passages) if query in line} for query in queries}
    with tempfile.TemporaryDirectory() as name:
        book = Casebook.create(Path(name) / "casebook", "invented", kdf=Kdf(8, 1, 1))
        before = time.perf_counter()
        fill(book, passages)
        seconds = time.perf_counter() - before
        found = {"casebook": ours(book, passages)}
        found |= {tokenizer: peer(Path(name) / tokenizer, tokenizer, passages) for tokenizer in PEERS}
        rows = {kind: measure(answer, queries, truth) for kind, answer in found.items()}
        book.close()
    show(rows, truth, len(passages), seconds)


def show(rows: dict[str, tuple[float, ...]], truth: dict[str, set[int]], passages: int, seconds: float) -> None:
    """Print the table."""
    each = sum(map(len, truth.values())) / len(truth)
    print(f"{passages} passages, stored in {seconds:.1f} s; {len(truth)} words, each in {each:.0f} passages")
    print(f"{'':12}{'recall':>8}{'precision':>11}{'20 median':>12}{'20 p95':>10}{'all median':>12}")
    for kind, (recall, precision, median, p95, everything) in rows.items():
        times = f"{median:9.2f} ms{p95:7.2f} ms{everything:9.2f} ms"
        print(f"{kind:12}{recall:8.2f}{precision:11.2f}{times}")


if __name__ == "__main__":
    main()
