"""Text of a list from its bytes: UTF-8, UTF-16, Korean and Chinese code pages, told apart by their characters.

The code pages of Korean and Chinese share their bytes: text in one often decodes in the other too, as rare
characters. What decodes to frequent ones is believed; where two are equally likely the file is refused, because
a wrong guess would invent names.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary
from testimonia.errors import UnreadableList

__all__ = ["decode"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRANGE = re.compile(rb"[\x80-\xff]")
_LONELY = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
CODE_PAGES = ("cp949", "gb18030", "big5hkscs")
SAMPLE = 200_000
LONELY = 0.9  # share of bytes above ASCII with ASCII on either side, from which they are accents and apostrophes
BELIEVED = 0.2  # mean weight of the characters outside ASCII, 1 for the most frequent hundred
CLEAR = 1.25  # the best candidate is so many times more plausible than the next


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding it is in. Raises UnreadableList, naming the file, where none can be told."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding
    if b"\0" in data[:SAMPLE]:
        return _wide(data, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _code_page(data, name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableList(
            f"{name}: byte {problem.start} is not {encoding}, which the file says it is. Save the list again as UTF-8."
        ) from None


def _wide(data: bytes, name: str) -> tuple[str, str]:
    """UTF-16 without a mark: ASCII (commas, line ends) shows on which side the zero bytes stand."""
    even, odd = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = _strict(data, encoding, name)
    if "\0" in text:
        raise UnreadableList(f"{name}: this is no text. Save the list as CSV in UTF-8, or as XLSX.")
    return text, encoding


def _western(data: bytes) -> bool:
    """Whether bytes above ASCII stand alone, as in Western text; in Korean and Chinese they come in pairs."""
    strange, lonely = len(_STRANGE.findall(data)), len(_LONELY.findall(data))
    return lonely > LONELY * strange


def _code_page(data: bytes, name: str) -> tuple[str, str]:
    if _western(data[:SAMPLE]):
        return _strict(data, "cp1252", name), "cp1252"
    candidates = []
    for encoding in CODE_PAGES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        candidates.append((_plausible(text[:SAMPLE]), encoding, text))
    candidates.sort(reverse=True)
    if not candidates or candidates[0][0] < BELIEVED:
        raise UnreadableList(f"{name}: its encoding is not known. Save the list again as UTF-8, or as XLSX.")
    if len(candidates) > 1 and candidates[0][0] < CLEAR * candidates[1][0]:
        both = f"{candidates[0][1]} and {candidates[1][1]}"
        raise UnreadableList(f"{name}: it can be read as {both}. Save the list again as UTF-8, or as XLSX.")
    return candidates[0][2], candidates[0][1]


@cache
def _weights() -> Mapping[str, float]:
    found: dict[str, float] = {}
    for row in vocabulary.rows("intake/common_characters"):
        weight = max(0.1, 1 - int(row["rank"]) / 1000)
        for character in row["characters"]:
            found[character] = max(weight, found.get(character, 0.0))
    return MappingProxyType(found)


def _plausible(text: str) -> float:
    strange = [character for character in text if character > "\x7f"]
    weights = _weights()
    return sum(weights.get(character, 0.0) for character in strange) / max(1, len(strange))
