"""Words that a line end divided. PDFium marks such a hyphen; whether it belongs to the word it cannot know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["mend"]

BREAK = "\ufffe"  # what PDFium writes for a hyphen at the end of a line, the line end included
_DIVIDED = re.compile(rf"(?P<before>\S*?)(?P<head>[^\W\d_]+){BREAK}(?P<tail>[^\W\d_]+)(?P<after>\S*)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Prefixes that English keeps apart from their word.
_APART = frozenset(["non", "self", "anti", "ex", "pro", "semi", "quasi", "cross", "well", "ill", "so"])


def mend(pages: Sequence[str]) -> tuple[list[str], int]:
    """The pages with every divided word joined or hyphenated, and how many were joined.

    A word is spelled as it stands elsewhere in the document; where it does not, a lower-case rest is joined
    and any other one keeps its hyphen and its line.
    """
    if not any(BREAK in page for page in pages):
        return list(pages), 0
    known = Counter(word.casefold() for page in pages for word in _WORD.findall(page))
    joined = 0

    def spell(found: re.Match[str]) -> str:
        nonlocal joined
        before, head, tail, after = found.group("before", "head", "tail", "after")
        whole, apart = (head + tail).casefold(), f"{head}-{tail}".casefold()
        if known[apart] or "/" in before + after or (not known[whole] and head.casefold() in _APART):
            return f"{before}{head}-{tail}{after}"
        if not tail[0].islower():
            return f"{before}{head}-\n{tail}{after}"
        joined += 1
        return before + head + tail + after

    mended = [_DIVIDED.sub(spell, page).replace(BREAK, "-") for page in pages]
    return mended, joined
