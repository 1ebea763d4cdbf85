"""Closed sets of words, by name: what ends a noun phrase, what cannot begin a name."""

from __future__ import annotations

from functools import cache

from testimonia import vocabulary

__all__ = ["word_set"]


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of one set of vocabulary/en/words.tsv."""
    return frozenset(row["form"] for row in vocabulary.rows("en/words") if row["set"] == name)
