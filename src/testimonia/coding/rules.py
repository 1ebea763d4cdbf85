"""The rule coder: proposes codings in English, Korean and Chinese from rules and lexicons."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import get_args

from testimonia import vocabulary
from testimonia.coding import topics
from testimonia.coding.gazetteer import load_gazetteer
from testimonia.coding.spans import complete
from testimonia.model import Coding, Kind, Passage

__all__ = ["CONTEXT", "RuleCoder"]

CONTEXT = 20  # characters of context on each side of a quote, as in the W3C text quote selector

# What menus, counters and advertisements seem to state is no evidence, in whatever language.
_STATEMENTS: frozenset[Kind] = frozenset(("figure", "act", "measure", "attribution"))

LanguageCoder = Callable[[Sequence[Passage]], Iterator[Coding]]

_MODULES: Mapping[str, str] = MappingProxyType({"en": "english", "ko": "korean", "zh": "chinese"})


@cache
def _language_coder(language: str) -> LanguageCoder | None:
    name = f"testimonia.coding.{_MODULES[language]}"
    if find_spec(name) is None:
        return None
    found: LanguageCoder | None = getattr(import_module(name), "code", None)
    return found


def _by_language(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        language = passage.language.partition("-")[0]
        if language in _MODULES:
            groups.setdefault(language, []).append(passage)
    return groups


def _place_path(coding: Coding, language: str) -> str | float | None:
    """The path of the gazetteer, the same whatever the language; what it does not know stays as it is."""
    if not isinstance(coding.value, str):
        return coding.value
    place = load_gazetteer().resolve(coding.value, coding.quote, language.partition("-")[0])
    return place.path if place else coding.value


def _states_nothing(coding: Coding, passage: Passage) -> bool:
    """Whether the place of a coding forbids it: a menu, or a cell that holds a number and no word for it."""
    if passage.role == "boilerplate":
        return coding.kind in _STATEMENTS
    if passage.role != "table" or coding.kind != "figure":
        return False
    number = coding.parts.get("number")
    return coding.unit in (None, "count") and number is not None and number.quote == coding.quote.strip()


class RuleCoder:
    """Codes each passage with the rules of its language; other languages are left alone."""

    name = "rules"
    version = "1"
    languages = frozenset(_MODULES)
    kinds: frozenset[Kind] = frozenset(get_args(Kind))

    def code(self, passages: Sequence[Passage]) -> Iterator[Coding]:
        """Codings in text order, with coder, codebook hash and 20 characters of context filled in."""
        found: list[Coding] = []
        for language, group in _by_language(passages).items():
            coder = _language_coder(language)
            found.extend(coder(group) if coder else ())
        found.sort(key=lambda coding: (coding.start, coding.end, coding.kind, coding.code or ""))
        ordered = sorted(passages, key=lambda passage: passage.start)
        kept = list(self._stated(found, ordered))
        topics.assemble(kept, ordered)
        yield from kept

    def _stated(self, codings: Sequence[Coding], ordered: Sequence[Passage]) -> Iterator[Coding]:
        starts = [passage.start for passage in ordered]
        for coding in codings:
            passage = ordered[max(0, bisect_right(starts, coding.start) - 1)]
            if not _states_nothing(coding, passage):
                yield self._complete(coding, passage)

    def _complete(self, coding: Coding, passage: Passage) -> Coding:
        start, end = coding.start - passage.start, coding.end - passage.start
        return complete(
            coding,
            value=_place_path(coding, passage.language) if coding.kind == "place" else coding.value,
            coder=self.name,
            coder_version=self.version,
            codebook_sha256=vocabulary.sha256(),
            prefix=passage.text[max(0, start - CONTEXT) : max(0, start)],
            suffix=passage.text[end : end + CONTEXT],
        )
