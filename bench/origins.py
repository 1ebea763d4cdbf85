"""How long tracing origins takes as the casebook grows: MB/s, and what ten times the text costs.

    python bench/origins.py [--copied 0.2] [--large]

Documents are invented: sentences of random words in three languages, each naming one of some hundred bodies, in
full, by its last words or as "the report"; a share of the passages is copied from another document. Once the number
of documents grows tenfold, and once their length. The target is at most 11 times the time (least of three runs).
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Sequence

from testimonia.linkage.origins import trace
from testimonia.model import Coding, Document, Part, Passage

SENTENCES = {
    "en": ("According to {who}, {n} people were returned. ", 12),
    "ko": ("{who}에 따르면 {n}명이 송환되었다. ", 10),
    "zh-Hans": ("据{who}称，有{n}人被遣返。", 24),
}
SYLLABLES = {
    "en": ("ma", "ro", "ti", "lan", "ber", "sok", "ven", "da", "qui", "nor", "est", "pol"),
    "ko": tuple("가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"),
    "zh-Hans": tuple("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"),
}
BODIES = {
    "en": ("{} {} Archive", "{} Archive", "the report"),
    "ko": ("{}{}인권센터", "{}센터", "보고서"),
    "zh-Hans": ("{}{}研究中心", "该中心", "报告"),
}


def word(dice: random.Random, language: str) -> str:
    """An invented word."""
    return "".join(dice.choices(SYLLABLES[language], k=3 if language == "en" else 2))


def name(dice: random.Random, language: str) -> str:
    """A body, mostly by its full name; some three hundred bodies in all."""
    full, short, pointing = BODIES[language]
    own = random.Random(f"{language} {dice.randrange(100)}")
    first, second = (word(own, language).capitalize() for _ in range(2))
    form = dice.choices((full, short, pointing), (6, 2, 2))[0]
    return form.format(first, second) if form == full else form.format(second)


def sentence(dice: random.Random, language: str, base: int) -> tuple[str, list[Coding]]:
    """A sentence with its figure and its attribution at `base`, and words that say nothing."""
    form, words = SENTENCES[language]
    who, number = name(dice, language), str(dice.randrange(13, 9999))
    between = "" if language == "zh-Hans" else " "
    text = form.format(who=who, n=number) + between.join(word(dice, language) for _ in range(words)) + ". "
    at, figure = base + text.index(who), base + text.index(number, text.index(who) + len(who))
    source = Part(at, at + len(who), who)
    said = Coding(kind="attribution", start=at, end=source.end, quote=who, code="claims", parts={"source": source})
    counted = Coding(
        kind="figure", start=figure, end=figure + len(number), quote=number, value=float(number), unit="persons"
    )
    return text, [said, counted]


def document(dice: random.Random, language: str, characters: int, old: list[str], copied: float) -> Document:
    """A document of paragraphs of five sentences; some are those of another document, without codings."""
    pieces: list[str] = []
    passages: list[Passage] = []
    codings: list[Coding] = []
    at = 0
    while at < characters:
        if old and dice.random() < copied:
            text = dice.choice(old)
        else:
            text = ""
            for _ in range(5):
                more, found = sentence(dice, language, at + len(text))
                text += more
                codings += found
            old.append(text)
        passages.append(Passage(at, at + len(text), text, "body", language))
        pieces += [text, "\n"]
        at += len(text) + 1
    whole = "".join(pieces)
    sha = hashlib.sha256(whole.encode()).hexdigest()
    for coding in codings:
        object.__setattr__(coding, "rendering_sha256", sha)
    return Document(
        file_sha256=sha, rendering_sha256=sha, paths=(f"{sha[:8]}.txt",), media_type="text/plain", outcome="read",
        text=whole, passages=tuple(passages), codings=tuple(codings),
    )  # fmt: skip


def documents(count: int, characters: int, copied: float) -> list[Document]:
    """The same documents for the same numbers."""
    dice = random.Random(7)
    old: list[str] = []
    languages = tuple(SENTENCES)
    return [document(dice, languages[number % 3], characters, old, copied) for number in range(count)]


def seconds(found: Sequence[Document]) -> float:
    """Processor time of one tracing, the least of three (of one, where it is long)."""
    spent: list[float] = []
    while len(spent) < 3 and sum(spent) < 20:
        started = time.process_time()
        trace(found)
        spent.append(time.process_time() - started)
    return min(spent)


def measure(label: str, count: int, characters: int, copied: float) -> float:
    """Print one line; return the seconds."""
    found = documents(count, characters, copied)
    size = sum(len(d.text.encode()) for d in found) / 1e6
    codings = sum(len(d.codings) for d in found)
    spent = seconds(found)
    print(f"{label:16}{count:5} documents {size:7.2f} MB {codings:8} codings {spent:8.2f} s {size / spent:6.2f} MB/s")
    return spent


def main() -> None:
    """Print what one, ten times the documents and ten times the length cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copied", type=float, default=0.2, help="share of passages copied from another document")
    parser.add_argument("--large", action="store_true", help="also 60 documents of 400,000 characters")
    args = parser.parse_args()
    one = measure("one", 12, 20_000, args.copied)
    wide = measure("ten times more", 120, 20_000, args.copied)
    long = measure("ten times longer", 12, 200_000, args.copied)
    print(f"ten times the documents: {wide / one:.1f} times the time; the length: {long / one:.1f}. Target 11.")
    if args.large:
        measure("large", 60, 400_000, args.copied)


if __name__ == "__main__":
    main()
