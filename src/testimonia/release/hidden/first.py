"""The first page: how many, what that rests on, who says so, how sure it is, what is missing; or a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from testimonia.release.blocks import Cell, Prose
from testimonia.release.hidden.pictures import swept
from testimonia.release.hidden.quotable import quotable
from testimonia.release.hidden.terms import assumptions, method
from testimonia.release.hidden.view import Answer, Given, Lists, Report
from testimonia.release.hidden.words import (
    about,
    count_words,
    interval_name,
    lowered,
    model_words,
    people,
    percent,
    reach,
    shortened,
    times,
)
from testimonia.release.wording import counted, listed, sentence_case

__all__ = ["headline", "quarters", "quote"]

NAMED = 8  # lists named on the first page
OUTSIDE = 4  # methods named that lie outside of the headline's interval
CAUTIONS = 3
LONG = 150  # letters of a caution
TIPS = 2
LOGLINEAR = frozenset({"bic-bootstrap", "loglinear-aic", "loglinear-average", "loglinear-bic", "stepwise"})


def headline(report: Report) -> tuple[str, ...]:
    """The answer in large words, the sentence first; or that the data cannot say."""
    head, n = report.head, report.lists.n
    if head.refused or head.total is None:
        recorded = f"{counted(n, 'person', 'people')} {'was' if n == 1 else 'were'} recorded."
        return "The data cannot say how many people there are.", f"{recorded} {_reason(report)}"
    large = f"About {about(head.total, n)} people, of whom {_recorded(report)} were recorded."
    return (large, _compatible(report), *_caution(report))


def _caution(report: Report) -> Iterator[str]:
    """What weakens the headline's own method on this table: it stands as near to the number as can be."""
    answer = report.headline
    if answer is not None and answer.verdict == "caution" and answer.reason:
        yield f"With a caution: {brief(sentence_case(answer.reason), 'all methods')}"


def _reason(report: Report) -> str:
    """Why there is no answer, without saying once more that there is none."""
    why = report.head.why
    start, colon, rest = why.partition(": ")
    return sentence_case(rest if colon and start.startswith("The data cannot say") else why)


def _recorded(report: Report) -> str:
    head = report.head
    if head.n_observed_lower is None or head.n_observed_upper is None:
        return people(report.lists.n)
    low, high = people(head.n_observed_lower), people(head.n_observed_upper)
    return low if low == high else f"{low} to {high}"


def _compatible(report: Report) -> str:
    head = report.head
    name = interval_name(head.method, head.level)
    if head.lower is None and head.upper is None:
        return f"No interval can be given. {sentence_case(head.why)}".strip()
    if head.upper is None:
        low = about(head.lower or 0.0, report.lists.n)
        return f"The data are compatible with {low} or more ({name} without an upper end)."
    low, high = about(head.lower or 0.0, report.lists.n), about(head.upper, report.lists.n)
    prior = "Given the prior stated below, the" if method(head.method).interval == "credible" else "The"
    return f"{prior} data are compatible with {low} to {high} ({name})."


def quote(report: Report) -> Prose:
    """A paragraph ready to be quoted."""
    return Prose(heading="To quote, word for word", sentences=(Cell(text=quotable(report)),))


def quarters(report: Report) -> tuple[Prose, ...]:
    """The four parts under the headline."""
    refused = report.head.refused or report.head.total is None
    parts = (
        ("Why the data cannot say", _why),
        ("Who says so", _who),
        ("What can be said all the same", _still),
        ("What would help", _help),
    ) if refused else (
        ("What the number rests on", _rests),
        ("Who says so", _who),
        ("How sure it is", _sure),
        ("What is missing", _missing),
    )  # fmt: skip
    return tuple(
        Prose(heading=heading, sentences=tuple(Cell(text=text) for text in write(report)), listed=True)
        for heading, write in parts
    )


# --- what it rests on ---------------------------------------------------------------------


def _rests(report: Report) -> Iterator[str]:
    own = method(report.head.method)
    yield f"{own.name}: {lowered(own.plain)}" if own.plain else own.name
    answer = report.headline
    if answer is not None and (said := model_words(answer.model, shortened(report.lists.names))):
        yield f"The lists that go together in it: {said}."
    if why := report.head.why or own.assumption:
        yield sentence_case(why)
    yield from (row["plain"] for row in assumptions() if row["id"] != "highest")


