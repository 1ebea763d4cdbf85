"""Why two names are or are not the same, in words that name the readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from testimonia.linkage.names.aligning import Aligned, Syllables
from testimonia.linkage.names.jamo import BASE, split
from testimonia.linkage.names.lattice import Lattice, Node, Reading
from testimonia.linkage.names.tables import COMPOUND, SURNAME, tables

__all__ = ["explained", "spoken"]

MERGED = (frozenset("ㅓㅗ"), frozenset("ㅕㅛ"), frozenset("ㅡㅜ"))
OPEN_MERGED, OPEN = 0.1, 0.3  # share from which another reading of a spelling stays open


def explained(best: Aligned) -> tuple[str, bool]:
    """One line on two aligned names, and whether the names leave open which of two syllables or characters is meant."""
    told = [_told(one) for one in best.syllables]
    left_open = [said for _, others in told for said in others]
    said = [*_order(best), *(one for one, _ in told), *_length(best), *left_open]
    return "; ".join(dict.fromkeys(said)) or "nothing in one name can be set beside the other", bool(left_open)


@lru_cache(maxsize=1 << 18)
def _told(one: Syllables) -> tuple[str, tuple[str, ...]]:
    """What is said of two syllables, and what they leave open although they agree."""
    return _syllable(one), tuple(said for said in (_merging(one), _other_character(one)) if said)


def spoken(lattice: Lattice) -> str:
    """The readings of a name with their shares: "김 영 희 (76 %), 김 용 희"."""
    rows = [f"{_row(one)} ({one.weight:.0%})" if len(lattice.readings) > 1 else _row(one) for one in lattice.readings]
    return "; ".join(rows[:3])


def _row(reading: Reading) -> str:
    parts = [] if reading.surname is None else [_options(reading.surname)]
    return " ".join([*parts, *(_options(node) for node in reading.given or ())])


@lru_cache(maxsize=1 << 16)
def _options(node: Node) -> str:
    """A syllable's readings, the likeliest first: 영/용."""
    found = [one for one, share in node.syllables.items() if share >= OPEN_MERGED]
    return "/".join(tables().hangul(one) for one in found[:3]) or node.token


def _order(best: Aligned) -> Iterator[str]:
    for one, other in ((best.left, best.right), (best.right, best.left)):
        if one.surname is None and other.surname is not None:
            yield f"{_whole(one)} has no surname"
        if one.given is None and other.given is not None:
            yield f"{_whole(one)} has no given name"


def _whole(reading: Reading) -> str:
    nodes = ([reading.surname] if reading.surname is not None else []) + list(reading.given or ())
    gap = "" if all(node.script in ("hangul", "han") for node in nodes) else " "
    return gap.join(_shown(node) for node in nodes)


def _length(best: Aligned) -> Iterator[str]:
    if best.lengths_differ:
        yield f"given names of {len(best.left.given or ())} and of {len(best.right.given or ())} syllables"


def _shown(node: Node) -> str:
    return node.token if node.script in ("hangul", "han") else node.token.capitalize()


def _syllable(one: Syllables) -> str:
    """One syllable of each name set side by side."""
    if "raw" in (one.left.script, one.right.script):
        same = one.left.token == one.right.token
        return f"{_shown(one.left)} in both" if same else f"{_shown(one.left)} beside {_shown(one.right)}"
    if one.both is None:
        return f"{_meaning(one.left)} is not {_meaning(one.right)}"
    if one.slip:
        return f"{_meaning(one.left)} could be a slip for {_meaning(one.right)}, or the other way"
    return _agreement(one)


def _agreement(one: Syllables) -> str:
    if one.both == -1:
        return f"{_shown(one.left)} in both"
    order = ("han", "pinyin", "hangul", "latin")
    first, second = sorted((one.left, one.right), key=lambda node: order.index(node.script))
    read = tables().hangul(one.both) if one.both is not None else "?"
    return {
        ("han", "han"): _two_characters,
        ("han", "pinyin"): _character_and_pinyin,
        ("han", "hangul"): _character_and_hangul,
        ("han", "latin"): _character_and_latin,
        ("pinyin", "pinyin"): _two_pinyin,
        ("pinyin", "hangul"): _pinyin_and_hangul,
        ("pinyin", "latin"): _pinyin_and_latin,
        ("hangul", "hangul"): _two_hangul,
        ("hangul", "latin"): _hangul_and_latin,
        ("latin", "latin"): _two_latin,
    }[first.script, second.script](first, second, read, one.place)


def _two_characters(first: Node, second: Node, read: str, place: int) -> str:
    if first.token == second.token:
        return f"{first.token} in both"
    if set(first.shapes) & set(second.shapes):
        return f"{first.token} and {second.token} are one character"
    return f"{first.token} and {second.token} both read {read} but are other characters"


def _character_and_pinyin(first: Node, second: Node, read: str, place: int) -> str:
    if set(first.sounds) & set(second.sounds):
        return f"{_shown(second)} is pinyin of {first.token}"
    return f"{first.token} reads {read}, and so can a character that is {_shown(second)} in pinyin"


