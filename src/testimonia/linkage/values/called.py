"""What a record says somebody is called: the own name, other names as a set, or only whose relative it is.

A kin word is no name: 어머니 in two lists is no agreement, and 김영희의 딸 is not Kim Yong-hui. A name that the list
itself calls assumed is kept, and marked, because it may agree by chance only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary
from testimonia.linkage.values.text import known_word, not_known, plain

__all__ = ["Called", "read_called", "read_kin"]

LONGEST = 120  # characters: longer is no name
_SEVERAL = re.compile(
    r"\s*(?:[;,/|、，；\n]|\s(?:or|and|aka|a\.k\.a\.?|also known as|alias|또는|혹은|및|或|又名|亦称|别名)\s)\s*"
)
_IN_BRACKETS = re.compile(r"[(\[（【]\s*([^()\[\]（）【】]*?)\s*[)\]）】]")
_AKA = re.compile(
    r"[\s,，、;；]*(?:(?:\baka\b|\ba\.k\.a\.?|\balso known as\b|\balias\b)[:： ]"
    r"|(?:일명|별명|가명|본명|又名|化名|别名|原名|曾用名)[:：]?)\s*",
    re.I,
)
_COMMA_NAME = re.compile(r"[A-Za-zÀ-ſ'’-]+, [A-Za-zÀ-ſ'’ -]+")


@dataclass(frozen=True, slots=True)
class Called:
    """The own name (empty where none is known), the set of other names, the kin word, and whether it is assumed."""

    name: str
    aliases: tuple[str, ...] = ()
    kin: str | None = None
    assumed: bool = False


@cache
def _kin() -> Mapping[str, str]:
    words = {word: row["kin"] for row in vocabulary.rows("linkage/kin") for word in row["words"].split("|")}
    return MappingProxyType({plain(word): kin for word, kin in words.items()})


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A kin word behind its owner, and an English one before."""
    bound = {w: r["kin"] for r in vocabulary.rows("linkage/kin") for w in r["bound"].split("|") if w}
    words = sorted(_kin(), key=len, reverse=True)
    close = "|".join(map(re.escape, [*words, *bound]))
    apart = "|".join(re.escape(word) for word in words if not word.isascii())
    return re.compile(rf".+?(?:(?:의|네|'s|’s|的|之) ?({close})|[ ]({apart}))"), re.compile(
        rf"(?:the )?({close}) of .+"
    )


def read_kin(text: str) -> str | None:
    """The kin word that a cell holds in place of a name (`mother`, `daughter` ...), or None for a name."""
    text = plain(text)
    if text in _kin():
        return _kin()[text]
    for pattern in _patterns():
        match = pattern.fullmatch(text)
        if match:
            word = next(group for group in match.groups() if group)
            return _kin().get(word) or _bound(word)
    return None


def _bound(word: str) -> str | None:
    return next((r["kin"] for r in vocabulary.rows("linkage/kin") if word in r["bound"].split("|")), None)


def read_called(name: str, alias: str = "", note: str = "") -> Called:
    """Own name, other names and kin from the cells of a record.

    What stands in brackets behind a name, or behind "also known as", is another name; a remark ("가명") is none.
    """
    assumed = known_word("note", note) == "pseudonym"
    own, others, remark = _opened(name)
    kin = read_kin(own)
    if kin is not None or not_known(own) or len(own) > LONGEST:
        own = ""
    names = [*others, *_several(alias)]
    kept = [other for other in dict.fromkeys(names) if other != own and _is_name(other)]
    return Called(own, tuple(kept), kin, assumed or remark)


def _is_name(text: str) -> bool:
    return not not_known(text) and len(text) <= LONGEST and read_kin(text) is None


def _opened(text: str) -> tuple[str, list[str], bool]:
    """The name before brackets and "also known as", the names in and behind them, and whether one is a remark."""
    text = text.strip()
    if not_known(text):
        return "", [], False
    bracketed = _IN_BRACKETS.findall(text)
    outside = _IN_BRACKETS.sub(" ", text).strip()
    own, *behind = _AKA.split(outside) if outside else [""]
    remark = any(known_word("note", inner) == "pseudonym" for inner in bracketed)
    inside = [_AKA.sub("", inner) for inner in bracketed if known_word("note", inner) is None]
    others = [other for cell in (*behind, *inside) for other in _several(cell)]
    if not own and others:
        return others[0], others[1:], remark
    if ";" in own or "/" in own:
        several = [*_several(own), *others]
        return (several[0], several[1:], remark) if several else ("", [], remark)
    return own, others, remark


def _several(cell: str) -> list[str]:
    """The names of a cell that may hold several; `Kim, Yong Hui` is one."""
    cell = cell.strip()
    if not cell or _COMMA_NAME.fullmatch(cell):
        return [cell] if cell else []
    return [part for part in _SEVERAL.split(cell) if part]