def _who(report: Report) -> Iterator[str]:
    lists = report.lists
    names = shortened(lists.names, 34)
    order = sorted(range(len(names)), key=lambda i: -lists.size(i))
    named = listed((f"{names[i]} ({people(lists.size(i))})" for i in order), NAMED)
    yield f"{sentence_case(count_words(len(order)))} lists: {named}."
    share = percent(lists.overlap / lists.n) if lists.n else "0 %"
    yield (
        f"{counted(lists.n, 'person', 'people')} in all, {people(lists.overlap)} of them ({share}) on two lists or "
        "more. All that is known of those whom no list recorded comes from these overlaps."
    )
    yield from _overlaps(lists)


def _overlaps(lists: Lists) -> Iterator[str]:
    names = shortened(lists.names, 30)
    pairs = sorted(((lists.size(a, b), a, b) for a, b in combinations(range(len(lists.names)), 2)), reverse=True)
    largest = [f"{names[a]} and {names[b]} ({people(size)})" for size, a, b in pairs[:2] if size]
    if largest:
        yield f"The largest overlaps: {listed(largest)}."


# --- how sure it is -----------------------------------------------------------------------


def _sure(report: Report) -> Iterator[str]:
    head = report.head
    if head.lower is not None:
        yield _meaning(report)
    yield from _agreement(report)
    yield from _band(report)
    yield from _changed(report)
    judged = [c for c in report.checks if c.inside is not None]
    if judged:
        inside = sum(c.inside is True for c in judged)
        lists = counted(len(judged), "list")
        yield f"Put to the test on lists of known size, the interval holds that size for {inside} of {lists}."
    if report.draws is not None:
        yield "The doubt about who is the same person is in the interval."


def _meaning(report: Report) -> str:
    share = percent(report.head.level)
    if method(report.head.method).interval == "credible":
        return (
            f"The credible interval holds {share} of the belief that prior and data leave, if what it rests on holds."
        )
    return (
        f"The confidence interval comes from a recipe built to hold the true total in {share} of such studies, if what "
        "it rests on holds; it does not cover a failure of that."
    )


def _agreement(report: Report) -> Iterator[str]:
    told = sorted(((a.total, a) for a in report.answers if a.total is not None), key=lambda pair: pair[0])
    if len(told) < 2:
        return
    (low, first), (high, last) = told[0], told[-1]
    yield (
        f"Of {counted(len(report.answers), 'method')} {len(told)} give a number, from {about(low)} "
        f"({method(first.method).name}) to {about(high)} ({method(last.method).name})."
    )
    outside = [a for total, a in told if _outside(total, report)]
    if outside:
        names = listed((method(a.method).name for a in outside), OUTSIDE)
        yield f"Outside of the headline's interval: {names}."


def _outside(total: float, report: Report) -> bool:
    low, high = report.head.lower, report.head.upper
    return (low is not None and total < low) or (high is not None and total > high)


def _band(report: Report) -> Iterator[str]:
    sweep = swept(report)
    if sweep is None:
        return
    low, high = min(p.odds for p in sweep.points), max(p.odds for p in sweep.points)
    bottom = about(sweep.band_lower or report.lists.n, report.lists.n)
    reached = f"to {about(sweep.band_upper)}" if sweep.band_upper is not None else "upwards without an end"
    yield (
        f"The assumption nobody can test ({sweep.assumption}): if it is off by an odds ratio of {times(low)} to "
        f"{times(high)}, anything from {bottom} {reached} is compatible with the data."
    )
    yield from (_tip(tip) for tip in [t for t in sweep.tipping if t.get("end", "total") == "total"][:TIPS])


def _tip(tip: Given) -> str:
    conclusion = f"“{sentence_case(str(tip['conclusion']))}”"
    if tip.get("inside") and tip.get("odds") is not None:
        turn = "holds no longer" if tip.get("holds") else "begins to hold"
        return f"{conclusion} {turn} at an odds ratio of {times(tip['odds'])}."
    return f"{conclusion} holds {'over all of that' if tip.get('holds') else 'nowhere in that'} range."


