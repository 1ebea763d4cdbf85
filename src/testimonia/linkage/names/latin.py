"""Names in Latin letters: Korean in any romanisation, or pinyin; in either order, joined or apart, with a slip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from heapq import nlargest
from math import exp, log
from typing import NamedTuple

from testimonia.linkage.names.lattice import Found, Named, Node, node
from testimonia.linkage.names.letters import GIVEN_LENGTH, GIVEN_ONLY, SURNAME_ONLY
from testimonia.linkage.names.slips import slipped_pinyin, slipped_spelling
from testimonia.linkage.names.spelling import PRIOR, SYSTEMS, Spelled, spelled, stripped
from testimonia.linkage.names.tables import FIRST, LATER, SURNAME, tables

__all__ = ["Word", "romanised", "words"]

PINYIN = 0.35  # share of Latin names that are pinyin
GIVEN_FIRST = (0.2, 0.1, 0.05, 0.01, 0.3, 0.04)  # with the given name first, by system and in pinyin
CAPITALS = 20.0  # how much likelier a word alone in capitals is the surname
JOINED = 0.04  # surname and given name in one word
TONED = 3.0  # what a breve speaks against pinyin: a caron that was copied badly
UNMARKED = 4.0  # what it costs to read breves and apostrophes in a system without them
LONGEST = 26  # letters of a name that is taken apart
STRANGE = -20.5  # where the best reading is less likely than this, slips are looked for
ROWS, WEIGHED = 24, 16  # ways to cut a given name that are kept, ways to read a name that are weighed exactly
TINY = 1e-9


@dataclass(frozen=True)
class Word:
    """A word of a name: its hyphened parts, and whether it stands in capitals among words that do not."""

    parts: tuple[str, ...]
    capitals: bool = False


@dataclass(frozen=True)
class Order:
    """Which letters are the surname and which the given name, with the log share of that order."""

    surname: str
    given: tuple[str, ...]
    weight: float
    given_first: bool = False


class Piece(NamedTuple):
    """Letters taken as one syllable in a place of the name, right or with a slip."""

    text: str
    place: int
    slipped: bool = False


def words(text: str) -> tuple[Word, ...]:
    """Words of letters a to z, ŏ, ŭ and apostrophes; capitals and other marks folded, digits among letters kept."""
    found = [
        one for one in re.findall(r"[^\W_][\w'\-]*", _untoned(_plain(text))) if any(char.isalpha() for char in one)
    ]
    upper = [one.isupper() and len(one) > 1 for one in found]
    mixed = any(upper) and not all(upper)
    return tuple(
        Word(parts, mixed and shout)
        for one, shout in zip(found, upper, strict=True)
        if (parts := tuple(part for part in one.lower().strip("'-").split("-") if part))
    )


def _untoned(text: str) -> str:
    """Without the digits of tones, where every syllable has one: Jin1 Ying1ji1."""
    return re.sub(r"[1-5]", "", text) if re.fullmatch(r"\s*(?:[A-Za-z:]+[1-5][\s,'-]*)+", text) else text


def _plain(text: str) -> str:
    text = re.sub("[‘’ʼʻ`´′＇]", "'", unicodedata.normalize("NFKD", text)).replace("‐", "-").replace("–", "-")
    text = re.sub("([oOuU])[\u0306\u030c]", lambda m: {"o": "ŏ", "u": "ŭ", "O": "Ŏ", "U": "Ŭ"}[m[1]], text)
    text = re.sub("([uU])\u0308", "v", text)
    return "".join(char for char in text if not unicodedata.combining(char))


def romanised(found: Sequence[Word], comma: bool) -> list[Found]:
    """The likeliest ways to read Latin words as a Korean name or as pinyin, with their log weights.

    Slips of one letter are looked for only where no reading without one is likely.
    """
    orders = list(_orders(found, comma))
    read = _weighed([one for order in orders for one in _candidates(order, slips=0)])
    if max((one.weight for one in read), default=-99.0) < STRANGE:
        read += _weighed([one for order in orders for one in _candidates(order, slips=1)])
    return read


class Candidate(NamedTuple):
    """Letters cut into pieces, before their exact weight is known."""

    rough: float
    order: Order
    pieces: tuple[Piece, ...]
    kind: str


def _weighed(found: Sequence[Candidate]) -> list[Found]:
    """The exact weights of those that come near the best."""
    best = nlargest(WEIGHED, found, key=lambda one: one.rough)
    return [(_korean if one.kind == "korean" else _chinese)(one.order, one.pieces) for one in best]


def _candidates(order: Order, slips: int) -> Iterator[Candidate]:
    for kind, share, named in (
        ("korean", 1 - PINYIN, (order.surname, order.given)),
        ("pinyin", PINYIN, (stripped(order.surname), tuple(_split(order.given)))),
    ):
        for surname, left, weight in _surnames(named[0], kind, slips):
            for more, given in _segmented(named[1], kind, left):
                length = log(GIVEN_LENGTH.get(len(given), 1e-6)) if given else 0.0
                yield Candidate(log(share) + order.weight + weight + more + length, order, (*surname, *given), kind)


def _orders(found: Sequence[Word], comma: bool) -> Iterator[Order]:
    texts = ["".join(word.parts) for word in found]
    rest = log(1 - GIVEN_ONLY - SURNAME_ONLY)
    if sum(len(text) for text in texts) > LONGEST:
        return
    if len(found) == 1 and len(found[0].parts) == 1:
        yield Order(texts[0], (), log(SURNAME_ONLY))
        for cut in range(1, min(len(texts[0]), 9)):
            yield Order(texts[0][:cut], (texts[0][cut:],), rest + log(JOINED))
    if not comma:
        yield Order("", _parts(found), log(GIVEN_ONLY))
    if len(found) >= 2:
        first, last = (log(CAPITALS) if word.capitals else 0.0 for word in (found[0], found[-1]))
        yield Order(texts[0], _parts(found[1:]), rest + first)
        if not comma:
            yield Order(texts[-1], _parts(found[:-1]), rest + last, given_first=True)
    if len(found) >= 3:
        yield Order(texts[0] + texts[1], _parts(found[2:]), rest)


def _parts(found: Sequence[Word]) -> tuple[str, ...]:
    return tuple(part for word in found for part in word.parts)


def _split(parts: Sequence[str]) -> Iterator[str]:
    """Pinyin parts an apostrophe separates, marks gone."""
    for part in parts:
        yield from (stripped(one) for one in part.split("'") if one)


# ------------------------------------------------------------------ cutting into syllables


def _surnames(text: str, kind: str, slips: int) -> Iterator[tuple[tuple[Piece, ...], int, float]]:
    """A surname as a piece, the slips left for the given name, its log weight; nothing where it is none."""
    if not text:
        yield (), slips, 0.0
        return
    for slipped in (False, True)[: 1 + slips]:
        piece = Piece(text, SURNAME, slipped)
        weight = _weight(piece, kind)
        if weight is not None:
            yield (piece,), slips - slipped, weight


def _segmented(parts: tuple[str, ...], kind: str, slips: int) -> Sequence[tuple[float, tuple[Piece, ...]]]:
    """The likeliest ways to cut the parts of a given name into at most four syllables, with just so many slips."""
    return _cuts(parts, kind, slips) if parts else ((0.0, ()),) if not slips else ()


@lru_cache(maxsize=65536)
def _cuts(parts: tuple[str, ...], kind: str, slips: int) -> tuple[tuple[float, tuple[Piece, ...]], ...]:
    rows: list[tuple[float, tuple[Piece, ...], int]] = [(0.0, (), slips)]
    for part in parts:
        rows = [
            (weight + more, (*row, *cut), left)
            for weight, row, before in rows
            for more, cut, left in _cut(part, kind, len(row), before)
        ]
        rows = nlargest(ROWS, rows, key=lambda one: one[0])
    return tuple((weight, row) for weight, row, left in rows if not left)


def _cut(part: str, kind: str, before: int, slips: int) -> list[tuple[float, tuple[Piece, ...], int]]:
    """Ways to cut one part into syllables: log weight, pieces, slips left."""
    if not part:
        return [(0.0, (), slips)]
    if before == 4:
        return []
    found = []
    for size in range(1, min(8, len(part)) + 1):
        for slipped in (False, True)[: 1 + slips]:
            piece = Piece(part[:size], LATER if before else FIRST, slipped)
            weight = _weight(piece, kind)
            if weight is not None:
                rest = _cut(part[size:], kind, before + 1, slips - slipped)
                found += [(weight + more, (piece, *tail), left) for more, tail, left in rest]
    return found


@lru_cache(maxsize=65536)
def _weight(piece: Piece, kind: str) -> float | None:
    """Log of how common a piece is as a syllable, None where it is none."""
    if kind == "pinyin":
        total = sum(_pinyin_weights(piece).values())
    else:
        entry = _spelling(piece)
        total = max(entry.total) if entry else 0.0
    return log(total) if total > 0 else None


# ------------------------------------------------------------------ Korean


def _korean(order: Order, pieces: tuple[Piece, ...]) -> Found:
    marked = any(char in "ŏŭ'" for text in (order.surname, *order.given) for char in text)
    weights = _by_system(pieces, marked, order.given_first)
    together = _logsum(weights)
    share = tuple(round(exp(one - together), 2) for one in weights)
    return _as_found(together + order.weight + log(1 - PINYIN), pieces, bool(order.surname), share)


def _turned(system: int, given_first: bool) -> float:
    """Log share of the order of a name among writers of a system."""
    return log(GIVEN_FIRST[system] if given_first else 1 - GIVEN_FIRST[system])


def _spelling(piece: Piece) -> Spelled | None:
    """What a piece can spell; a text without its marks where it is nothing with them."""
    if piece.slipped:
        return slipped_spelling(stripped(piece.text), piece.place)
    table = spelled(piece.place)
    return table.get(piece.text) or table.get(stripped(piece.text))


def _by_system(pieces: Sequence[Piece], marked: bool, given_first: bool) -> list[float]:
    weights = [log(prior) + _turned(index, given_first) for index, prior in enumerate(PRIOR)]
    for index, system in enumerate(SYSTEMS):
        weights[index] -= UNMARKED if marked and system != "marked" else 0.0
    for piece in pieces:
        entry = _spelling(piece)
        for index in range(len(SYSTEMS)):
            weights[index] += log((entry.total[index] if entry else 0.0) + TINY)
    return weights


@lru_cache(maxsize=65536)
def _korean_node(piece: Piece, share: tuple[float, ...]) -> Node:
    """A syllable whose system is known in part only: P(syllable) mixed over the systems."""
    entry = _spelling(piece)
    likelihood: dict[int, float] = {}
    for index, weight in enumerate(share) if entry else ():
        total = entry.total[index] if entry else 0.0
        for one, value in entry.likelihood.get(index, {}).items() if entry and weight > 0 and total > 0 else ():
            likelihood[one] = likelihood.get(one, 0.0) + weight * value / total
    return node(piece.text, "latin", piece.place, likelihood, tables())


# ------------------------------------------------------------------ pinyin


def _chinese(order: Order, pieces: tuple[Piece, ...]) -> Found:
    weight = log(PINYIN) + order.weight + _turned(len(PRIOR), order.given_first)
    weight -= TONED if any(char in "ŏŭ" for text in (order.surname, *order.given) for char in text) else 0.0
    weight += sum(_weight(piece, "pinyin") or 0.0 for piece in pieces)
    return _as_found(weight, pieces, bool(order.surname), None)


def _pinyin_weights(piece: Piece) -> Mapping[str, float]:
    """P(pinyin and this text) of each pinyin a piece can be."""
    role = min(piece.place, 1)
    common = tables().sound_prior[role]
    if piece.slipped:
        return {one: share * common[one] for one, share in slipped_pinyin(piece.text, role).items()}
    return {piece.text: common[piece.text]} if piece.text in common else {}


@lru_cache(maxsize=65536)
def _pinyin_node(piece: Piece) -> Node:
    known, weights = tables(), _pinyin_weights(piece)
    total = sum(weights.values())
    likelihood: dict[int, float] = {}
    for sound, weight in weights.items():
        share = weight / total / known.sound_prior[min(piece.place, 1)][sound]
        for one, value in known.sounds[min(piece.place, 1)][sound].items():
            likelihood[one] = likelihood.get(one, 0.0) + share * value
    sounds = {sound: weight / total for sound, weight in weights.items() if weight > 0.02 * total}
    return node(piece.text, "pinyin", piece.place, likelihood, known, sounds=sounds)


# ------------------------------------------------------------------ shared


def _as_found(weight: float, pieces: tuple[Piece, ...], has_surname: bool, share: tuple[float, ...] | None) -> Found:
    size = len(pieces) - has_surname
    length = log(GIVEN_LENGTH.get(size, 1e-6)) if size else 0.0
    return Found(weight + length, partial(_nodes, pieces, has_surname, share))


def _nodes(pieces: tuple[Piece, ...], has_surname: bool, share: tuple[float, ...] | None) -> Named:
    """Surname and given name, where the reading is among those kept."""
    nodes = [_korean_node(one, share) if share is not None else _pinyin_node(one) for one in pieces]
    surname, given = (nodes[0], nodes[1:]) if has_surname else (None, nodes)
    return surname, tuple(given) or None


def _logsum(weights: Sequence[float]) -> float:
    best = max(weights)
    return best + log(sum(exp(weight - best) for weight in weights))
