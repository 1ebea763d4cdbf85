"""What a child that parses may use, and how a process that holds a key keeps others out of its memory."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sys

from testimonia.sandbox import landlock, seccomp

__all__ = ["confine", "die_with_parent", "give_up_rights", "keep_to_itself"]

_PDEATHSIG, _DUMPABLE = 1, 4  # prctl(2)
_CAPABILITIES = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
_DESCRIPTORS = 64


def _prctl(option: int, value: int) -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def die_with_parent(parent: int) -> None:
    """End this process when `parent` ends, also by kill -9 (Linux)."""
    _prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def keep_to_itself() -> None:
    """Let no other process of this user read the memory or the environment of this one; no core files."""
    _prctl(_DUMPABLE, 0)
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def give_up_rights() -> None:
    """Keep none of root's rights, where this process has them, and no file but those that Python itself needs."""
    if sys.platform.startswith("linux"):
        header, nothing = struct.pack("=Ii", _CAPABILITIES, 0), bytes(24)
        ctypes.CDLL(None).capset(ctypes.create_string_buffer(header), ctypes.create_string_buffer(nothing))
    landlock.shut()


def _cap(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(kind, (value, value))
    except (ValueError, OSError):
        if sys.platform.startswith("linux"):
            raise  # elsewhere some limits cannot be set; there the others and the time limit stand alone


def confine(seconds: float, memory: int) -> None:
    """Limit this process for good: `memory` bytes of address space, processor time, no writing, no network."""
    _cap(resource.RLIMIT_CORE, 0)
    _cap(resource.RLIMIT_FSIZE, 0)
    _cap(resource.RLIMIT_NOFILE, _DESCRIPTORS)
    _cap(resource.RLIMIT_CPU, int(seconds) + 2)
    _cap(resource.RLIMIT_AS, memory)
    seccomp.shut()
