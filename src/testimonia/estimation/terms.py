"""Terms and hierarchical models as bit masks, and the bracket form in which statisticians write them.

A term is a set of lists written as a bit mask: bit i stands for list i of the table, so that 0 is the intercept,
0b1 the main effect of the first list and 0b11 the interaction of the first two. A capture pattern is written the
same way: the set of the lists that recorded a person. A hierarchical model holds, with each term, every subset of
it; it is given by its largest terms, its generators: `[123,25,34]` numbers the lists from one in the order of the
table's columns (Bishop, Fienberg & Holland 1975, section 3.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from testimonia.errors import BadModel

__all__ = ["bracket", "closure", "generators", "main_effects", "members", "order", "parse"]


def members(term: int) -> tuple[int, ...]:
    """The lists of a term, from zero, rising: `members(0b101) == (0, 2)`."""
    return tuple(i for i in range(term.bit_length()) if term >> i & 1)


def order(term: int) -> int:
    """How many lists a term joins; 0 for the intercept."""
    return term.bit_count()


def main_effects(lists: int) -> tuple[int, ...]:
    """The terms of the independence model on `lists` lists: the intercept and one main effect a list."""
    return (0, *(1 << i for i in range(lists)))


def closure(terms: Iterable[int], lists: int) -> tuple[int, ...]:
    """The smallest hierarchical model with all main effects that holds these terms; rising by order, then value."""
    found = set(main_effects(lists))
    for term in terms:
        lists_of = members(term)
        for size in range(2, len(lists_of) + 1):
            found.update(sum(1 << i for i in chosen) for chosen in combinations(lists_of, size))
    return tuple(sorted(found, key=lambda term: (order(term), term)))


def generators(terms: Iterable[int]) -> tuple[int, ...]:
    """The terms that no other term of the model contains: larger first, then in the order of their lists."""
    known = {term for term in terms if term}
    largest = [term for term in known if not any(other != term and other & term == term for other in known)]
    return tuple(sorted(largest, key=lambda term: (-order(term), members(term))))


def bracket(terms: Iterable[int]) -> str:
    """A model in bracket form, `[123,25,34]`; lists past the ninth are parted by points, `[1.10,2]`."""
    chosen = generators(terms)
    dot = "." if any(term >> 9 for term in chosen) else ""
    return "[" + ",".join(dot.join(str(i + 1) for i in members(term)) for term in chosen) + "]"


def parse(text: str, lists: int) -> tuple[int, ...]:
    """The terms of a model written in bracket form; lists that are not named keep their main effect.

    Raises BadModel where the text is not a bracket form or names a list that the table does not have.
    """
    inner = text.strip().removeprefix("[").removesuffix("]")
    terms = []
    for part in filter(None, (piece.strip() for piece in inner.split(","))):
        numbers = part.split(".") if "." in part else list(part) if lists < 10 else [part]
        if not all(number.isdecimal() and 1 <= int(number) <= lists for number in numbers):
            raise BadModel(text, f"{part!r} does not name lists from 1 to {lists}")
        terms.append(sum(1 << (int(number) - 1) for number in set(numbers)))
    return closure(terms, lists)
