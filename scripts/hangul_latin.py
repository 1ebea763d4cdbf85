"""Latin spellings of a Hangul place name: Revised, McCune-Reischauer without marks, and what writers mix."""

from __future__ import annotations

__all__ = ["spellings"]

def _table(words: str) -> list[str]:
    return ["" if word == "-" else word for word in words.split()]


INITIAL = _table("g kk n d tt r m b pp s ss - j jj ch k t p h")
VOWEL = _table("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
FINAL = _table("- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
MR_VOWEL = _table("a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i")
HARD = {"g": "k", "d": "t", "b": "p", "j": "ch", "r": "r"}


def _parts(syllable: str) -> tuple[int, int, int]:
    code = ord(syllable) - 0xAC00
    return code // 588, code % 588 // 28, code % 28


def _spell(name: str, vowels: list[str], hard_start: bool) -> str:
    out, previous = "", ""
    for index, syllable in enumerate(name):
        initial, vowel, final = _parts(syllable)
        onset, coda = INITIAL[initial], FINAL[final]
        if index == 0 and hard_start:
            onset = HARD.get(onset, onset)
        if previous == "n" and onset == "r":
            out, onset = out[:-1] + "l", "l"
        elif previous in {"ng", "m"} and onset == "r":
            onset = "n" if vowels is VOWEL else "r"
        elif previous == "k" and onset == "":
            out = out[:-1] + "g"
        out += onset + vowels[vowel] + coda
        previous = coda
    return out.capitalize()


def spellings(name: str) -> list[str]:
    """Distinct spellings, most official first; empty for anything that is not all Hangul."""
    if not name or not all("\uac00" <= char <= "\ud7a3" for char in name):
        return []
    forms = [_spell(name, vowels, hard) for vowels in (VOWEL, MR_VOWEL) for hard in (False, True)]
    return list(dict.fromkeys(forms))
