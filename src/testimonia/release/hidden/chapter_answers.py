"""All methods side by side, and the lists they were given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from testimonia.release.blocks import Block, Cell, Prose
from testimonia.release.hidden.desk import Desk, number, soft, table, text
from testimonia.release.hidden.plots import answer_name
from testimonia.release.hidden.terms import method
from testimonia.release.hidden.view import Answer
from testimonia.release.hidden.words import DASH, interval_name, joined, model_parts, people, percent, shortened, span
from testimonia.release.wording import counted

__all__ = ["lists", "methods"]

PAIRS, PATTERNS = 66, 40


def methods(desk: Desk) -> Iterator[Block]:
    """The forest of all methods, and their numbers."""
    yield from desk.picture("hidden-methods")
    head = desk.report.headline if not desk.report.head.refused else None
    rows = [_answer(desk, a, a is head) for a in desk.report.answers]
    yield table(
        "Every method that was tried. Totals to the last person; a dash where a method gives none, with its reason",
        ("Method", "Total", "Interval", "Model", "What the data say to it"),
        (23, 10, 17, 20, 34),
        rows,
    )


def _answer(desk: Desk, answer: Answer, bold: bool) -> tuple[Cell, ...]:
    kind = soft(interval_name(answer.method, answer.level)) if answer.lower is not None else soft("no interval")
    name = answer_name(answer, desk.report.lists.names)
    first = Cell(text=name, mark="headline" if bold else "", tone="none" if bold else "", items=(kind,))
    return first, desk.total(answer), desk.interval(answer), desk.model(answer.model), desk.verdict(answer)


def lists(desk: Desk) -> Iterator[Block]:
    """Who was recorded by which lists: the picture, the lists, the pairs, the patterns."""
    found = desk.report.lists
    if not found.patterns:
        yield Prose(sentences=(text("The table itself was not handed over with the report."),))
        return
    yield from desk.picture("hidden-patterns")
    if desk.report.cautions:
        cautions = tuple(text(caution) for caution in desk.report.cautions)
        yield Prose(heading="What to be careful with", sentences=cautions, listed=True)
    yield table(
        "The lists, in the order of the columns; models number them like this",
        ("No.", "List", "People", "On this list alone", "Also on another list"),
        (6, 34, 14, 20, 26),
        [_list(desk, i) for i in range(len(found.names))],
    )
    yield _pairs(desk)
    names = shortened(found.names, 40)
    shown = sorted(found.patterns, key=lambda p: (len(p.on), -p.count))
    yield table(
        "People by combination of lists",
        ("Lists", "People on these lists and no other"),
        (60, 40),
        [(text(joined(p.on, names)), number(people(p.count))) for p in shown[:PATTERNS]],
        more=f"{counted(len(shown) - PATTERNS, 'further combination')} in the table itself."
        if shown[PATTERNS:]
        else "",
    )


def _list(desk: Desk, i: int) -> tuple[Cell, ...]:
    found = desk.report.lists
    size, alone = found.size(i), found.alone(i)
    share = f" ({percent((size - alone) / size)})" if size else ""
    return (
        text(str(i + 1)),
        text(found.names[i]),
        number(people(size)),
        number(people(alone)),
        number(people(size - alone) + share),
    )


def _pairs(desk: Desk) -> Block:
    """The overlap of every two lists, what these two alone would say, and how surely they depend on each other."""
    found = desk.report.lists
    told, joint, names = _alone(desk), _joint(desk), shortened(found.names, 30)
    rows = []
    for a, b in list(combinations(range(len(found.names)), 2))[:PAIRS]:
        total, ends = told.get((a, b), (DASH, DASH if found.size(a, b) else "nobody on both"))
        row = [text(joined((a, b), names)), number(people(found.size(a, b))), number(total), number(ends)]
        rows.append([*row, number(percent(joint[a, b]) if (a, b) in joint else DASH)] if joint else row)
    head = ["Two lists", "On both", "Total from these two", interval_name("lincoln-petersen", 0.95)]
    return table(
        "Every two lists: people on both, and what these two alone would say if they were independent "
        f"({method('lincoln-petersen').exact.rstrip('.')})"
        + (". Joined: the weight of the graphs in which the two depend on each other" if joint else ""),
        [*head, "Joined"] if joint else head,
        (40, 12, 18, 20, 10) if joint else (40, 14, 22, 24),
        rows,
    )


def _joint(desk: Desk) -> dict[tuple[int, ...], float]:
    """The posterior weight of the graphs that join two lists, if graphs were averaged over."""
    answer = desk.report.answer("decomposable")
    edges = answer.diagnostics.get("edges") if answer else None
    if not isinstance(edges, Mapping):
        return {}
    found = {model_parts(f"[{pair}]", len(desk.report.lists.names)): weight for pair, weight in edges.items()}
    return {parts[0]: float(weight) for parts, weight in found.items() if parts and weight is not None}


def _alone(desk: Desk) -> dict[tuple[int, ...], tuple[str, str]]:
    answer = next((a for a in desk.report.answers if a.method == "lincoln-petersen"), None)
    found: dict[tuple[int, ...], tuple[str, str]] = {}
    for row in (answer.diagnostics.get("pairs") or ()) if answer else ():
        terms = model_parts(row.get("model"), len(desk.report.lists.names))
        if row.get("total") is not None:
            found[tuple(sorted(i for term in terms for i in term))] = (
                people(row["total"]),
                span(row.get("lower"), row.get("upper")),
            )
    return found
