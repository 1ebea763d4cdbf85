"""Which records are compared, how they agree, and how probable it is that two are of the same person."""

from __future__ import annotations

from testimonia.linkage.model.comparing import compare_lists, compare_persons
from testimonia.linkage.model.weights import Weight, weights

__all__ = ["Weight", "compare_lists", "compare_persons", "weights"]
