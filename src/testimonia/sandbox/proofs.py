"""Jobs that try what a hijacked parser would try: the tests and `doctor` run them to show that it fails."""

from __future__ import annotations

import ctypes
import json
import os
import platform
import resource
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

__all__ = ["abort", "attempts", "echo", "fill_memory", "raise_error", "sleep", "surroundings", "walls", "write_zeros"]


def echo(payload: bytes) -> bytes:
    """Return the payload."""
    return payload


def sleep(_payload: bytes) -> bytes:
    """Never answer."""
    while True:
        time.sleep(60)


def abort(_payload: bytes) -> bytes:
    """End as a parser does that reads through a null pointer."""
    ctypes.string_at(0)
    return b"survived"


def raise_error(payload: bytes) -> bytes:
    """Fail with a message that quotes the payload."""
    raise ValueError(payload.decode())


def fill_memory(_payload: bytes) -> bytes:
    """Take more and more memory."""
    taken = []
    while True:
        taken.append(bytearray(1 << 24))


def write_zeros(payload: bytes) -> bytes:
    """Answer with as many zero bytes as the payload says."""
    return bytes(int(payload))


def surroundings(_payload: bytes) -> bytes:
    """What can be seen from inside: environment, open descriptors, working directory."""
    descriptors = [number for number in range(4096) if _open(number)]
    seen = {"environment": dict(os.environ), "descriptors": descriptors, "folder": str(Path.cwd())}
    return json.dumps(seen).encode()


def walls(_payload: bytes) -> bytes:
    """Which of the two walls of the kernel stand on this machine: around system calls, and around files."""
    tries: dict[str, Callable[[], object]] = {
        "calls": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        "files": lambda: os.listdir("/"),  # noqa: PTH208
    }
    return json.dumps({name: not _succeeds(attempt) for name, attempt in tries.items()}).encode()


def _open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def attempts(payload: bytes) -> bytes:
    """For each forbidden thing whether it succeeded; the payload names a folder that exists."""
    folder = Path(payload.decode())
    tries: dict[str, Callable[[], object]] = {
        "network": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        "write": lambda: (folder / "planted").write_bytes(b"x"),
        "remove": lambda: (folder / "present").unlink(),
        "run": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606 - meant to be refused
        "signal": lambda: os.kill(os.getppid(), 0),
        "leave_group": os.setsid,
        "signal_by_thread": lambda: _tgkill(os.getppid()),
        "slow_down": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU),
        "read": lambda: (folder / "present").read_bytes(),
        "list": lambda: list(folder.iterdir()),
        "look_up": lambda: _memory(os.getppid()).close(),
        "look_up_higher": lambda: _memory(_parent(os.getppid())).close(),
    }
    return json.dumps({name: _succeeds(attempt) for name, attempt in tries.items()}).encode()


def _tgkill(process: int) -> None:
    number = {"x86_64": 234, "aarch64": 131}[platform.machine()]
    if ctypes.CDLL(None, use_errno=True).syscall(number, process, process, 0) < 0:
        raise OSError(ctypes.get_errno(), "tgkill")


def _memory(process: int) -> BinaryIO:
    return Path(f"/proc/{process}/environ").open("rb", buffering=0)


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True
