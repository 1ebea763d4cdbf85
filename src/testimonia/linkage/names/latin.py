"""Names in Latin letters: Korean in any romanisation, or pinyin; in either order, joined or apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from testimonia.linkage.names.lattice import Node, node
from testimonia.linkage.names.letters import GIVEN_LENGTH, GIVEN_ONLY, SURNAME_ONLY, Found
from testimonia.linkage.names.spelling import PRIOR, SYSTEMS, Spelled, spelled, stripped
from testimonia.linkage.names.tables import FIRST, LATER, SURNAME, tables

__all__ = ["Word", "romanised", "words"]

PINYIN = 0.35  # share of Latin names that are pinyin
WESTERN = {"korean": 0.2, "pinyin": 0.04}  # given name first
LONGEST = 26  # letters of a word that is taken apart
NEVER = -1e9


@dataclass(frozen=True)
class Word:
    """A word of a name: its hyphened parts, and whether it stands in capitals among words that do not."""

    parts: tuple[str, ...]
    capitals: bool = False


@dataclass(frozen=True)
class Order:
    """Which words are the surname and which the given name, with the log share of that order."""

    surname: str
    given: tuple[str, ...]
    weight: float


def words(text: str) -> tuple[Word, ...]:
    """Words of letters a to z, ŏ, ŭ and apostrophes; capitals and other marks folded."""
    plain = _plain(text)
    found = re.findall(r"[^\W\d_][\w'\-]*", plain)
    upper = [one.isupper() and len(one) > 1 for one in found]
    mixed = any(upper) and not all(upper)
    return tuple(
        Word(parts, mixed and shout)
        for one, shout in zip(found, upper, strict=True)
        if (parts := tuple(part for part in one.lower().strip("'-").split("-") if part))
    )


def _plain(text: str) -> str:
    text = re.sub("[‘’ʼʻ`´′＇]", "'", unicodedata.normalize("NFKD", text)).replace("‐", "-").replace("–", "-")
    text = re.sub("([oOuU])[\u0306\u030c]", lambda m: {"o": "ŏ", "u": "ŭ", "O": "Ŏ", "U": "Ŭ"}[m[1]], text)
    text = re.sub("([uU])\u0308", "v", text)
    return "".join(char for char in text if not unicodedata.combining(char))


def romanised(found: Sequence[Word], comma: bool) -> Iterator[Found]:
    """Every way to read Latin words as a Korean name or as pinyin, with its log weight."""
    for order in _orders(found, comma):
        yield from _korean(order)
        yield from _chinese(order)


def _orders(found: Sequence[Word], comma: bool) -> Iterator[Order]:
    texts = [_joined(word) for word in found]
    rest = log(1 - GIVEN_ONLY - SURNAME_ONLY)
    if sum(len(text) for text in texts) > LONGEST:
        return
    if len(found) == 1 and len(found[0].parts) == 1:
        yield Order(texts[0], (), log(SURNAME_ONLY))
        for cut in range(1, min(len(texts[0]), 9)):
            yield Order(texts[0][:cut], (texts[0][cut:],), rest + log(0.04))
    if not comma:
        yield Order("", _parts(found), log(GIVEN_ONLY))
    if len(found) >= 2:
        first, last = (log(20.0) if word.capitals else 0.0 for word in (found[0], found[-1]))
        yield Order(texts[0], _parts(found[1:]), rest + first)
        if not comma:
            yield Order(texts[-1], _parts(found[:-1]), rest + last + log(0.2))
    if len(found) >= 3:
        yield Order(texts[0] + texts[1], _parts(found[2:]), rest)


def _joined(word: Word) -> str:
    return "".join(word.parts)


def _parts(found: Sequence[Word]) -> tuple[str, ...]:
    return tuple(part for word in found for part in word.parts)


# ------------------------------------------------------------------ Korean


def _korean(order: Order) -> Iterator[Found]:
    marked = any(char in "ŏŭ'" for text in (order.surname, *order.given) for char in text)
    for surname in _spellings(order.surname, SURNAME):
        for given in _segmented(order.given, "korean"):
            found = [one for one in (surname, *given) if one is not None]
            weights = _by_system(found, marked)
            weight = _logsum(weights) + order.weight + log(1 - PINYIN)
            if weight < -80:
                continue
            share = [exp(one - _logsum(weights)) for one in weights]
            nodes = [_korean_node(text, place, one, share) for text, place, one in found]
            yield _as_found(weight, nodes, bool(order.surname), len(given))


Piece = tuple[str, int, Spelled]


def _spellings(text: str, place: int) -> list[Piece | None]:
    """A text as one syllable (or a compound surname); [None] for no text, [] where it is none."""
    if not text:
        return [None]
    table = spelled(place)
    for form in dict.fromkeys((text, stripped(text))):
        if form in table:
            return [(text, place, table[form])]
    return []


def _by_system(found: Sequence[Piece], marked: bool) -> list[float]:
    weights = []
    for index, prior in enumerate(PRIOR):
        weight = log(prior) - (4.0 if marked and SYSTEMS[index] != "marked" else 0.0)
        for _, _, piece in found:
            weight += log(piece.total[index] + 1e-9)
        weights.append(weight)
    return weights


def _korean_node(text: str, place: int, piece: Spelled, share: Sequence[float]) -> Node:
    return _mixed_node(text, place, tuple(round(one, 2) for one in share))


@lru_cache(maxsize=65536)
def _mixed_node(text: str, place: int, share: tuple[float, ...]) -> Node:
    """A syllable whose system is known in part only: P(syllable) mixed over the systems."""
    table = spelled(place)
    piece = table.get(text) or table[stripped(text)]
    likelihood: dict[int, float] = {}
    for index, weight in enumerate(share):
        total = piece.total[index]
        for one, value in piece.likelihood.get(index, {}).items() if weight > 0 and total > 0 else ():
            likelihood[one] = likelihood.get(one, 0.0) + weight * value / total
    return node(text, "latin", place, likelihood, tables())


# ------------------------------------------------------------------ pinyin


def _chinese(order: Order) -> Iterator[Found]:
    known = tables()
    surname = stripped(order.surname)
    if surname and surname not in known.sound_prior[0]:
        return
    for given in _segmented(tuple(stripped_or_split(order.given)), "pinyin"):
        texts = [one for one, _, _ in given]
        weight = log(PINYIN) + order.weight
        weight += log(known.sound_prior[0][surname]) if surname else 0.0
        weight += sum(log(known.sound_prior[1][text] + 1e-9) for text in texts)
        nodes = [_pinyin_node(surname, SURNAME)] if surname else []
        nodes += [_pinyin_node(text, LATER if index else FIRST) for index, text in enumerate(texts)]
        yield _as_found(weight, nodes, bool(surname), len(texts))


def stripped_or_split(parts: Sequence[str]) -> Iterator[str]:
    """Pinyin parts an apostrophe separates, marks gone."""
    for part in parts:
        yield from (stripped(one) for one in part.split("'") if one)


@lru_cache(maxsize=8192)
def _pinyin_node(text: str, place: int) -> Node:
    known = tables()
    return node(text, "pinyin", place, known.sounds[min(place, 1)][text], known, sounds={text: 1.0})


# ------------------------------------------------------------------ shared


def _as_found(weight: float, nodes: Sequence[Node], has_surname: bool, size: int) -> Found:
    surname = nodes[0] if has_surname else None
    if not size:
        return weight, surname, None
    return weight + log(GIVEN_LENGTH.get(size, 1e-6)), surname, tuple(nodes[1:] if has_surname else nodes)


def _segmented(parts: tuple[str, ...], kind: str) -> Iterator[tuple[Piece, ...]]:
    """Every way to cut the parts of a given name into at most four syllables."""
    if not parts:
        yield ()
        return
    for cut in _cuts(parts, kind):
        yield tuple(_piece(text, LATER if index else FIRST, kind) for index, text in enumerate(cut))


def _piece(text: str, place: int, kind: str) -> Piece:
    if kind == "pinyin":
        return text, place, _NOTHING
    return text, place, _lookup(text, place)


_NOTHING = Spelled({}, ())


def _lookup(text: str, place: int) -> Spelled:
    table = spelled(place)
    return table.get(text) or table[stripped(text)]


@lru_cache(maxsize=65536)
def _cuts(parts: tuple[str, ...], kind: str) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = [()]
    for part in parts:
        grown = [(*row, *cut) for row in rows for cut in _cut(part, kind, len(row)) if len(row) + len(cut) <= 4]
        rows = grown[:64]
        if not rows:
            return ()
    return tuple(rows)


def _cut(part: str, kind: str, before: int) -> list[tuple[str, ...]]:
    """Ways to cut one part into syllables."""
    if not part:
        return [()]
    found = []
    for size in range(1, min(7 if kind == "pinyin" else 9, len(part)) + 1):
        head = part[:size]
        if _is_one(head, kind, before):
            found += [(head, *tail) for tail in (_cut(part[size:], kind, before + 1) if before < 4 else [])]
    return found


def _is_one(text: str, kind: str, before: int) -> bool:
    if kind == "pinyin":
        return text in tables().sounds[1]
    table = spelled(LATER if before else FIRST)
    return text in table or stripped(text) in table


def _logsum(weights: Sequence[float]) -> float:
    best = max(weights)
    return best + log(sum(exp(weight - best) for weight in weights))
