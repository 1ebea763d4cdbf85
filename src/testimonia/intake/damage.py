"""Signs that a text has lost something that no written language leaves out.

A text that was stripped of digits, punctuation, capitals or function words, that was read badly from paper or
decoded wrongly, still reads as words, and a count taken out of it is worth nothing. Each sign alone has
innocent causes; what is flagged has signs that do not occur together in headlines, tables, lists or laws.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from testimonia import vocabulary
from testimonia.intake.language import function_words

__all__ = ["LOCAL", "Sign", "is_damaged", "signs"]

Sign = str
SAMPLE = 20_000  # characters that are looked at
FEWEST_WORDS = 15  # Latin-script words below which nothing is said about words
FEWEST_CHARACTERS = 60  # Hangul or Han characters below which nothing is said about spacing
LONG = {"ko": 80, "zh": 60}  # Hangul or Han characters without any punctuation that no writer leaves
LOCAL = frozenset({"lost_glyphs", "replacement_characters"})  # say nothing about the rest of a document
CONCLUSIVE = frozenset({"broken_spacing", "lost_glyphs", "replacement_characters", "no_digits"})

WORD = re.compile("[^\\W\\d_]+")
PUNCTUATION = re.compile("[.,;:!?()\"“”‘’，。、；：！？「」『』《》（）…·—–|/\\t]|['-]")
HANGUL = re.compile("[가-힣]")
HANGUL_TOKEN = re.compile("[가-힣]+")
HAN = re.compile("[\u4e00-\u9fff]")
HAN_GAP = re.compile("(?<=[\u4e00-\u9fff])(?<![条條章节節款项項编編日年月号號届屆者]) (?=[\u4e00-\u9fff])")
CLAUSE_MARK = re.compile("[，。；：]")
LOST = re.compile("[■▇█▮◼]|□{2,}|�")
MASK = re.compile("■(?=\\s)")
CONFUSED = re.compile("(?<![A-Za-z])(?:[lIO]\\s?\\.?\\d|\\d\\s?[lO](?![A-Za-z])|\\d[lO]\\d)")
MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)


def signs(text: str, language: str) -> tuple[Sign, ...]:
    """The signs of damage in a text, in a fixed order.

    no_punctuation, no_digits (places where digits stood are empty), no_function_words, no_capitals,
    broken_spacing, replacement_characters, lost_glyphs (blocks for characters, letters for digits). Texts
    too short to tell have none. `language` is a BCP 47 code.
    """
    sample = text[:SAMPLE]
    found = list(_decoding(sample))
    primary = language.partition("-")[0]
    if primary == "en":
        found += _english(sample)
    elif primary == "ko":
        found += _korean(sample)
    elif primary == "zh":
        found += _chinese(sample)
    return tuple(found)


def is_damaged(found: Iterable[Sign]) -> bool:
    """Whether these signs together are damage: one that is conclusive, or two that are not."""
    held = frozenset(found)
    return bool(held & CONCLUSIVE) or len(held) > 1


def _decoding(text: str) -> list[Sign]:
    found = []
    if "\ufffd" in text or len(MOJIBAKE.findall(text)) > 4:
        found.append("replacement_characters")
    if text.isascii():
        return found
    marks = [mark for mark in LOST.findall(text) if mark != "\ufffd"]
    bullets = len(MASK.findall(text))
    if len(marks) - bullets >= 2 or (HAN.search(text) and len(CONFUSED.findall(text)) >= 2):
        found.append("lost_glyphs")
    return found


@cache
def _gaps(language: str) -> re.Pattern[str]:
    rows = vocabulary.rows("intake/damage")
    return re.compile("|".join(r["term"] for r in rows if r["language"] == language and r["class"] == "gap"))


def _lost_digits(text: str, language: str) -> bool:
    """Whether two empty places for digits stand in the text, and two more in each thousand characters."""
    return sum(1 for _ in _gaps(language).finditer(text)) >= 2 + len(text) // 500


def _english(text: str) -> list[Sign]:
    words = WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return []
    found = []
    if not _has_punctuation(text, len(words)):
        found.append("no_punctuation")
    if _lost_digits(text, "en") and not re.search(r"\d", text):
        found.append("no_digits")
    function = sum(1 for word in words if word.lower() in function_words("en"))
    if function < 0.08 * len(words):
        found.append("no_function_words")
    if not any(word[0].isupper() for word in words):
        found.append("no_capitals")
    return found


def _has_punctuation(text: str, words: int) -> bool:
    """At least one mark in eighty words: the sparsest prose has one in twenty-five."""
    return len(PUNCTUATION.findall(text)) > words // 80


def _korean(text: str) -> list[Sign]:
    syllables = len(HANGUL.findall(text))
    if syllables < FEWEST_CHARACTERS:
        return []
    found = []
    if syllables >= LONG["ko"] and not _has_punctuation(text, syllables // 4):
        found.append("no_punctuation")
    if _lost_digits(text, "ko"):
        found.append("no_digits")
    tokens = HANGUL_TOKEN.findall(text)
    glued = syllables > 9 * len(tokens)
    scattered = len(tokens) >= 20 and sum(len(t) == 1 for t in tokens) > 0.75 * len(tokens)
    if glued or scattered or _unspaced(text, syllables):
        found.append("broken_spacing")
    return found


def _unspaced(text: str, syllables: int) -> bool:
    """Fewer than one space in sixteen syllables; Korean has one in three or four."""
    return sum(text.count(space) for space in " \n\t\u3000\u00a0") * 16 < syllables


def _chinese(text: str) -> list[Sign]:
    characters = len(HAN.findall(text))
    if characters < FEWEST_CHARACTERS // 2:
        return []
    found = []
    if characters >= LONG["zh"] and not PUNCTUATION.search(text):
        found.append("no_punctuation")
    if _lost_digits(text, "zh"):
        found.append("no_digits")
    if _is_torn(text):
        found.append("broken_spacing")
    return found


def _is_torn(text: str) -> bool:
    """Spaces inside the sentences of Chinese text, which has none; rows of tables do not count."""
    lines = [line for line in text.split("\n") if CLAUSE_MARK.search(line)]
    gaps = sum(len(HAN_GAP.findall(line)) for line in lines)
    return gaps >= 3 and gaps * 60 > sum(len(line) for line in lines)
