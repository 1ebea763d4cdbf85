"""The paragraph that can be quoted as it stands: table, method, model, number, interval, seed and version."""

from __future__ import annotations

from collections.abc import Iterator

from testimonia.release.hidden.terms import citation, method
from testimonia.release.hidden.view import Report
from testimonia.release.hidden.words import (
    count_words,
    decimals,
    interval_name,
    lowered,
    model_words,
    people,
    shortened,
    times,
)
from testimonia.release.wording import listed, sentence_case

__all__ = ["quotable"]


def quotable(report: Report) -> str:
    """One paragraph a statistician can check, exact numbers and all."""
    return " ".join(part for part in (_table(report), *_answer(report), *_doubt(report), _made(report)) if part)


def _table(report: Report) -> str:
    lists = report.lists
    between = "; " if any("," in name for name in lists.names) else ", "
    return (
        f"{sentence_case(count_words(len(lists.names)))} lists ({between.join(lists.names)}) hold {people(lists.n)} "
        f"distinct people, {people(lists.overlap)} of them on two lists or more."
    )


def _answer(report: Report) -> Iterator[str]:
    head = report.head
    own = method(head.method)
    if head.refused or head.total is None:
        yield f"No total is reported. {sentence_case(head.why).rstrip('.')}."
        return
    cited = "".join(_short(text) for text in citation([own.citation]))
    name = interval_name(head.method, head.level)
    ends = f" ({name} {people(head.lower)} to {people(head.upper)})" if _both(report) else ""
    yield f"Multiple systems estimation ({lowered(own.name)}{cited}) gives a total of {people(head.total)}{ends}."
    yield from _model(report)
    if report.draws is not None:
        yield (
            f"It is averaged over {people(report.draws.draws)} draws of the linkage (Sadinle 2018), "
            f"{people(report.draws.refused)} of them without an answer."
        )


def _both(report: Report) -> bool:
    return report.head.lower is not None and report.head.upper is not None


def _short(text: str) -> str:
    """Names and year of a work: `; Silverman, Chan and Vincent 2024`."""
    authors, _, rest = text.partition(" (")
    year = rest.partition(")")[0]
    surnames = [part.strip().removeprefix("and ") for part in authors.replace(" and ", ", ").split(",")]
    names = [name for name in surnames if name and not name.endswith(".")]
    return f"; {listed(names) if len(names) < 4 else names[0] + ' and others'} {year}"


def _model(report: Report) -> Iterator[str]:
    answer = report.headline
    if answer is None:
        return
    words = model_words(answer.model, shortened(report.lists.names))
    if answer.model and words:
        yield (
            f"Model {answer.model} ({words})"
            + (f", BIC {decimals(answer.bic)}" if answer.bic is not None else "")
            + "."
        )
    if words and report.searched is not None and report.searched[0] > 1:
        looked, fine = report.searched
        yield f"Searched: {people(looked)} models; in {people(fine)} an estimate exists and is identified."


def _doubt(report: Report) -> Iterator[str]:
    """What the number assumes, in the words of the method, and the band if that is relaxed."""
    if report.head.refused or report.head.total is None:
        return
    sweep = next((s for s in report.sweeps if s.band_lower is not None and s.band_upper is not None), None)
    matched = ", that records were matched without error" if report.draws is None else ""
    yield f"It assumes that the population is closed{matched}, and: {_assumption(report)}"
    if sweep is not None:
        low, high = times(min(p.odds for p in sweep.points)), times(max(p.odds for p in sweep.points))
        yield (
            f"Under an odds ratio of {low} to {high} for what is assumed away ({sweep.assumption}), the intervals "
            f"reach from {people(sweep.band_lower)} to {people(sweep.band_upper)}."
        )


def _assumption(report: Report) -> str:
    text = method(report.head.method).assumption.partition(". ")[0].rstrip(".")
    return f"{lowered(text)}."


def _made(report: Report) -> str:
    version = f"testimonia {report.version}" if report.version else "testimonia"
    others = ", ".join(f"{name} {number}" for name, number in report.versions.items() if name != "testimonia")
    seed = f", seed {report.seed}" if report.seed is not None else ""
    return f"{version}{seed}{' (' + others + ')' if others else ''}."
