"""How long a dossier takes and how much memory: pictures, HTML, and the PDF with 100 to 600 notes.

`python bench/dossier.py` prints one line for each number of notes. The PDF is set in a process of its own, so
that its peak memory is its own. Texts are invented.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict

from testimonia.model import Coding, Document, Page, Passage
from testimonia.release.dossier import HTML_LIMITS, PDF_LIMITS, Standing, compose, html
from testimonia.release.findings import build
from testimonia.release.render_jobs import pdf

SENTENCES = (
    ("Guards at the crossing returned {} people in May 2021.", "returned", "en"),
    ("당국은 2021년 5월에 {}명을 강제송환했다고 한다.", "강제송환했다", "ko"),
    ("2021年5月，当局将{}人遣返回国。", "遣返", "zh-Hans"),
)
TOLD = Standing(consent_missing=1, reviewed=False, sample=True)


def documents(codings: int) -> list[Document]:
    """Invented documents of ten lines each that hold `codings` acts and as many figures."""
    return [_document(n) for n in range(max(1, codings // 10))]


def _document(number: int) -> Document:
    text, passages, found = "", [], []
    for line in range(10):
        words, verb, language = SENTENCES[(number + line) % 3]
        count = str(100 + number * 10 + line)
        sentence, start = words.format(count), len(text)
        passages.append(Passage(start, start + len(sentence), sentence, "body", language))
        found += [
            _coding(text + sentence, start, verb, "act"),
            _coding(text + sentence, start, count, "figure"),
        ]
        text += sentence + "\n"
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        file_sha256=sha,
        rendering_sha256=sha,
        paths=(f"notes/{number}.txt",),
        media_type="text/plain",
        outcome="read",
        text=text,
        pages=(Page(0, len(text), "1"),),
        passages=tuple(passages),
        codings=tuple(sorted(found, key=lambda c: c.start)),
    )


def _coding(text: str, start: int, quote: str, kind: str) -> Coding:
    at = text.index(quote, start)
    number = float(quote) if kind == "figure" else None
    return Coding(
        kind="figure" if kind == "figure" else "act",
        start=at,
        end=at + len(quote),
        quote=quote,
        code="state.forced_return" if kind == "act" else None,
        value=number,
        unit="persons" if number else None,
        value_status="present" if number else None,
        rendering_sha256=hashlib.sha256(text[:start].encode()).hexdigest(),
    )


def measure(notes: int) -> str:
    """One line: notes, seconds and size of the HTML and of the PDF, peak memory of the PDF."""
    rows, _, each, _ = PDF_LIMITS
    found = build(documents(notes * 3), None)
    start = time.perf_counter()
    page = html(compose(found, TOLD, {}, HTML_LIMITS))
    spent = time.perf_counter() - start
    composed = compose(found, TOLD, {}, (max(rows, notes), notes * 4, each, notes))
    payload = json.dumps({"dossier": asdict(composed), "pictures": {}}).encode()
    answer = subprocess.run(
        [sys.executable, __file__, "--child"], input=payload, capture_output=True, check=True
    )
    pdf_seconds, pdf_bytes, peak = answer.stdout.decode().split()
    return (
        f"{len(composed.notes):6} notes  HTML {spent:5.2f} s {len(page.encode()) / 1e6:5.2f} MB   "
        f"PDF {float(pdf_seconds):5.2f} s {int(pdf_bytes) / 1e6:5.2f} MB, peak {int(peak) >> 10:5} MB"
    )


def child() -> None:
    """Set one PDF and print seconds, bytes and peak memory in KB."""
    payload = sys.stdin.buffer.read()
    start = time.perf_counter()
    made = pdf(payload)
    spent = time.perf_counter() - start
    print(spent, len(made), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    if "--child" in sys.argv:
        child()
    else:
        for amount in (100, 300, 600):
            print(measure(amount))
        found = build(documents(20_000), None)
        page = html(compose(found, TOLD, {}, HTML_LIMITS))
        print(f"40,000 codings: HTML {len(page.encode()) / 1e6:.2f} MB")
