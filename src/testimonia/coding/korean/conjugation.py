"""Stems of Korean verbs as they stand before an ending, made from the dictionary form.

`팔리다` gives 팔리 팔린 팔릴 팔림 팔립 팔려 팔렸: whatever ending follows, one of them is in the text. North
Korean -였- after 이 (팔리였다) is covered by the bare stem.
"""

from __future__ import annotations

from itertools import product

__all__ = ["expand", "stems"]

_FIRST, _COUNT = 0xAC00, 11172
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_MERGED = {"ㅣ": "ㅕ", "ㅜ": "ㅝ", "ㅗ": "ㅘ", "ㅚ": "ㅙ", "ㅏ": "ㅏ", "ㅓ": "ㅓ", "ㅐ": "ㅐ", "ㅔ": "ㅔ", "ㅕ": "ㅕ"}
_DROPS_EU = ("따르", "치르", "들르", "우러르")
_D_TO_L = ("듣", "걷", "싣", "깨닫", "일컫")
_B_TO_U = ("돕", "눕", "굽", "줍", "괴롭")
_S_DROPS = ("짓", "낫", "잇", "붓")
_PARTICLES = {
    "[을]": ("을", "를", "", "도", "만", "은", "는"), "[이]": ("이", "가", "", "은", "는", "도"),
    "[에]": ("에", "에게", "한테", "로", "으로", ""), "[으로]": ("으로", "로", ""),
}  # fmt: skip


def _parts(syllable: str) -> tuple[int, int, int]:
    code = ord(syllable) - _FIRST
    return code // 588, code % 588 // 28, code % 28


def _syllable(initial: int, vowel: int, final: int) -> str:
    return chr(_FIRST + initial * 588 + vowel * 28 + final)


def _with_final(syllable: str, final: str) -> str:
    initial, vowel, _ = _parts(syllable)
    return _syllable(initial, vowel, _FINALS.index(final))


def _inflected(infinitive: str) -> tuple[str, str]:
    return infinitive, infinitive[:-1] + _with_final(infinitive[-1], "ㅆ")


def _is_bright(syllable: str) -> bool:
    return _VOWELS[_parts(syllable)[1]] in "ㅏㅗㅑㅛ"


def _infinitive(stem: str) -> str:
    """The stem with 아 or 어, of an open last syllable."""
    head, last = stem[:-1], stem[-1]
    initial, vowel, _ = _parts(last)
    written = _VOWELS[vowel]
    if written == "ㅡ":
        bright = bool(head) and _is_bright(head[-1])
        if last == "르" and head and not stem.endswith(_DROPS_EU):
            return head[:-1] + _with_final(head[-1], "ㄹ") + ("라" if bright else "러")
        return head + _syllable(initial, _VOWELS.index("ㅏ" if bright else "ㅓ"), 0)
    if written in _MERGED:
        return head + _syllable(initial, _VOWELS.index(_MERGED[written]), 0)
    return stem + "어"


def _open(stem: str) -> set[str]:
    head, last = stem[:-1], stem[-1]
    found = {stem, *(head + _with_final(last, final) for final in "ㄴㄹㅁㅂ")}
    if last == "하":
        return found | {head + "해", head + "했"}
    return found | set(_inflected(_infinitive(stem)))


def _closed(stem: str) -> set[str]:
    head, last = stem[:-1], stem[-1]
    initial, vowel, final = _parts(last)
    if _FINALS[final] == "ㄹ":
        bare = _syllable(initial, vowel, 0)
        return {stem, *(head + _with_final(bare, end) for end in "ㄴㅂ"), head + bare + "는"}
    if last == "놓":
        return {stem, head + "놔", head + "놨"}
    if stem.endswith(_D_TO_L):
        return {stem, head + _with_final(last, "ㄹ")}
    if stem.endswith(_B_TO_U):
        bare = head + _syllable(initial, vowel, 0)
        return {stem, *(bare + end for end in ("우", "운", "울", "와", "왔", "워", "웠"))}
    if stem.endswith(_S_DROPS):
        return {stem, head + _syllable(initial, vowel, 0)}
    return {stem}


def stems(verb: str) -> frozenset[str]:
    """Every shape the stem of a dictionary form takes; ValueError unless it ends in 다."""
    if len(verb) < 2 or not verb.endswith("다") or not _FIRST <= ord(verb[-2]) < _FIRST + _COUNT:
        raise ValueError(f"{verb} is not the dictionary form of a Korean verb: it must end in 다")
    stem = verb[:-1]
    return frozenset(_open(stem) if _parts(stem[-1])[2] == 0 else _closed(stem))


def expand(form: str) -> list[str]:
    """A form with [을], [이], [에], [으로] written out in every way, without spaces."""
    pieces: list[tuple[str, ...]] = []
    rest = form.replace(" ", "")
    while rest:
        mark = next((m for m in _PARTICLES if rest.startswith(m)), None)
        pieces.append(_PARTICLES[mark] if mark else (rest[0],))
        rest = rest[len(mark) if mark else 1 :]
    return list(dict.fromkeys("".join(choice) for choice in product(*pieces)))
