"""How cells are compared as text: folded, and looked up in the word lists of the vocabulary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary

__all__ = ["fold", "jamo", "known_word", "latin", "not_known", "plain", "simplified"]

_BLANKS = re.compile(r"\s+")
_NOT_LATIN = re.compile("[^a-z0-9]+")
_FILLING = re.compile(r"[\s_.,:;·'’\"“”()\[\]]+")


def plain(text: str) -> str:
    """NFKC, lower case, single blanks: full-width digits and letters become ordinary ones."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def fold(text: str) -> str:
    """`plain` text without blanks and points."""
    return _FILLING.sub("", plain(text))


def latin(text: str) -> str:
    """Letters a to z and digits only: marks, apostrophes, hyphens and blanks are left out."""
    if text.isascii():
        return _NOT_LATIN.sub("", text.casefold())
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("ı", "i"))
    return "".join(c for c in decomposed if c.isascii() and c.isalnum())


def jamo(text: str) -> str:
    """Hangul syllables taken apart into letters; other characters stay."""
    return unicodedata.normalize("NFD", text)


@cache
def _simple() -> Mapping[int, str]:
    return MappingProxyType(str.maketrans({row["hant"]: row["hans"] for row in vocabulary.rows("hant_hans")}))


def simplified(text: str) -> str:
    """Traditional characters made simplified, one for one."""
    return text.translate(_simple())


@cache
def _words() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in vocabulary.rows("linkage/words"):
        for word in row["words"].split("|"):
            found[row["class"], fold(word) or word] = row["value"]
    return MappingProxyType(found)


def known_word(sort: str, text: str) -> str | None:
    """The value that a cell of one class (`sex`, `answer`, `age_at`, `note`, `exploitation`) stands for."""
    return _words().get((sort, fold(text) or text.strip()))


def not_known(text: str) -> bool:
    """Whether a cell is empty or says that nothing is known."""
    text = text.strip()
    return not text or ("not_known", fold(text) or text) in _words()
