"""The gate in front of the casebook: nothing passes that the text itself does not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from testimonia.coding.codebook import Codebook
from testimonia.model import Coding

__all__ = ["check"]


def check(
    codings: Iterable[Coding], text: str, codebook: Codebook, rendering_sha256: str
) -> tuple[list[Coding], Counter[str]]:
    """The codings that hold, with `rendering_sha256` filled in, and a count of refusals by reason."""
    kept: list[Coding] = []
    refused: Counter[str] = Counter()
    for coding in codings:
        reason = _refusal(coding, text, codebook)
        if reason:
            refused[reason] += 1
        else:
            kept.append(replace(coding, rendering_sha256=rendering_sha256))
    return kept, refused


def _refusal(coding: Coding, text: str, codebook: Codebook) -> str | None:
    if not 0 <= coding.start < coding.end <= len(text) or text[coding.start : coding.end] != coding.quote:
        return "quote is not verbatim at its offsets"
    for part in coding.parts.values():
        if text[part.start : part.end] != part.quote:
            return "part is not verbatim at its offsets"
    if coding.value_status == "lost" and (coding.value, coding.min, coding.max) != (None, None, None):
        return "number given for a lost figure"
    if coding.kind == "act" and coding.code not in codebook.schemes["act"]:
        return f"act code not in the codebook: {coding.code}"
    return None
