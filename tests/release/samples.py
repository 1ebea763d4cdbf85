"""Small invented documents with codings written by hand. No event, person or figure in them is real."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from testimonia.model import Coding, Document, Kind, Page, Passage, Role

EN = "A broker deceived Jin, 16, and sold her to be married. Guards returned 41 people in May 2021."
KO = "브로커가 여성을 속여 팔았고 강제로 결혼시켰다. 당국은 2021년 5월에 41명을 강제송환했다."
ZH = "中介欺骗并贩卖了一名妇女，强迫她结婚。2021年5月，当局遣返了数十人。"


def document(
    text: str,
    *codings: Coding,
    path: str = "note.txt",
    language: str = "en",
    role: Role = "body",
    flags: frozenset[str] = frozenset(),
) -> Document:
    """One file of one page; each line is a passage."""
    sha = hashlib.sha256(f"{path}|{text}".encode("utf-8", "replace")).hexdigest()
    rendering = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    kept = sorted((replace(c, rendering_sha256=rendering) for c in codings), key=lambda c: (c.start, c.end))
    return Document(
        file_sha256=sha,
        rendering_sha256=rendering,
        paths=(path,),
        media_type="text/plain",
        outcome="read",
        text=text,
        pages=(Page(0, len(text), "1"),),
        passages=tuple(_passages(text, language, role, flags)),
        codings=tuple(kept),
    )


def _passages(text: str, language: str, role: Role, flags: frozenset[str]) -> Sequence[Passage]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append(Passage(start, start + len(line), line, role, language, flags))
        start += len(line) + 1
    return found


def said(text: str, quote: str, kind: Kind = "act", code: str | None = None, **more: Any) -> Coding:
    """A coding of the first place where `quote` stands in `text`."""
    start = text.index(quote)
    return Coding(kind=kind, start=start, end=start + len(quote), quote=quote, code=code, **more)


def figure(text: str, quote: str, value: float | None, unit: str = "persons", **more: Any) -> Coding:
    """A figure; keywords that are no field of a coding become attributes."""
    fields = {"modality", "polarity", "min", "max", "comparator", "value_status", "parts", "state"}
    attributes = {key: str(word) for key, word in more.items() if key not in fields}
    given = {key: word for key, word in more.items() if key in fields}
    given.setdefault("value_status", "present")
    return said(text, quote, "figure", value=value, unit=unit, attributes=attributes, **given)


def english() -> Document:
    """An English note that states all three elements, and a dated return."""
    return document(
        EN,
        said(EN, "deceived", code="tip.means.deception"),
        said(EN, "sold her", code="tip.act.sale"),
        said(EN, "to be married", code="tip.purpose.forced_marriage"),
        figure(EN, "16", 16, "years_of_age"),
        said(EN, "returned 41 people", code="state.forced_return"),
        figure(
            EN,
            "41 people",
            41,
            counted="people returned",
            counted_norm="persons_returned",
            period="2021-05",
            place="CHN",
        ),
        said(EN, "in May 2021", "date", value="2021-05"),
        said(EN, "Guards returned", "measure", code="forced_return", attributes={"actor": "CHN"}),
        path="en/note.txt",
    )


def korean() -> Document:
    """The same in Korean."""
    return document(
        KO,
        said(KO, "속여", code="tip.means.deception"),
        said(KO, "팔았고", code="tip.act.sale"),
        said(KO, "강제로 결혼시켰다", code="tip.purpose.forced_marriage"),
        said(KO, "강제송환했다", code="state.forced_return"),
        figure(
            KO, "41명", 41, counted="people returned", counted_norm="persons_returned", period="2021-05", place="CHN"
        ),
        said(KO, "2021년 5월", "date", value="2021-05"),
        path="ko/기록.txt",
        language="ko",
    )


def chinese() -> Document:
    """The same in Chinese, with an amount in words only."""
    return document(
        ZH,
        said(ZH, "欺骗", code="tip.means.deception"),
        said(ZH, "贩卖", code="tip.act.sale"),
        said(ZH, "强迫她结婚", code="tip.purpose.forced_marriage"),
        said(ZH, "遣返", code="state.forced_return"),
        figure(
            ZH,
            "数十人",
            None,
            counted="people returned",
            counted_norm="persons_returned",
            period="2021-05",
            place="CHN",
            value_status="verbal",
        ),
        said(ZH, "2021年5月", "date", value="2021-05"),
        path="zh/笔记.txt",
        language="zh-Hans",
    )


def three() -> tuple[Document, ...]:
    """One document in each language."""
    return english(), korean(), chinese()
