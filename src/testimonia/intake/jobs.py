"""The one job of intake in the key-less process."""

from __future__ import annotations

from testimonia.intake import transport, worker

__all__ = ["read"]

worker.load()


def read(data: bytes, *, name: str, mode: str = "") -> bytes:
    """Bytes of a file in, its packed Reading out."""
    return transport.pack(worker.read(data, name, mode))
