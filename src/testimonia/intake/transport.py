"""A reading as bytes and back: what crosses the pipe between the process that parses and the one that keeps."""

from __future__ import annotations

import json
import struct
from types import MappingProxyType
from typing import Any

from testimonia.model import Child, Page, Passage, Reading

__all__ = ["pack", "unpack"]

_SIZE = struct.Struct(">Q")
_PLAIN = ("media_type", "outcome", "reason", "remedy", "tool", "tool_version")


def pack(reading: Reading) -> bytes:
    """JSON of everything but text and children, then the text as UTF-8, then the bytes of the children."""
    text = reading.text.encode("utf-8")
    head: dict[str, Any] = {name: getattr(reading, name) for name in _PLAIN}
    head["flags"] = list(reading.flags)
    head["parameters"], head["metadata"] = dict(reading.parameters), dict(reading.metadata)
    head["pages"] = [[p.start, p.end, p.label, p.kind, p.verdict, p.reason] for p in reading.pages]
    head["passages"] = [[p.start, p.end, p.role, p.language, sorted(p.flags)] for p in reading.passages]
    head["children"] = [[child.name, len(child.data)] for child in reading.children]
    head["text"] = len(text)
    packed = json.dumps(head).encode()
    return b"".join((_SIZE.pack(len(packed)), packed, text, *(child.data for child in reading.children)))


def unpack(answer: bytes) -> Reading:
    """The inverse of `pack`; the passages take their text from the rendering."""
    view = memoryview(answer)
    at = _SIZE.size + _SIZE.unpack_from(answer)[0]
    head = json.loads(bytes(view[_SIZE.size : at]))
    text = str(view[at : at + head["text"]], "utf-8")
    at += head["text"]
    children = []
    for name, size in head["children"]:
        children.append(Child(name, bytes(view[at : at + size])))
        at += size
    return Reading(
        **{name: head[name] for name in _PLAIN},
        flags=tuple(head["flags"]),
        parameters=MappingProxyType(head["parameters"]),
        metadata=MappingProxyType(head["metadata"]),
        text=text,
        pages=tuple(Page(*page) for page in head["pages"]),
        passages=tuple(
            Passage(start, end, text[start:end], role, language, frozenset(flags))
            for start, end, role, language, flags in head["passages"]
        ),
        children=tuple(children),
    )
