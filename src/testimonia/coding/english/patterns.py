"""The small pattern language of the lexicons of acts and measures.

    ~return          a verb in all its forms
    +bribe           a noun and its plural
    (a|b c|)         one of these, or none
    {people}         inside brackets: the words of that set of words.tsv
    ...              up to five words;  .... up to ten

What stands before the first `...` goes into the one automaton; the rest is matched from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from testimonia import vocabulary
from testimonia.coding.english.words import word_set
from testimonia.errors import VocabularyError

__all__ = ["Tail", "expand", "inflected", "openings"]

_VOWELS = "aeiou"
_GROUP = re.compile(r"\(([^()]*)\)")
_SET = re.compile(r"\{(\w+)\}")
_SPACE = r"[\s\u00a0“”\"‘’'(-]+"
_INNER = r"(?:[\s\u00a0“\"‘(-]+(?!that\b)[^\s.;:()“”\",—–]+(?:[.,]\d+)*[”’]?)"
_GAPS = {3: _INNER + "{0,5}?", 4: _INNER + "{0,10}?"}
_MOST = 150  # forms of one pattern that the automaton takes; what follows is matched from there
_OPEN = r"(?:[\s\u00a0“\"‘(-]+(?!(?:and|or|that|which|who|but)\b)[^\s.;:()“”\",—–]+(?:[.,]\d+)*){0,4}"
Tail = re.Pattern[str]


@cache
def _irregular() -> dict[str, list[str]]:
    return {row["lemma"]: row["forms"].split("|") for row in vocabulary.rows("en/irregular")}


def inflected(verb: str) -> list[str]:
    """All forms of a verb: detain, detains, detained, detaining."""
    if verb in _irregular():
        return [verb, *_irregular()[verb]]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    ending = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return [verb, verb + ending, verb + "ed", verb + "ing"]


def _plural(noun: str) -> str:
    if noun.endswith(("s", "sh", "ch", "x")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def _word(token: str) -> list[str]:
    if token[0] == "~":
        return inflected(token[1:])
    return [token[1:], _plural(token[1:])] if token[0] == "+" else [token]


def _slots(part: str) -> list[list[str]]:
    """The spellings of each piece of a part without `...`."""
    return [
        [word.strip() for word in piece[1:-1].split("|")] if piece[0] == "(" else _word(piece)
        for piece in re.findall(r"\([^()]*\)|[^\s()]+", part)
    ]


def _choices(part: str) -> list[str]:
    """All spellings of a part without `...`."""
    return _joined(_slots(part))


def _joined(slots: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(filter(None, chosen)) for chosen in product(*slots)]


def expand(pattern: str) -> tuple[list[str], Tail | None]:
    """Forms for the automaton and what must follow them; raises VocabularyError for a pattern without a head."""
    head, *rest = _parts(pattern)
    if not head:
        raise VocabularyError(f"the pattern “{pattern}” begins with a gap; begin it with a word")
    forms, beside = _head(head)
    if not rest and not beside:
        return forms, None
    return forms, re.compile(_following(beside) + "".join(_gapped(rest)), re.IGNORECASE)


def _head(head: str) -> tuple[list[str], list[list[str]]]:
    """Forms of the head, and the pieces right beside them that would make too many forms."""
    slots = _slots(head)
    size, kept = 1, 0
    for slot in slots:
        size *= len(slot)
        if kept and size > _MOST:
            break
        kept += 1
    if kept == len(slots):
        return _plural_phrases(head), []
    while kept > 1 and "" in slots[kept - 1]:
        kept -= 1
    return _joined(slots[:kept]), slots[kept:]


def _parts(pattern: str) -> list[str]:
    spelled = _SET.sub(lambda match: "|".join(sorted(word_set(match[1]))), pattern)
    return [part.strip() for part in re.split(r"(\.{3,4})", spelled)]


def openings(pattern: str) -> frozenset[str] | None:
    """Words one of which must follow the head for the tail to match; None where any word may."""
    head, *rest = _parts(pattern)
    slots = _head(head)[1] or (_slots(rest[1]) if len(rest) > 1 and rest[1] else [])
    first: set[str] = set()
    for slot in slots:
        first |= {re.split(r"[\s'’-]", form)[0].lower() for form in slot if form}
        if "" not in slot:
            return frozenset(first) if all(word.isalpha() for word in first) else None
    return None


def _plural_phrases(head: str) -> list[str]:
    """`+death in custody` inflects its first word, `+exit ban` its last: both are spelled out."""
    match = re.match(r"((?:\([^()]*\)\s+)?)\+(\w+)((?:\s+[a-z-]+)+)$", head)
    if match is None:
        return _choices(head)
    first, noun, others = match.groups()
    words = others.split()
    return [*_choices(f"{first}+{noun}{others}"), *_choices(f"{first}{noun} {' '.join(words[:-1])} +{words[-1]}")]


def _gapped(parts: Sequence[str]) -> Iterator[str]:
    for dots, part in zip(parts[::2], parts[1::2], strict=True):
        yield _GAPS[len(dots)] + _following(_slots(part)) if part else _OPEN


def _following(slots: Sequence[Sequence[str]]) -> str:
    """A pattern for pieces one after another, each behind its blank."""
    found = []
    for slot in slots:
        words = "|".join(_spaced(form) for form in sorted(filter(None, slot), key=len, reverse=True))
        found.append(f"(?:{_SPACE}(?:{words})\\b)" + ("?" if "" in slot else ""))
    return "".join(found)


@cache
def _spaced(form: str) -> str:
    return _SPACE.join(re.escape(word).replace("\\$", "$") for word in re.split(r"[\s-]+", form))