def _character_and_hangul(first: Node, second: Node, read: str, place: int) -> str:
    equal = f"{first.token} = {read}" if place == SURNAME else f"{first.token} reads {read}"
    return equal if second.token == read else f"{equal}, written {second.token}"


def _character_and_latin(first: Node, second: Node, read: str, place: int) -> str:
    return f"{first.token} reads {read}, spelt {_shown(second)}"


def _two_pinyin(first: Node, second: Node, read: str, place: int) -> str:
    if first.token == second.token:
        return f"{_shown(first)} in both"
    if set(first.sounds) & set(second.sounds):
        return f"{_shown(first)} and {_shown(second)} are one pinyin syllable, one with a slip"
    return f"{_shown(first)} and {_shown(second)} are pinyin of characters read {read}"


def _pinyin_and_hangul(first: Node, second: Node, read: str, place: int) -> str:
    char = _example(read, tuple(first.sounds), place)
    said = f"{_shown(first)} is pinyin of {char}, read {read}" if char else f"{_shown(first)} can be read {read}"
    return said if second.token == read else f"{said} and written {second.token}"


def _pinyin_and_latin(first: Node, second: Node, read: str, place: int) -> str:
    char = _example(read, tuple(first.sounds), place)
    said = f"{_shown(first)} is pinyin of {char}, read {read}" if char else f"{_shown(first)} can be read {read}"
    return f"{said} and spelt {_shown(second)}"


def _two_hangul(first: Node, second: Node, read: str, place: int) -> str:
    if first.token == second.token:
        return f"{first.token} in both"
    short = next((one for one in (first, second) if one.token != read), second)
    return f"{short.token} is the South Korean spelling of {read}"


def _hangul_and_latin(first: Node, second: Node, read: str, place: int) -> str:
    note = "" if first.token == read else f" (South Korean {first.token})"
    return f"{_shown(second)} spells {read}{note}"


def _two_latin(first: Node, second: Node, read: str, place: int) -> str:
    if first.token == second.token:
        return f"{_shown(first)} in both"
    return f"{_shown(first)} and {_shown(second)} both spell {read}"


@lru_cache(maxsize=4096)
def _example(read: str, sounds: tuple[str, ...], place: int) -> str:
    """The commonest character of names with one of these pinyin and this reading; "" where there is none."""
    role = min(place, 1)
    said = tables().pinyin_of[role]
    found = (
        (weight * said.get(shape, {}).get(sound, 0.0), shape)
        for sound in sounds
        for shape, weight in _written(role).get(_number(read), ())
    )
    weight, shape = max(found, default=(0.0, 0))
    return chr(shape) if weight > 0 and shape < 0x40000 else ""


@cache
def _written(role: int) -> Mapping[int, Sequence[tuple[int, float]]]:
    """Characters of each reading, with their shares."""
    found: dict[int, list[tuple[int, float]]] = {}
    for shape, parts in tables().shapes[role].items():
        for one, weight in parts.items():
            found.setdefault(one, []).append((shape, weight))
    return found


def _number(read: str) -> int:
    return ord(read) - BASE if len(read) == 1 else tables().compounds[read]


@lru_cache(maxsize=1 << 16)
def _meaning(node: Node) -> str:
    """A syllable as written, with its likeliest reading where that is not the same."""
    shown, read = _shown(node), _options(node)
    return shown if read in (node.token, shown) else f"{shown} ({read})"


# ------------------------------------------------------------------ what stays open


def _merging(one: Syllables) -> str:
    """Whether one side is a spelling that another syllable shares, and the other side is not the same spelling."""
    if one.both is None or one.slip or not 0 <= one.both < COMPOUND or one.left.token == one.right.token:
        return ""
    for side, other in ((one.left, one.right), (one.right, one.left)):
        if side.script != "latin":
            continue
        rivals = [rival for rival in side.syllables if rival != one.both and _open(side, other, one.both, rival)]
        if rivals:
            names = " or ".join(tables().hangul(number) for number in (one.both, rivals[0]))
            return f"{_shown(side)} spells {names}: names alone cannot separate them"
    return ""


def _open(side: Node, other: Node, both: int, rival: int) -> bool:
    """Whether a rival reading stays open on one side while the other side says which of the two it is."""
    if rival >= COMPOUND or other.syllables.get(rival, 0.0) >= OPEN * other.syllables.get(both, 0.0):
        return False
    a, b = (split(chr(BASE + one)) for one in (both, rival))
    merged = a[0] == b[0] and a[2] == b[2] and frozenset((a[1], b[1])) in MERGED
    share = side.syllables[rival] / (side.syllables[rival] + side.syllables.get(both, 0.0))
    return share >= (OPEN_MERGED if merged else OPEN)


def _other_character(one: Syllables) -> str:
    """What two characters with one reading leave open."""
    if one.place == SURNAME or not (one.left.script == one.right.script == "han") or one.both is None:
        return ""
    same = one.left.token == one.right.token or set(one.left.shapes) & set(one.right.shapes)
    return "" if same else "a name written by ear can take either character"
