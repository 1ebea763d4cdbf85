"""How the two processes talk: JSON headers and raw bytes over pipes; nothing that executes."""

from __future__ import annotations

import json
import os
import select
import struct
import time
from typing import Any, BinaryIO

__all__ = [
    "CHUNK",
    "Gone",
    "Late",
    "read_exactly",
    "read_reply",
    "read_request",
    "send_reply",
    "send_request",
]

CHUNK = 1 << 20
_REQUEST = struct.Struct(">IQ")  # bytes of header, bytes of body
_REPLY = struct.Struct(">cI")  # kind of reply, bytes that follow


class Gone(EOFError):
    """The other side closed its pipe."""


class Late(TimeoutError):
    """The other side did not speak in time."""


def read_exactly(descriptor: int, size: int, deadline: float | None = None) -> bytearray:
    """Read `size` bytes; raises Gone at an early end and Late after `deadline` (seconds, monotonic clock)."""
    buffer = bytearray(size)
    view, filled = memoryview(buffer), 0
    while filled < size:
        _await(descriptor, deadline)
        count = os.readv(descriptor, [view[filled : filled + CHUNK]])
        if not count:
            raise Gone
        filled += count
    return buffer


def _await(descriptor: int, deadline: float | None) -> None:
    if deadline is None:
        return
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise Late


def write_all(descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write all of `data`; raises BrokenPipeError when nobody reads."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view[:CHUNK]) :]


def send_request(descriptor: int, header: dict[str, Any], body: bytes) -> None:
    """Ask for one job."""
    head = json.dumps(header).encode()
    write_all(descriptor, _REQUEST.pack(len(head), len(body)) + head)
    write_all(descriptor, body)


def read_request(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The next job asked for; raises Gone when there will be none."""
    head_size, body_size = _REQUEST.unpack(_all_of(stream, _REQUEST.size))
    header = json.loads(_all_of(stream, head_size))
    return header, _all_of(stream, body_size)


def _all_of(stream: BinaryIO, size: int) -> bytes:
    """A buffered stream reads into the one object it returns: a large file is held once."""
    data = stream.read(size)
    if len(data) < size:
        raise Gone
    return data


def send_reply(descriptor: int, kind: bytes, data: bytes | memoryview) -> None:
    """Send one reply: `H` (ready), `D` (a stretch of the answer) or `E` (the end, as JSON)."""
    write_all(descriptor, _REPLY.pack(kind, len(data)))
    write_all(descriptor, data)


def read_reply(descriptor: int, deadline: float) -> tuple[bytes, bytearray]:
    """The next reply as (kind, bytes)."""
    kind, size = _REPLY.unpack(read_exactly(descriptor, _REPLY.size, deadline))
    return kind, read_exactly(descriptor, size, deadline)
