"""No file of the user is within reach of a parser: only Python itself and its packages can be opened, for reading.

Linux 5.13 and newer (Documentation/userspace-api/landlock); elsewhere `shut` returns False and the other limits
stand alone. The same rule set forbids looking into, and sending signals to, any process outside it.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["shut"]

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, the same on every architecture
_SET_NO_NEW_PRIVS = 38
_FILE, _FOLDER = 1 << 2, 1 << 3  # LANDLOCK_ACCESS_FS_READ_FILE, _READ_DIR
_BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
_RIGHTS = ((1, 13), (2, 14), (3, 15), (5, 16))  # version of the interface -> how many rights over files it knows
_MACHINERY = ("/usr/lib", "/usr/lib64", "/usr/share", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime")
_NEEDED = ("/dev/null", "/dev/zero", "/dev/urandom", "/sys/devices/system/cpu")


def shut() -> bool:
    """Give up, for this process and its children for good, every file but those Python needs; whether it worked."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    version = library.syscall(_CREATE, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    rules = library.syscall(_CREATE, *_sized(_everything(version)), 0)
    if rules < 0:
        return False
    try:
        for place in _open_places():
            _allow(library, rules, place)
        library.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(library.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _everything(version: int) -> bytes:
    """What is forbidden unless a rule allows it: all rights over files, TCP, and from version 6 signals outside."""
    files = (1 << max(count for known, count in _RIGHTS if version >= known)) - 1
    fields = [files]
    if version >= 4:
        fields.append(3)
    if version >= 6:
        fields.append(3)
    return struct.pack(f"={len(fields)}Q", *fields)


def _sized(data: bytes) -> tuple[ctypes.Array[ctypes.c_char], ctypes.c_size_t]:
    return ctypes.create_string_buffer(data, len(data)), ctypes.c_size_t(len(data))


def _open_places() -> Iterator[Path]:
    package = Path(__file__).parents[1]
    python = (sys.prefix, sys.base_prefix, sys.exec_prefix, *(entry for entry in sys.path if entry), str(package))
    yield from {Path(place).resolve() for place in (*python, *_MACHINERY, *_NEEDED)} - {Path("/")}


def _allow(library: ctypes.CDLL, rules: int, place: Path) -> None:
    """Allow reading below a place; one that is not there, or cannot be opened, needs no rule."""
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = _FILE | (_FOLDER if place.is_dir() else 0)
        rule = struct.pack("=Qi", rights, handle)
        library.syscall(_ADD, rules, _BENEATH, ctypes.create_string_buffer(rule, len(rule)), 0)
    finally:
        os.close(handle)
