"""What this machine has and lacks for the main job, in plain words."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from testimonia.errors import TestimoniaError

__all__ = ["Check", "examine"]

State = Literal["good", "caution", "missing"]

# module, package, what it is for, whether the main job cannot do without it
PARTS = (
    ("apsw", "apsw-sqlite3mc", "the encrypted store", True),
    ("argon2", "argon2-cffi", "the key from the passphrase", True),
    ("cryptography", "cryptography", "the encryption of files", True),
    ("ahocorasick", "pyahocorasick", "the lexicons", True),
    ("lxml", "lxml", "Word and OpenDocument files", True),
    ("pypdfium2", "pypdfium2", "PDF files", True),
    ("resiliparse", "resiliparse", "web pages", True),
    ("python_calamine", "python-calamine", "spreadsheets", True),
    ("typst", "typst", "dossier.pdf", False),
    ("altair", "altair", "charts and the map", False),
    ("vl_convert", "vl-convert-python", "charts and the map", False),
    ("manimgx_fonts_cjk", "manimgx-fonts-cjk", "Korean and Chinese letters in the PDF", False),
)
MEMORY_NEEDED = 1 << 30
DISK_WANTED = 2 << 30


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what, its state, and a sentence that says what follows."""

    what: str
    state: State
    sentence: str


def examine() -> Iterator[Check]:
    """Yield a check for each thing the main job needs or would like."""
    yield _python()
    for module, package, purpose, needed in PARTS:
        yield _part(module, package, purpose, needed)
    yield _cipher()
    yield _sandbox()
    yield _memory()
    yield _disk(Path.cwd())
    yield _swap()
    yield _encoding()


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("python", "good", version)


def _part(module: str, package: str, purpose: str, needed: bool) -> Check:
    if importlib.util.find_spec(module) is not None:
        return Check(package, "good", f"{metadata.version(package)}, for {purpose}.")
    state: State = "missing" if needed else "caution"
    return Check(package, state, f"not installed, so there is no {purpose}: pip install {package}")


def _cipher() -> Check:
    if importlib.util.find_spec("apsw") is None:
        return Check("cipher", "missing", "cannot be tried without apsw-sqlite3mc.")
    import apsw

    connection = apsw.Connection(":memory:")
    try:
        name = connection.pragma("cipher", "chacha20")
    finally:
        connection.close()
    if name != "chacha20":
        return Check("cipher", "missing", "this SQLite cannot encrypt with ChaCha20; reinstall apsw-sqlite3mc.")
    return Check("cipher", "good", "ChaCha20-Poly1305 pages are available.")


def _sandbox() -> Check:
    from testimonia.sandbox import Sandbox

    try:
        with Sandbox.start() as sandbox:
            walls = json.loads(sandbox.call("testimonia.sandbox.proofs:walls", b""))
    except TestimoniaError as error:
        return Check("sandbox", "missing", f"the key-less process does not start: {error}")
    held = "files are parsed in a process that holds no key"
    if not walls["calls"]:
        return Check("sandbox", "caution", f"{held}; this system cannot take network and writing away from it.")
    if not walls["files"]:
        return Check("sandbox", "caution", f"{held}; this system cannot take the user's other files away from it.")
    return Check("sandbox", "good", f"{held}, and can reach neither network nor files.")


def _memory() -> Check:
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return Check("memory", "caution", "cannot be asked on this system; 1 GB should be free.")
    state: State = "good" if free >= MEMORY_NEEDED else "caution"
    return Check("memory", state, f"{free >> 20} MB free; opening a casebook takes 256 MB, a file up to 1 GB.")


def _disk(place: Path) -> Check:
    free = shutil.disk_usage(place).free
    state: State = "good" if free >= DISK_WANTED else "caution"
    return Check("disk", state, f"{free >> 20} MB free in the current folder.")


def _swap() -> Check:
    swaps = Path("/proc/swaps")
    if not swaps.exists():
        return Check("swap", "caution", "cannot be asked on this system; memory may be written to disk.")
    used = [line.split()[0] for line in swaps.read_text(encoding="utf-8").splitlines()[1:]]
    plain = [name for name in used if not name.startswith(("/dev/dm-", "/dev/zram"))]
    if plain:
        return Check("swap", "caution", f"{', '.join(plain)} may hold pieces of memory; encrypt it or turn it off.")
    return Check("swap", "good", "no unencrypted swap is in use.")


def _encoding() -> Check:
    name = (sys.stdout.encoding or "unknown").lower()
    if name.replace("-", "") == "utf8":
        return Check("terminal", "good", "shows Korean and Chinese (UTF-8).")
    return Check("terminal", "caution", f"uses {name}; letters it lacks are shown as escapes.")
