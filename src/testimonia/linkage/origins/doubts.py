"""What the texts leave open: names that may mean one body, and origins that give the same figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import combinations

from testimonia.linkage.origins.sources import key
from testimonia.model import Document, Origin, OriginEdge

__all__ = ["aliases", "undecided"]

BRACKET = re.compile("[(（]([^()（）\n]{2,60})[)）]")
REACH = 64  # characters before a bracket that may hold the name it explains
INTRODUCED = re.compile(
    "^(?:이하|약칭|영문명|영어명|简称|簡稱|以下简称|以下簡稱|英文名|hereafter|or|abbreviated)[\\s:：]*", re.I
)
CLOSING = " ”’\"'」』》]"
FEWEST_FIGURES = 3  # figures that two origins share before they may be one report
COMMON = 8  # origins that give a figure before it is too common to tell anything


def aliases(text: str, known: Set[str]) -> Iterator[tuple[str, str, str]]:
    """Pairs of keys of names that a text gives for one body, "Name (Other name)", with the words.

    At least one of the two must be a known source; the other is a name in capitals or in another script.
    """
    for found in BRACKET.finditer(text):
        outer = text[max(0, found.start() - REACH) : found.start()].rpartition("\n")[2].rstrip(CLOSING)
        inner = key(INTRODUCED.sub("", found[1]))
        if not outer or not inner:
            continue
        before = _known_tail(outer, known)
        quote = f"{outer[-40:]} {found[0]}".strip()
        if before and inner != before and _is_name(found[1], before):
            yield before, inner, quote
        elif not before and inner in known:
            last = _last_word(outer)
            if last and last != inner and (last in known or text[found.start() - 1] in CLOSING):
                yield last, inner, quote


def _known_tail(text: str, known: Set[str]) -> str:
    """The longest known name that a stretch of text ends with."""
    words = text.split()
    tails = [key(" ".join(words[i:])) for i in range(max(0, len(words) - 9), len(words))]
    bare = key(text)
    tails += [bare[i:] for i in range(max(0, len(bare) - 24), len(bare) - 2)]
    return max((tail for tail in tails if tail in known and len(tail) > 2), key=len, default="")


def _last_word(text: str) -> str:
    return key(text.split()[-1]) if text.split() else ""


def _is_name(text: str, before: str) -> bool:
    """Whether what stands in brackets can be another name: capitals, or a script the first is not in."""
    plain = INTRODUCED.sub("", text).strip()
    if re.search(r"\d", plain) or re.search("[,，;；:：。]", plain):
        return False
    if re.fullmatch("[A-Z][A-Z&.-]{1,11}", plain):
        return True
    return before.isascii() != plain.isascii() and (plain[:1].isupper() or not plain.isascii())


def undecided(
    origins: Sequence[Origin], documents: Sequence[Document], of_coding: Mapping[str, str]
) -> list[OriginEdge]:
    """Undecided edges between origins that may be one: like names, or several of the same figures."""
    named = [o for o in origins if o.kind != "unnamed" and o.certainty != "undecided"]
    found = [*_like_names(named), *_like_figures(named, documents, of_coding)]
    return list({(edge.child, edge.parent): edge for edge in reversed(found)}.values())


def _open(a: str, b: str, reason: str) -> OriginEdge:
    child, parent = sorted((a, b))
    return OriginEdge(child=child, parent=parent, kind="cites", certainty="undecided", reason=reason)


def _like_names(origins: Sequence[Origin]) -> Iterator[OriginEdge]:
    """Names of which one holds the other's words, or most of them."""
    by_word: dict[str, list[Origin]] = defaultdict(list)
    for origin in origins:
        if origin.kind in ("report", "publisher", "agency"):
            for word in sorted(_words(origin.label)):
                by_word[word].append(origin)
    pairs = {
        tuple(sorted((a.id, b.id))): (a, b)
        for held in by_word.values() if len(held) <= COMMON
        for a, b in combinations(held, 2)
    }  # fmt: skip
    for a, b in pairs.values():
        first, second = _words(a.label), _words(b.label)
        if len(first & second) * 3 >= 2 * min(len(first), len(second)) and len(first & second) > 1:
            yield _open(a.id, b.id, f"“{a.label}” and “{b.label}” may be one body; no text says so")


def _words(label: str) -> frozenset[str]:
    folded = label.casefold()
    if re.search("[가-힣\u4e00-\u9fff]", folded):
        joined = re.sub(r"\W", "", folded)
        return frozenset(joined[i : i + 3] for i in range(len(joined) - 2))
    return frozenset(w for w in re.findall("[a-z]+", folded) if len(w) > 3)


def _like_figures(
    origins: Sequence[Origin], documents: Sequence[Document], of_coding: Mapping[str, str]
) -> Iterator[OriginEdge]:
    """Origins that give three of the same figures, which are neither round nor common."""
    ids = {origin.id for origin in origins}
    given: dict[tuple[float, str], set[str]] = defaultdict(set)
    for document in documents:
        for coding in document.codings:
            if coding.kind == "figure" and isinstance(coding.value, (int, float)):
                origin = of_coding.get(coding.id, "")
                if origin in ids and _is_telling(float(coding.value)):
                    given[float(coding.value), coding.unit or ""].add(origin)
    shared: dict[tuple[str, str], list[float]] = defaultdict(list)
    for (value, _), held in sorted(given.items()):
        if len(held) <= COMMON:
            for a, b in combinations(sorted(held), 2):
                shared[a, b].append(value)
    for (a, b), values in shared.items():
        if len(values) >= FEWEST_FIGURES:
            listed = ", ".join(f"{value:g}" for value in values[:5])
            yield _open(a, b, f"both give the figures {listed}; no text says that one rests on the other")


def _is_telling(value: float) -> bool:
    """Whether a figure is not one that anybody might give: at least 13, and not round."""
    return value >= 13 and (value % 10 != 0 or (value > 1000 and value % 100 != 0))
