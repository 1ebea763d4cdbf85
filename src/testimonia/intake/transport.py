"""A reading as bytes and back: what crosses the pipe between the process that parses and the one that keeps."""

from __future__ import annotations

import json
import struct
from types import MappingProxyType
from typing import Any, get_args

from testimonia.errors import JobCrashed
from testimonia.intake.draft import PageKind
from testimonia.model import Child, Page, Passage, Reading, Role, Verdict

__all__ = ["Garbled", "pack", "unpack"]

_SIZE = struct.Struct(">Q")
_PLAIN = ("media_type", "outcome", "reason", "remedy", "tool", "tool_version")


class Garbled(JobCrashed):
    """The answer of the key-less process is not what it should be."""


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
    """The inverse of `pack`; the passages take their text from the rendering.

    Raises Garbled for anything that `pack` does not write: the answer comes from a process that may have been
    taken over by the file it read, and is believed no further than that.
    """
    try:
        return _unpacked(answer)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, struct.error, RecursionError):
        raise Garbled("its reader gave an answer that cannot be read.") from None


def _unpacked(answer: bytes) -> Reading:
    view = memoryview(answer)
    at = _SIZE.size + _SIZE.unpack_from(answer)[0]
    head = json.loads(bytes(view[_SIZE.size : at]))
    text = str(view[at : at + head["text"]], "utf-8")
    children, end = [], at + head["text"]
    for name, size in head["children"]:
        if not isinstance(name, str) or not 0 <= size <= len(answer) - end:
            raise ValueError(name)
        children.append(Child(name, bytes(view[end : end + size])))
        end += size
    return Reading(
        **{name: _text_or_none(head[name]) for name in _PLAIN},
        flags=tuple(str(flag) for flag in head["flags"]),
        parameters=_texts(head["parameters"]),
        metadata=_texts(head["metadata"]),
        text=text,
        pages=tuple(_page(page, len(text)) for page in head["pages"]),
        passages=tuple(_passage(passage, text) for passage in head["passages"]),
        children=tuple(children),
    )


def _text_or_none(value: object) -> Any:
    if value is not None and not isinstance(value, str):
        raise TypeError
    return value


def _texts(found: dict[str, Any]) -> MappingProxyType[str, str]:
    return MappingProxyType({str(key): str(value) for key, value in found.items()})


def _span(start: object, end: object, length: int) -> tuple[int, int]:
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end <= length:
        raise ValueError(start, end)
    return start, end


def _page(fields: list[Any], length: int) -> Page:
    start, end, label, kind, verdict, reason = fields
    if kind not in get_args(PageKind) or verdict not in get_args(Verdict):
        raise ValueError(kind, verdict)
    return Page(*_span(start, end, length), str(label), kind, verdict, _text_or_none(reason))


def _passage(fields: list[Any], text: str) -> Passage:
    start, end = _span(fields[0], fields[1], len(text))
    role, language, flags = fields[2:]
    if role not in get_args(Role):
        raise ValueError(role)
    return Passage(start, end, text[start:end], role, str(language), frozenset(map(str, flags)))
