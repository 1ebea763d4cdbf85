"""One file, whole: what it is, who reads it, and what came of it. Runs in the key-less process."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from testimonia.intake.cutting import cut
from testimonia.intake.draft import Draft, Loss, Unreadable, clean
from testimonia.intake.identify import FileType, Identified, identify
from testimonia.intake.version import library_version, parameters
from testimonia.model import Outcome, Reading

__all__ = ["READERS", "load", "read"]

# How a type of file is read -> module:function, and the library that does the work.
READERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "text": ("text:read", ""),
        "html": ("html:read", "resiliparse"),
        "pdf": ("pdf:read", "pypdfium2"),
        "docx": ("docx:read", "lxml"),
        "odt": ("odt:read", "lxml"),
        "sheet": ("sheets:read", "python-calamine"),
        "csv": ("delimited:read", ""),
        "mail": ("mail:read", ""),
        "zip": ("archive:read", ""),
    }
)
SIMPLER = {"html": "html:strip"}  # what is tried after a reader has crashed
_SEEN = re.compile("[^\\s\u200b-\u200f\u2060\ufeff]")  # anything a reader would see
NEVER_READ = frozenset(["system", "program", "sealed", "unknown", "locked"])
NOTHING_THERE = "Get the file again from where it came from."


def load() -> None:
    """Import every reader."""
    for place, _ in READERS.values():
        _function(place)


def _function(place: str) -> Callable[[bytes, str], Draft]:
    module, _, function = place.partition(":")
    found: Callable[[bytes, str], Draft] = getattr(
        importlib.import_module(f"testimonia.intake.formats.{module}"), function
    )
    return found


def read(data: bytes, name: str, mode: str = "") -> Reading:
    """Read one file; `mode` "simpler" asks for the way that survives what brought the first one down."""
    found = identify(data, name)
    empty = _empty(data, found.type)
    if empty is not None:
        return _named(empty, found)
    if not found.type.reader:
        return _named(_unread(found.type, _not_read(found.type), found.type.remedy), found)
    place, library = READERS[found.type.reader]
    if mode == "simpler":
        place = SIMPLER[found.type.reader]
    try:
        draft = _function(place)(data, name)
    except Unreadable as problem:
        reading = _unread(found.type, problem.reason, problem.remedy)
    else:
        reading = _finished(draft, found.type)
    tool = f"testimonia/{place}"
    return _named(replace(reading, tool=tool, tool_version=library_version(library)), found)


def _not_read(kind: FileType) -> str:
    return f"this is {kind.name}." if kind.group in NEVER_READ else f"this is {kind.name}, which is not read yet."


def _empty(data: bytes, kind: FileType) -> Reading | None:
    if not data:
        return _unread(kind, "the file is empty: it has 0 bytes.", NOTHING_THERE)
    if not data.strip(b"\x00 \t\r\n\f\v"):
        return _unread(kind, "the file holds nothing but blanks.", NOTHING_THERE)
    return None


def _unread(kind: FileType, reason: str, remedy: str) -> Reading:
    return Reading(media_type=kind.id, outcome="unread", reason=reason, remedy=remedy)


def _named(reading: Reading, found: Identified) -> Reading:
    return replace(reading, flags=(*reading.flags, "mislabelled")) if found.mislabelled else reading


def _finished(draft: Draft, kind: FileType) -> Reading:
    text = clean(draft.text)
    outcome, loss = _outcome(draft, text)
    passages = cut(text, draft, kind.id) if outcome != "unread" else ()
    return Reading(
        media_type=kind.id,
        outcome=outcome,
        reason=loss.reason if loss else None,
        remedy=loss.remedy if loss else None,
        flags=tuple(sorted(draft.flags)),
        parameters=MappingProxyType({**parameters(), **draft.parameters}),
        text=text if outcome != "unread" else "",
        pages=tuple(draft.pages),
        passages=passages,
        children=tuple(draft.children),
        metadata=MappingProxyType(draft.metadata),
    )


def _outcome(draft: Draft, text: str) -> tuple[Outcome, Loss | None]:
    """The outcome and, unless all was read, one sentence on why and one on what to do."""
    if not _SEEN.search(text):
        if not draft.losses:
            return "unread", Loss("no words were found in it.", NOTHING_THERE)
        return "unread", _joined(draft.losses)
    return ("partly", _joined(draft.losses)) if draft.losses else ("read", None)


SHOWN = 5  # reasons that are told one by one


def _joined(losses: list[Loss]) -> Loss:
    reasons = list(dict.fromkeys(loss.reason for loss in losses))
    remedies = dict.fromkeys(loss.remedy for loss in losses)
    more = f" And {len(reasons) - SHOWN} more." if len(reasons) > SHOWN else ""
    first = reasons[0]
    rest = [reason[:1].upper() + reason[1:] for reason in reasons[1:SHOWN]]
    return Loss(" ".join((first, *rest)) + more, " ".join(list(remedies)[:2]))
