"""What can still be had of a ZIP container that is broken: its members, found by their own headers.

Every member stands behind a local header (APPNOTE.TXT 4.3.7); a file that was cut off or hit by an error keeps
those before the damage, and most of the one in which it lies.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping

__all__ = ["members", "unpack"]

_HEADER = struct.Struct("<4s5H3I2H")  # signature … compressed size, size, length of name, length of extra field
_SIGNATURE = re.compile(rb"PK\x03\x04")
STORED, DEFLATED = 0, 8
MAX_MEMBERS = 10_000


def members(data: bytes) -> Mapping[str, int]:
    """Names of the members that have a local header, and where it stands; the first of one name counts."""
    found: dict[str, int] = {}
    for mark in _SIGNATURE.finditer(data):
        head = data[mark.start() : mark.start() + _HEADER.size]
        if len(head) < _HEADER.size or len(found) >= MAX_MEMBERS:
            break
        length = _HEADER.unpack(head)[9]
        name = data[mark.start() + _HEADER.size :][:length] if length < 1000 else b""
        if name:
            found.setdefault(name.decode("utf-8", "replace"), mark.start())
    return found


def unpack(data: bytes, start: int, limit: int) -> bytes:
    """As many bytes of the member whose header stands at `start` as come out whole, `limit` at most."""
    if len(data) < start + _HEADER.size:
        return b""
    fields = _HEADER.unpack(data[start : start + _HEADER.size])
    begin = start + _HEADER.size + fields[9] + fields[10]
    if fields[3] == STORED:
        return data[begin : begin + min(fields[7], limit)]
    return _inflated(data, begin, limit) if fields[3] == DEFLATED else b""


def _inflated(data: bytes, begin: int, limit: int) -> bytes:
    """Step by step, so that what stands before an error is kept."""
    stream, pieces, size = zlib.decompressobj(-zlib.MAX_WBITS), [], 0
    step = 512
    for at in range(begin, len(data), step):
        try:
            pieces.append(stream.decompress(data[at : at + step], limit - size))
        except zlib.error:
            break
        size += len(pieces[-1])
        if stream.eof or size >= limit:
            break
    return b"".join(pieces)
