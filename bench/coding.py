#!/usr/bin/env python3
"""Speed of the rule coder with its gate, per core, against spaCy and quantulum3 in the same run.

    python bench/coding.py                      all three languages
    python bench/coding.py --lang en --profile  where the time goes, by function
    python bench/coding.py --model PATH         another spaCy pipeline (default: en_core_web_sm)

Texts: the development gold and the plain texts of the corpus (../shared), in turn, until a tenth of the size is
reached, and that ten times over. Passages are cut text by text beforehand and not counted. CPU seconds
of the process, best of three; the large text and ten runs of the small one are timed in turn, since a busy
machine slows both; megabytes are UTF-8 bytes / 10^6. Peers get English text by paragraph.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib
import pstats
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from testimonia.coding.codebook import load_codebook  # noqa: E402
from testimonia.coding.gate import check  # noqa: E402
from testimonia.coding.rules import RuleCoder  # noqa: E402
from testimonia.intake.split import passages  # noqa: E402
from testimonia.model import Passage  # noqa: E402

SHARED = ROOT.parent / "shared"
TARGET = {"en": 1.0, "ko": 0.5, "zh": 0.5}  # MB/s per core
SCALING = 11.0  # ten times the text may take so many times as long
Timed = Callable[[], float]


def sources(language: str) -> list[str]:
    """The plain texts of a language: gold, then corpus."""
    gold = sorted((SHARED / "gold" / language).glob("*.txt"))
    corpus = sorted(path for path in (SHARED / "corpus" / language).glob("*") if path.suffix in {".md", ".txt"})
    return [path.read_text(encoding="utf-8") for path in (*gold, *corpus)]


def text_of(language: str, size: int) -> list[str]:
    """About `size` UTF-8 bytes of texts, in turn; the last is cut at the end of a line."""
    found: list[str] = []
    left, texts = size, sources(language)
    while left > 0:
        text = texts[len(found) % len(texts)]
        fits = text.encode()[:left].decode(errors="ignore")
        found.append(text + "\n\n" if len(fits) == len(text) else fits.rpartition("\n")[0] + "\n\n")
        left -= len(text.encode())
    return found


def joined(texts: Sequence[str]) -> tuple[str, list[Passage]]:
    """The texts as one, with the passages of each at their place in it."""
    found, base = [], 0
    for text in texts:
        found += [
            replace(passage, start=passage.start + base, end=passage.end + base) for passage in passages(text)
        ]
        base += len(text)
    return "".join(texts), found


def megabytes(text: str) -> float:
    return len(text.encode()) / 1e6


def cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def ten_times(work: Callable[[], object]) -> float:
    return sum(cpu(work) for _ in range(10))


def best(work: Callable[[], object], rounds: int = 3) -> float:
    return min(cpu(work) for _ in range(rounds))


def code(text: str, cut: Sequence[Passage]) -> int:
    kept, _ = check(RuleCoder().code(cut), text, load_codebook(), "0" * 64)
    return len(kept)


def measure(language: str, size: int) -> None:
    """Print speed, scaling, memory and density for one language."""
    texts = text_of(language, size // 10)
    (small, cut_small), (large, cut_large) = joined(texts), joined(texts * 10)
    found = code(large, cut_large)  # first use: lexicons are built here
    pairs = [(cpu(lambda: code(large, cut_large)), ten_times(lambda: code(small, cut_small))) for _ in range(3)]
    many = min(seconds for seconds, _ in pairs)
    speed, factor = megabytes(large) / many, min(10 * a / b for a, b in pairs)
    tracemalloc.start()
    code(large, cut_large)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(
        f"{language}: {megabytes(large):.2f} MB in {many:.2f} CPU s = {speed:.2f} MB/s "
        f"({'ok' if speed >= TARGET[language] else 'LOW'}, target {TARGET[language]}); "
        f"{found / megabytes(large) / 1000:.1f} codings per kB; 10 x text {factor:.1f} x time "
        f"({'ok' if factor <= SCALING else 'LOW'}, target {SCALING:.0f}); {peak:.0f} MB for the codings"
    )


def gate_alone(language: str, size: int) -> None:
    """Print the share of the gate."""
    text, cut = joined(text_of(language, size))
    codings = list(RuleCoder().code(cut))
    seconds = best(lambda: check(codings, text, load_codebook(), "0" * 64))
    print(f"{language}: gate alone {megabytes(text) / seconds:.1f} MB/s over {len(codings)} codings")


def spacy_speed(text: str, model: str) -> None:
    """Print the speed of a spaCy pipeline, or that there is none."""
    try:
        spacy = importlib.import_module("spacy")
        pipeline = spacy.load(model)
    except (ImportError, OSError) as problem:
        print(f"spaCy {model}: not installed, left out ({type(problem).__name__})")
        return
    paragraphs = [line for line in text.split("\n") if line.strip()]
    seconds = cpu(lambda: [len(doc.ents) for doc in pipeline.pipe(paragraphs)])
    name = f"{pipeline.meta['lang']}_{pipeline.meta['name']} {pipeline.meta['version']}"
    print(f"spaCy {spacy.__version__} {name}: {megabytes(text) / seconds:.3f} MB/s (tags, parse, entities)")


def quantulum_speed(text: str) -> None:
    """Print the speed of quantulum3, or that it is missing."""
    try:
        parser = importlib.import_module("quantulum3.parser")
    except ImportError:
        print("quantulum3: not installed, left out")
        return
    paragraphs = [line for line in text.split("\n") if line.strip()]
    failed = 0

    def parse() -> None:
        nonlocal failed
        for paragraph in paragraphs:
            try:
                parser.parse(paragraph)
            except Exception as problem:  # noqa: BLE001 - a peer that fails on a text is counted, not hidden
                failed += 1
                print(f"   quantulum3 failed: {type(problem).__name__}: {problem}") if failed < 3 else None

    seconds = cpu(parse)
    print(f"quantulum3: {megabytes(text) / seconds:.3f} MB/s (quantities only), {failed} paragraphs failed")


def profile(language: str, size: int, rows: int) -> None:
    """Print the functions that take the most time of their own."""
    text, cut = joined(text_of(language, size))
    code(text, cut)
    profiler = cProfile.Profile()
    profiler.runcall(code, text, cut)
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(rows)


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--lang", default="en,ko,zh")
    cli.add_argument("--size", type=int, default=1_000_000, help="bytes of text (default: %(default)s)")
    cli.add_argument("--model", default="en_core_web_sm", help="spaCy pipeline, by name or path")
    cli.add_argument("--no-peers", action="store_true")
    cli.add_argument("--profile", action="store_true")
    args = cli.parse_args()
    if not SHARED.is_dir():
        print("the texts are not here (../shared beside the project): nothing was measured")
        return 0
    for language in args.lang.split(","):
        if args.profile:
            profile(language, args.size, 35)
            continue
        measure(language, args.size)
        gate_alone(language, args.size)
    print(f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if "en" in args.lang and not args.profile and not args.no_peers:
        sample = "".join(text_of("en", 30_000))
        spacy_speed(sample, args.model)
        quantulum_speed(sample)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
