"""Coding twice: which documents wait for a second reader, how far two agree, and who is right where they do not."""

from __future__ import annotations

from typing import Any, cast

from starlette.responses import Response

from testimonia.model import Coding
from testimonia.project import adjudicating, agreement, choices, comparing, doubles, seeding
from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.judging import asked_id, asked_seconds, refusing
from testimonia.workbench.pages.wording import wording
from testimonia.workbench.render import page, url
from testimonia.workbench.web import Asked, Refused, answer, get, post

__all__ = ["ROUTES"]

AROUND = 160  # characters shown before and after a place in dispute
SHOWN = 50  # places on one page


def overview(bench: Bench, asked: Asked) -> Response:
    """How it stands: the plan, the documents, agreement, seeded suggestions."""
    book, who = bench.book, bench.who
    plan = book.double_plan()
    done, waiting = bench.remember("compared", lambda: comparing.comparisons(book))
    revealed = plan is not None and plan.revealed_at is not None
    return page(
        bench,
        asked,
        "doubles.html",
        plan=plan,
        offers=bench.remember(f"offers {who}", lambda: doubles.offers(book, who)),
        results=bench.remember("agreement", lambda: comparing.results(done, waiting)),
        items=bench.remember("disputed", lambda: adjudicating.items(book, done)),
        missed=seeding.missed(book.seeded(), book.made_instead_of_seeded()) if revealed else (),
        seeded=len(book.seeded()) if revealed else 0,
        limits=agreement,
        defaults=(doubles.SHARE, doubles.LEAST),
        code=lambda meaning: _code(meaning, asked.locale),
    )


def differences(bench: Bench, asked: Asked) -> Response:
    """The places where two differ, side by side, without a word of who is who."""
    book = bench.book
    done, _ = bench.remember("compared", lambda: comparing.comparisons(book))
    found = bench.remember("disputed", lambda: adjudicating.items(book, done))
    waiting = [one for one in found if one.by is None]
    paths = {one.document.file_sha256: (one.document.paths or (one.document.file_sha256[:12],))[0] for one in done}
    return page(
        bench,
        asked,
        "doubles_differences.html",
        cards=[_card(bench, one, asked.locale) for one in waiting[:SHOWN]],
        waiting=len(waiting),
        decided=len(found) - len(waiting),
        paths=paths,
    )


def _card(bench: Bench, item: adjudicating.Item, locale: str) -> dict[str, Any]:
    text = bench.book.text(item.rendering_sha256)
    mine = bench.who is not None and bench.who in (item.second, *item.first.split(" + "))
    return {
        "item": item,
        "ids": " ".join(sorted(item.ids.values())),
        "before": _in_one_line(text[max(0, item.start - AROUND) : item.start]),
        "words": text[item.start : item.end],
        "after": _in_one_line(text[item.end : item.end + AROUND]),
        "sides": [_side(one, locale) for one in (item.left, item.right)],
        "mine": mine,
    }


def _in_one_line(text: str) -> str:
    """Words around a place, with one space for whatever stood between them."""
    left, right = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' if left else ''}{' '.join(text.split())}{' ' if right else ''}"


def _side(coding: Coding | None, locale: str) -> dict[str, Any] | None:
    if coding is None:
        return None
    said = wording(locale)
    scheme = choices.SCHEMES.get(coding.kind)
    return {
        "quote": coding.quote,
        "code": said.code(scheme, coding.code) if scheme and coding.code else None,
        "value": said.place(str(coding.value)) if coding.kind == "place" and coding.value else coding.value,
        "unit": said.unit(coding.unit) if coding.unit else None,
        "modality": said.code("modality", coding.modality),
        "negative": coding.polarity == "negative",
    }


def _code(meaning: str, locale: str) -> tuple[str, str | None]:
    """Kind and name of the code of what is counted as one code."""
    kind, _, code = meaning.partition(":")
    return kind, wording(locale).code(choices.SCHEMES[kind], code) if code else None


# What is done -------------------------------------------------------------------------------------------------


def plan(bench: Bench, asked: Asked) -> Response:
    """Begin: draw the documents."""
    told = asked.json()
    with refusing(bench, asked), bench.writing() as book:
        doubles.plan(book, share=_share(told), least=_whole(told, "least"))
    return answer({"go": url("doubles")})


def begin(bench: Bench, asked: Asked) -> Response:
    """Take a document, to code it without suggestions."""
    file = asked_id(asked.json(), "file")
    with refusing(bench, asked), bench.writing() as book:
        doubles.begin(book, file)
    return answer({"go": url("document", file=file)})


def finish(bench: Bench, asked: Asked) -> Response:
    """Declare it finished."""
    file = asked_id(asked.json(), "file")
    with refusing(bench, asked), bench.writing() as book:
        doubles.finish(book, file)
    return answer({"go": url("doubles")})


def adjudicate(bench: Bench, asked: Asked) -> Response:
    """Decide one place."""
    told = asked.json()
    ids, side = str(told.get("ids", "")).split(), str(told.get("side"))
    with refusing(bench, asked), bench.writing() as book:
        done = adjudicating.adjudicate(book, ids, cast(Any, side), seconds=asked_seconds(told))
    return answer({"kept": done.kept, "by": done.by, "at": done.at})


def seed(bench: Bench, asked: Asked) -> Response:
    """Mix in wrong suggestions."""
    told = asked.json()
    with refusing(bench, asked), bench.writing() as book:
        seeding.seed(book, _share(told))
    return answer({"go": url("doubles")})


def reveal(bench: Bench, asked: Asked) -> Response:
    """Say which they were."""
    with refusing(bench, asked), bench.writing() as book:
        seeding.reveal(book)
    return answer({"go": url("doubles")})


def _share(told: dict[str, Any]) -> float:
    """A share that was typed in per cent. Raises Refused."""
    try:
        return float(str(told.get("share")).replace(",", ".")) / 100
    except ValueError:
        raise Refused(422, "The share is a number, in per cent.") from None


def _whole(told: dict[str, Any], name: str) -> int:
    value = str(told.get(name))
    if not value.isascii() or not value.isdigit() or len(value) > 6:
        raise Refused(422, "The least number of documents is a whole number.")
    return int(value)


ROUTES = (
    get("/doubles", "doubles", overview),
    get("/doubles/differences", "differences", differences),
    post("/doubles/plan", "doubles_plan", plan),
    post("/doubles/begin", "doubles_begin", begin),
    post("/doubles/finish", "doubles_finish", finish),
    post("/doubles/adjudicate", "doubles_adjudicate", adjudicate),
    post("/doubles/seed", "doubles_seed", seed),
    post("/doubles/reveal", "doubles_reveal", reveal),
)
