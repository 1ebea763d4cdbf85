"""Invented documents for the tests of origins, and a short way to code them by hand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from testimonia.model import Coding, Document, Part, Passage, Role

DIGITS = re.compile(r"\d[\d,]*")


def document(
    path: str,
    text: str,
    *codings: Coding,
    metadata: Mapping[str, str] | None = None,
    roles: Mapping[int, Role] | None = None,
) -> Document:
    """A document whose paragraphs are its passages; the first is a title where it has no full stop."""
    sha = hashlib.sha256(f"{path}\n{text}".encode()).hexdigest()
    return Document(
        file_sha256=sha,
        rendering_sha256=sha,
        paths=(path,),
        media_type="text/plain",
        outcome="read",
        text=text,
        passages=tuple(passages(text, roles or {})),
        codings=tuple(placed(coding, sha) for coding in codings),
        metadata=dict(metadata or {}),
    )


def passages(text: str, roles: Mapping[int, Role]) -> list[Passage]:
    found = []
    for index, hit in enumerate(re.finditer(r"[^\n]+", text)):
        short = index == 0 and not hit[0].rstrip().endswith((".", "。"))
        role: Role = roles.get(index, "title" if short else "body")
        found.append(Passage(hit.start(), hit.end(), hit[0], role))
    return found


def placed(coding: Coding, sha: str) -> Coding:
    """The same coding in the rendering of its document."""
    fields = {name: getattr(coding, name) for name in Coding.__dataclass_fields__}
    return Coding(**{**fields, "rendering_sha256": sha})


def figure(text: str, quote: str, source: str | None = None, value: float | None = None, **attributes: str) -> Coding:
    """A figure at its quote, said by `source` where that is given; both stand in the text."""
    start = text.index(quote)
    digits = DIGITS.search(quote)
    own = float(digits[0].replace(",", "")) if digits else None
    return Coding(
        kind="figure",
        start=start,
        end=start + len(quote),
        quote=quote,
        value=value if value is not None else own,
        unit="persons",
        value_status="present",
        parts={"claimant": part(text, source, start)} if source else {},
        attributes=attributes,
    )


def said(text: str, source: str, content: str, **attributes: str) -> Coding:
    """An attribution of `content` to `source`."""
    named, held = part(text, source, 0), part(text, content, 0)
    start, end = min(named.start, held.start), max(named.end, held.end)
    return Coding(
        kind="attribution",
        start=start,
        end=end,
        quote=text[start:end],
        parts={"source": named, "content": held},
        attributes=attributes,
    )


def part(text: str, quote: str, near: int) -> Part:
    """The occurrence of a quote that is nearest to an offset."""
    places = [hit.start() for hit in re.finditer(re.escape(quote), text)]
    start = min(places, key=lambda place: abs(place - near))
    return Part(start, start + len(quote), quote)
