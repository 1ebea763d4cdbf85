"""How totals, intervals and models are written: rounded in sentences, to the last person in tables."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from testimonia.release.hidden.terms import method
from testimonia.release.hidden.view import Answer
from testimonia.release.wording import listed

__all__ = [
    "DASH",
    "about",
    "count_words",
    "cut",
    "decimals",
    "interval",
    "interval_name",
    "joined",
    "lowered",
    "model_parts",
    "model_words",
    "people",
    "percent",
    "reach",
    "shortened",
    "span",
    "times",
]

DASH = "–"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_BRACKET = re.compile(r"\[[0-9.,\s]+\]")


def about(value: float, floor: float = 0.0) -> str:
    """Round to three significant digits: `25,300`; never below `floor`, the people who are known."""
    if not value:
        return "0"
    digits = 3
    while digits < 15:
        unit = 10.0 ** (math.floor(math.log10(abs(value))) + 1 - digits)
        near = round(value / unit) * unit
        if near >= floor or value < floor:
            return f"{near:,.0f}" if abs(near) >= 100 or near == round(near) else f"{near:.3g}"
        digits += 1
    return f"{value:,.0f}"


def people(value: float | None) -> str:
    """Write a count to the last person, or a dash: `25,311`."""
    return DASH if value is None else f"{value:,.0f}"


def decimals(value: float | None, places: int = 2) -> str:
    """Write a measure with a fixed number of decimals, or a dash: `195.88`."""
    return DASH if value is None else f"{value:,.{places}f}"


def reach(totals: Sequence[float]) -> str:
    """Write from where to where totals go, rounded: `12,000 to 48,000`, or one number where they agree."""
    low, high = about(min(totals)), about(max(totals))
    return low if low == high else f"{low} to {high}"


def times(odds: float) -> str:
    """Write odds: `1.65`, `0.5`, `20`; three significant digits."""
    return f"{odds:,.0f}" if odds >= 100 else f"{odds:.3g}"


def percent(share: float) -> str:
    """Write a share, with a space that does not break: `95 %`, `2.5 %`, `under 0.1 %`."""
    if 0 < share < 0.001:
        return "under 0.1\u00a0%"
    return f"{100 * share:.1f}".rstrip("0").rstrip(".") + "\u00a0%"


def interval(answer: Answer) -> str:
    """The interval of an answer in a table, `11,168–56,052`, or a dash; an end that is open says so."""
    return span(answer.lower, answer.upper)


def span(lower: float | None, upper: float | None) -> str:
    """Write a range to the last person, `11,168–56,052`; a dash where there is none."""
    if lower is None and upper is None:
        return DASH
    if upper is None:
        return f"{people(lower)} or more"
    if lower is None:
        return f"{people(upper)} or fewer"
    return f"{people(lower)}–{people(upper)}"


def interval_name(id_: str, level: float) -> str:
    """What the interval of a method is: `95 % confidence interval`, `95 % credible interval`."""
    return f"{percent(level)} {method(id_).interval} interval"


def model_parts(model: str | None, lists: int) -> tuple[tuple[int, ...], ...]:
    """The largest terms of a model in bracket form as lists from zero; nothing where it is not in bracket form."""
    found = _BRACKET.fullmatch((model or "").strip())
    if not found:
        return ()
    parts = [part.strip() for part in found[0].strip("[]").split(",") if part.strip()]
    terms = tuple(tuple(int(n) - 1 for n in _numbers(part, lists)) for part in parts)
    return terms if all(0 <= i < lists for term in terms for i in term) else ()


def _numbers(part: str, lists: int) -> Sequence[str]:
    if "." in part:
        return part.split(".")
    return list(part) if lists < 10 else [part]


def model_words(model: str | None, names: Sequence[str]) -> str:
    """Which lists a model joins, by name: `LA with NG and PFNCA; NG with GP`; the lists left over as on their own."""
    terms = model_parts(model, len(names))
    if not terms:
        return ""
    joint = [" with ".join([names[t[0]], listed(names[i] for i in t[1:])]) for t in terms if len(t) > 1]
    alone = [names[t[0]] for t in terms if len(t) == 1]
    if not joint:
        return "all lists independent"
    return "; ".join(joint) + (f"; {listed(alone)} on {'its' if len(alone) == 1 else 'their'} own" if alone else "")


def shortened(names: Sequence[str], most: int = 18) -> tuple[str, ...]:
    """The names of lists as they stand within sentences and cells: long ones are cut."""
    return tuple(cut(name, most) for name in names)


def lowered(text: str) -> str:
    """Lower the first letter, for the middle of a sentence; the others, as those of BIC, stay."""
    return text[:1].lower() + text[1:]


def joined(on: Sequence[int], names: Sequence[str]) -> str:
    """Name the lists of a pattern: `LA + NG`."""
    return " + ".join(names[i] for i in on)


def count_words(amount: int) -> str:
    """Write a small count in letters: `five`; others in digits."""
    return _WORDS[amount] if 0 <= amount < len(_WORDS) else f"{amount:,}"


def cut(text: str, most: int) -> str:
    """Cut a text at about `most` letters; a Korean or Chinese one takes the room of nearly two."""
    room = float(most)
    for at, letter in enumerate(text):
        room -= 1.7 if ord(letter) > 0x2E7F else 1
        if room < 0:
            return text[:at].rstrip() + "…"
    return text
