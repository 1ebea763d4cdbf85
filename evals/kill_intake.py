"""Kill `intake` with SIGKILL at random moments; nothing acknowledged may be lost, doubled or damaged.

    python evals/kill_intake.py [--kills 200] [--seed 1]

A folder of small invented files, a mail and an archive among them, is taken in by the command itself, which is
killed at a random moment and started again until it ends. After each kill: `verify` must be clean, and every file
whose outcome had been printed must be in the ledger. After each completed casebook: ledger and renderings equal
those of an undisturbed run.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

from testimonia.casebook import Casebook, Kdf

SECRET = "an invented passphrase"
CHEAP = Kdf(memory_kib=1024, passes=1)
LINE = re.compile(r"^intake \d+/\d+ (read|partly|unread) +(.+?)(?:: .*)?$")


def make_files(folder: Path, count: int) -> None:
    """Write invented texts, a duplicate, a mail with an attachment and an archive."""
    for number in range(count):
        text = f"Interview {number}, invented.\n\nShe said that {number + 2} people were sent back in 2019.\n" * 40
        (folder / f"note{number:03}.txt").write_text(text, encoding="utf-8")
    (folder / "zz-copy.txt").write_bytes((folder / "note000.txt").read_bytes())
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "invented"
    mail.set_content("Seven people were named in the enclosed note.\n")
    mail.add_attachment(b"Four people arrived. Invented.\n", "text", "plain", filename="enclosed.txt")
    (folder / "mail.eml").write_bytes(bytes(mail))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(5):
            archive.writestr(f"inside{number}.txt", f"Member {number}: three people were held. Invented.\n")
    (folder / "pack.zip").write_bytes(packed.getvalue())


def start(casebook: Path, folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start the command with its standard error going to `log`."""
    command = [sys.executable, "-m", "testimonia", "intake", str(casebook), str(folder)]
    environment = {**os.environ, "TESTIMONIA_PASSPHRASE": SECRET}
    with log.open("wb") as sink:
        return subprocess.Popen(command, stdout=sink, stderr=sink, env=environment, start_new_session=True)


def acknowledged(log: Path) -> set[str]:
    """Return the paths whose outcome had been printed in whole lines."""
    lines = log.read_text(encoding="utf-8").split("\n")[:-1]
    return {match[2] for line in lines if (match := LINE.match(line))}


def state(casebook: Path) -> tuple[list[tuple[object, ...]], list[tuple[str, str]], list[str]]:
    """Return ledger rows, (file, rendering) pairs and the sentences of verify."""
    with Casebook.open(casebook, SECRET, write=False) as book:
        rows: list[tuple[object, ...]] = [
            (a.path, a.file_sha256, a.outcome, a.characters, a.reason) for a in book.arrivals()
        ]
        texts = sorted((d.file_sha256, d.rendering_sha256) for d in book.documents(codings=False))
        return rows, texts, [damage.sentence for damage in book.verify()]


def main() -> int:
    """Kill, check, and print the counts; exit 1 if any is not zero."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=25)
    args = parser.parse_args()
    chance, counts = random.Random(args.seed), Counter[str]()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        folder = root / "documents"
        folder.mkdir()
        make_files(folder, args.files)
        Casebook.create(root / "calm", SECRET, kdf=CHEAP).close()
        started = time.perf_counter()
        if start(root / "calm", folder, root / "log").wait():
            print((root / "log").read_text())
            return 1
        duration = time.perf_counter() - started
        calm = state(root / "calm")[:2]
        book, known = root / "book0", set[str]()
        Casebook.create(book, SECRET, kdf=CHEAP).close()
        while counts["kills"] < args.kills:
            process = start(book, folder, root / "log")
            try:
                ended: int | None = process.wait(chance.uniform(0.25, 1.1) * duration)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                ended = None
            counts["kills" if ended is None else "completed"] += 1
            counts["ended badly"] += ended not in (None, 0)
            known |= acknowledged(root / "log")
            rows, texts, damage = state(book)
            counts["corrupt"] += bool(damage)
            counts["acknowledged lost"] += bool(known - {str(row[0]) for row in rows})
            counts["doubled"] += len({row[0] for row in rows}) != len(rows) or len(set(texts)) != len(texts)
            if ended == 0:
                counts["different from an undisturbed run"] += (rows, texts) != calm
                book, known = root / f"book{counts['completed']}", set()
                Casebook.create(book, SECRET, kdf=CHEAP).close()
    bad = 0
    for name in (
        "kills",
        "completed",
        "ended badly",
        "corrupt",
        "acknowledged lost",
        "doubled",
        "different from an undisturbed run",
    ):
        print(f"{name:36}{counts[name]:6}" + ("" if name in ("kills", "completed") else "   target 0"))
        bad += counts[name] if name not in ("kills", "completed") else 0
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
