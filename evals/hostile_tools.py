"""What the cases of `hostile.py` share: the command itself, its memory, and what it left."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from testimonia.casebook import Casebook, Kdf

SECRET = "an invented passphrase"
CHEAP = Kdf(memory_kib=1024, passes=1)
SENTENCE = "The Lantern Group said that 42 women were sent back to North Korea in 2021. Invented.\n"
RESULTS = ("ledger.csv", "codings.jsonl", "figures.csv", "origins.json", "dossier.html", "dossier.pdf")


@dataclass(frozen=True)
class Case:
    """One thing that can go wrong: what must happen, and a trial in a folder of its own: what did, and if well."""

    group: str
    name: str
    target: str
    trial: Callable[[Path], tuple[str, bool]]


class Skipped(Exception):
    """This machine cannot show it; the message says why."""


@dataclass
class Shown:
    """What a command printed, how it ended, how long it took, and the most memory its tree used (bytes)."""

    code: int
    out: str
    err: str
    seconds: float
    memory: int = 0

    @property
    def plain(self) -> bool:
        """No traceback reached the user."""
        return "Traceback" not in self.err + self.out

    @property
    def said(self) -> str:
        """The last line on standard error, without the name of the program."""
        lines = self.err.strip().splitlines() or [""]
        return lines[-1].removeprefix("testimonia: ")


@dataclass
class Meter:
    """The most memory a process and all its children used at one moment: proportional set size, bytes."""

    process: int
    most: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> None:
        while not self.ended.wait(0.05):
            self.most = max(self.most, sum(_used(number) for number in _tree(self.process)))


def _tree(process: int) -> list[int]:
    found = [process]
    for number in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{number}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _used(process: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    return 0


def start(
    *words: object, secret: str | None = SECRET, prefix: Sequence[str] = (), **more: str
) -> subprocess.Popen[str]:
    """Start the command; `prefix` is what runs it (setpriv, sh -c)."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TESTIMONIA")}
    if secret is not None:
        environment["TESTIMONIA_PASSPHRASE"] = secret
    return subprocess.Popen(
        [*prefix, sys.executable, "-m", "testimonia", *map(os.fsencode, map(str, words))],
        env={**environment, **more}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, errors="replace", start_new_session=True,
    )  # fmt: skip


def finish(process: subprocess.Popen[str], limit: float = 180.0) -> Shown:
    """Wait for a command that was started; one that does not end is killed, with code -9."""
    began = time.perf_counter()
    meter = Meter(process.pid)
    watch = threading.Thread(target=meter)
    watch.start()
    try:
        out, err = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
    finally:
        meter.ended.set()
        watch.join()
    return Shown(process.returncode, out, err, time.perf_counter() - began, meter.most)


def call(*words: object, secret: str | None = SECRET, prefix: Sequence[str] = (), **more: str) -> Shown:
    """Run the command to its end."""
    return finish(start(*words, secret=secret, prefix=prefix, **more))


def documents(place: Path, more: Mapping[str, bytes] | None = None) -> Path:
    """A folder with one good text and whatever else."""
    folder = place / "documents"
    folder.mkdir(exist_ok=True)
    (folder / "good.txt").write_text(SENTENCE, encoding="utf-8")
    for name, data in (more or {}).items():
        (folder / name).write_bytes(data)
    return folder


def book(place: Path) -> Path:
    """A casebook with a cheap key, so that a study of many commands takes its time for what it studies."""
    path = place / "book"
    Casebook.create(path, SECRET, kdf=CHEAP).close()
    return path


def fresh_out(place: Path, name: str = "out") -> Path:
    """An OUT whose casebook was made beforehand with a cheap key; the command resumes it."""
    out = place / name
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    Casebook.create(out / "casebook", SECRET, kdf=CHEAP).close()
    return out


def ledger(path: Path) -> dict[str, tuple[str, str | None, str | None]]:
    """Outcome, reason and remedy by path."""
    with Casebook.open(path, SECRET, write=False) as opened:
        return {row.path: (row.outcome, row.reason, row.remedy) for row in opened.arrivals()}


def intact(path: Path, secret: str = SECRET) -> bool:
    """Whether `verify` finds nothing."""
    return not any(True for _ in Casebook.examine(path, secret))


def results(out: Path) -> dict[str, str]:
    """The SHA-256 of each file of findings."""
    found = {name: out / name for name in RESULTS}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items() if path.exists()}


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder with its mode, to see whether anything was written."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode) for path in files}
