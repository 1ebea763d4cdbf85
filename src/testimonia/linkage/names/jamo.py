"""Hangul syllables taken apart and put together, South and North Korean spelling, and what is misheard for what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary

__all__ = ["BASE", "CODAS", "ONSETS", "VOWELS", "is_syllable", "join", "near", "reduced", "split", "unreduced"]

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
BASE, LAST = 0xAC00, 0xD7A3
Y_VOWELS = frozenset("ㅑㅒㅕㅖㅛㅠㅣ")

SHARES = (0.62, 0.26, 0.12)  # of slips: in the vowel, in the coda, in the onset


def is_syllable(char: str) -> bool:
    """Whether a character is one composed Hangul syllable."""
    return BASE <= ord(char) <= LAST


def split(syllable: str) -> tuple[str, str, str]:
    """Onset, vowel and coda ('' if none) of one syllable."""
    code = ord(syllable) - BASE
    return ONSETS[code // 588], VOWELS[code % 588 // 28], CODAS[code % 28]


def join(onset: str, vowel: str, coda: str) -> str:
    """The syllable of an onset, a vowel and a coda."""
    return chr(BASE + ONSETS.index(onset) * 588 + VOWELS.index(vowel) * 28 + CODAS.index(coda))


@cache
def reduced(syllable: str) -> str:
    """How South Korean spelling writes a syllable at the start of a word: 리 is 이, 로 is 노, 녀 is 여."""
    onset, vowel, coda = split(syllable)
    if onset == "ㄹ":
        onset = "ㅇ" if vowel in Y_VOWELS else "ㄴ"
    elif onset == "ㄴ" and vowel in Y_VOWELS:
        onset = "ㅇ"
    return join(onset, vowel, coda)


@cache
def unreduced(syllable: str) -> tuple[str, ...]:
    """All syllables that South Korean spelling may write so at the start of a word, itself first."""
    onset, vowel, coda = split(syllable)
    onsets = {"ㅇ": "ㄹㄴ" if vowel in Y_VOWELS else "", "ㄴ": "" if vowel in Y_VOWELS else "ㄹ"}.get(onset, "")
    return (syllable, *(join(one, vowel, coda) for one in onsets))


@cache
def near(syllable: str) -> Mapping[str, float]:
    """What a syllable is misheard or misread as, with shares that sum to one."""
    onset, vowel, coda = split(syllable)
    like = _like()
    others = (
        [join(onset, one, coda) for one in like.get(("vowel", vowel), ())],
        [join(onset, vowel, one) for one in like.get(("coda", coda), ())],
        [join(one, vowel, coda) for one in like.get(("onset", onset), ())],
    )
    weights: dict[str, float] = {}
    for share, found in zip(SHARES, others, strict=True):
        for rank, one in enumerate(found):
            weights[one] = share * 0.5**rank
    total = sum(weights.values()) or 1.0
    return MappingProxyType({one: weight / total for one, weight in weights.items()})


@cache
def _like() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """What a part of a syllable is taken for, likeliest first."""
    return {
        (row["part"], row["jamo"].strip("-")): tuple(one.strip("-") for one in row["as"])
        for row in vocabulary.rows("names/misheard")
    }
