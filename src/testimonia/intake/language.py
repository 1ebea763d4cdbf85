"""The language of a passage, by its script first.

Hangul is Korean, kana Japanese, Han Chinese (simplified or traditional by the characters that only one of the
two has), Latin letters English where its function words or its endings show; all else is undetermined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from testimonia import vocabulary

__all__ = ["dominant", "function_words", "identify"]

SAMPLE = 1500  # characters that are looked at
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+")
KANA = re.compile("[\u3041-\u30fa\u30fc-\u30ff]+")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]+")
OTHER = re.compile(
    "[^\\W\\d_\u0000-\u024f\u1100-\u11ff\u3041-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+"
)
WORD = re.compile("[a-z\u00e0-\u024f]+(?:['’][a-z]+)?")
LETTERS_PER_SYLLABLE = 2.5  # a Hangul syllable or a Han character says as much as this many Latin letters
MIXED = 2.5  # Han characters to a Hangul syllable up to which a text is Korean in mixed script
ENGLISH_ENDING = re.compile(
    "(?:ing|tion|tions|ment|ments|ness|ers|ted|sed|ned|red|ked|led|ies|ship|ally|ful|ght|ould)$"
)


def identify(text: str, default: str = "und") -> str:
    """BCP 47 code of a text: en, ko, ja, zh-Hans, zh-Hant, zh, or und.

    `default` answers for a text without letters, and for a Latin text too short to tell where it is "en".
    """
    sample = text[:SAMPLE]
    if sample.isascii():
        return _latin(sample, default)
    counts = {name: sum(map(len, pattern.findall(sample))) for name, pattern in _SCRIPTS}
    if not any(counts.values()):
        return default
    script = max(counts, key=lambda name: _weight(name, counts[name]))
    if script == "latin":
        return _latin(sample, default)
    if script == "other":
        return "und"
    return _east_asian(sample, counts)


_SCRIPTS = (("hangul", HANGUL), ("kana", KANA), ("han", HAN), ("latin", LATIN), ("other", OTHER))


def _weight(script: str, count: int) -> float:
    return count if script in ("latin", "other") else count * LETTERS_PER_SYLLABLE


def _east_asian(sample: str, counts: dict[str, int]) -> str:
    hangul, kana, han = counts["hangul"], counts["kana"], counts["han"]
    if hangul * MIXED >= han and hangul >= kana:
        return "ko"
    return "ja" if kana * 10 >= han else _chinese(sample)


@cache
def _character_set(character: str) -> str:
    """Which of the two standards has a character: GB 2312 is simplified, Big5 traditional."""
    simplified = _encodes(character, "gb2312")
    traditional = _encodes(character, "big5")
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified else "zh-Hant"


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _chinese(sample: str) -> str:
    counts = Counter(_character_set(character) for character in "".join(HAN.findall(sample)))
    simplified, traditional = counts["zh-Hans"], counts["zh-Hant"]
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


@cache
def function_words(language: str) -> frozenset[str]:
    """The function words of a language in vocabulary/intake/function_words.tsv, lower case."""
    rows = vocabulary.rows("intake/function_words")
    return frozenset(row["word"] for row in rows if row["language"] == language)


@cache
def _foreign_words() -> frozenset[str]:
    rows = vocabulary.rows("intake/function_words")
    return frozenset(row["word"] for row in rows if row["language"] not in ("en", "en-content")) - (
        function_words("en") | function_words("en-content")
    )


def _latin(sample: str, default: str) -> str:
    words = WORD.findall(sample.lower())
    if not words:
        return default
    english = sum(1 for word in words if word in function_words("en"))
    foreign = sum(1 for word in words if word in _foreign_words())
    if english >= 0.15 * len(words) and english > foreign:
        return "en"
    if foreign >= 0.1 * len(words) and foreign > english:
        return "und"
    return "en" if english or _looks_english(words) else default


def _looks_english(words: list[str]) -> bool:
    """Whether words without any function word, as a damaged text has them, are English by stock or ending."""
    known = sum(1 for word in words if word in function_words("en-content") or _ends_english(word))
    return known >= 0.2 * len(words) and sum(word.isascii() for word in words) >= 0.95 * len(words)


def _ends_english(word: str) -> bool:
    return len(word) > 4 and bool(ENGLISH_ENDING.search(word))


def dominant(parts: Iterable[tuple[str, int]]) -> str:
    """The language with the most text among (language, characters); und where there is none."""
    weights: Counter[str] = Counter()
    for language, characters in parts:
        if language != "und":
            weights[language] += characters if not language.startswith(("zh", "ja", "ko")) else 2 * characters
    return max(weights, key=lambda language: weights[language], default="und")