def _changed(report: Report) -> Iterator[str]:
    told = [c.answer.total for c in report.changes if c.answer.total is not None]
    if told:
        yield f"Leaving out a list or merging two gives {reach(told)}."


# --- what is missing ----------------------------------------------------------------------


def _missing(report: Report) -> Iterator[str]:
    yield "Whoever no list could ever have recorded is in none of these numbers."
    refused = [a for a in report.answers if a.refused]
    if refused:
        yield f"{counted(len(refused), 'method')} refused: {listed(method(a.method).name for a in refused)}."
    yield from _models(report)
    if report.draws is None:
        yield "Who is the same person on two lists is taken as known; doubt about it is not in the interval."
    else:
        draws = report.draws
        if draws.refused:
            yield f"{counted(draws.refused, 'draw')} of {people(draws.draws)} of the linkage gave no answer."
    yield from (brief(caution) for caution in report.cautions[:CAUTIONS])
    if len(report.cautions) > CAUTIONS:
        yield f"{counted(len(report.cautions) - CAUTIONS, 'further caution')} with the lists."


def brief(caution: str, where: str = "the lists") -> str:
    """A caution as it fits on the first page; in full it stands further down."""
    if len(caution) <= LONG:
        return caution
    return f"{caution[:LONG].rpartition(' ')[0].rstrip(';,:')} … (in full with {where})."


def _models(report: Report) -> Iterator[str]:
    searched = [a for a in report.answers if a.method in LOGLINEAR and a.models and a.admissible_models is not None]
    lost, looked = max(((a.models or 0) - (a.admissible_models or 0), a.models or 0) for a in searched or [Answer()])
    if lost > 0:
        yield f"{people(lost)} of {people(looked)} models were refused: the data do not settle a total with them."


# --- when the data cannot say -------------------------------------------------------------


def _why(report: Report) -> Iterator[str]:
    yield _reason(report)
    yield from (brief(caution) for caution in report.cautions[:CAUTIONS])
    yield from _models(report)


def _still(report: Report) -> Iterator[str]:
    yield f"At least the {people(report.lists.n)} people recorded."
    bound = report.answer("chao")
    if bound is not None and bound.total is not None:
        known = method("chao")
        why = sentence_case(bound.reason or known.assumption)
        yield f"{known.name}: about {about(bound.total, report.lists.n)}. {why}"
    rest = [a for a in report.answers if a.total is not None and a.method != "chao"]
    if rest:
        yield _others(report, rest)


def _others(report: Report, rest: Sequence[Answer]) -> str:
    """What other methods say, and whether the headline's refusal speaks against them."""
    names = listed((method(a.method).name for a in rest), OUTSIDE)
    told = reach([a.total for a in rest if a.total is not None])
    one = len(rest) == 1
    if report.headline is None:  # the method to stand on was left out: nothing was refused
        return f"{counted(len(rest), 'method')} {'gives' if one else 'give'} {told}: {names}."
    return (
        f"{counted(len(rest), 'method')} that {'rests' if one else 'rest'} on more than the data can bear out "
        f"{'gives' if one else 'give'} {told}: {names}. {'It is not' if one else 'None of them is'} fit to stand on."
    )


def _help(report: Report) -> Iterator[str]:
    lists = report.lists
    if report.headline is None and report.answers:
        yield f"Let the method to stand on run too: {method(report.head.method).name} ({report.head.method})."
    names = shortened(lists.names, 30)
    apart = [f"{names[a]} and {names[b]}" for a, b in combinations(range(len(lists.names)), 2) if not lists.size(a, b)]
    if apart:
        yield f"Look again for people on both of {listed(apart, 4)}: a match that was missed looks like no overlap."
    if len(lists.names) < 4:
        yield "A further list that shares people with these."
    yield "A list kept by other people in another way, which reaches those whom these lists rarely reach."
    if report.draws is not None and report.draws.refused:
        yield "A surer answer to who is the same person on two lists."
    yield "Knowledge from outside of the data on how the lists depend on each other: who refers whom to whom."
