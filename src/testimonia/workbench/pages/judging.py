"""Judgements, one address each for one, for many, and for a person's own codings. All is JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from starlette.responses import Response

from testimonia.errors import NoSuchCoding, NotKept, Overtaken
from testimonia.model import State
from testimonia.project import judging
from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.refusals import said
from testimonia.workbench.web import Asked, Refused, answer, post

__all__ = ["ROUTES", "asked_id", "asked_number", "asked_seconds", "refusing"]

GONE = "This coding is not there any more: the text was coded again. Load the page again."
LONGEST = 4 * 3600.0  # seconds that somebody may have looked at one coding


def judge(bench: Bench, asked: Asked) -> Response:
    """Keep one judgement."""
    told = asked.json()
    coding, seen = asked_id(told, "coding"), asked_number(told, "seen", 0)
    with refusing(bench, asked, coding), bench.writing() as book:
        kept = judging.judge(
            book,
            coding,
            _state(told),
            seen=seen,
            changes=_changes(told),
            seconds=asked_seconds(told),
            shown=told.get("shown") is not False,
        )
    return answer(kept.plain())


def many(bench: Bench, asked: Asked) -> Response:
    """Keep a judgement on many, all or none."""
    told = asked.json()
    codings = [(asked_id(one, "coding"), asked_number(one, "seen", 0)) for one in _list(told, "codings")]
    with refusing(bench, asked), bench.writing() as book:
        kept = judging.judge_many(book, codings, _state(told), seconds=asked_seconds(told))
    return answer({"codings": [one.plain() for one in kept]})


def own(bench: Bench, asked: Asked) -> Response:
    """Keep a coding of the person's own, in place of another if that is named."""
    told = asked.json()
    rendering = asked_id(told, "rendering")
    replaces = asked_id(told, "replaces") if told.get("replaces") is not None else None
    seen, seconds = asked_number(told, "seen", 0), asked_seconds(told)
    fields = {name: value for name, value in told.items() if name not in _ABOUT}
    with refusing(bench, asked, replaces), bench.writing() as book:
        made = judging.own(book, rendering, fields, replaces=replaces, seen=seen, seconds=seconds)
        return answer({"coding": judging.plain(made), "replaced": _as_now(book, replaces)})


def respan(bench: Bench, asked: Asked) -> Response:
    """Keep a coding with other bounds in place of the one that stands."""
    told = asked.json()
    coding, seen = asked_id(told, "coding"), asked_number(told, "seen", 0)
    start, end = asked_number(told, "start"), asked_number(told, "end")
    with refusing(bench, asked, coding), bench.writing() as book:
        made = judging.respan(book, coding, start, end, seen=seen, seconds=asked_seconds(told))
        return answer({"coding": judging.plain(made), "replaced": _as_now(book, coding)})


def undo(bench: Bench, asked: Asked) -> Response:
    """Take back an own coding; what it had replaced stands again."""
    told = asked.json()
    coding = asked_id(told, "coding")
    replaces = asked_id(told, "replaces") if told.get("replaces") is not None else None
    seen = asked_number(told, "seen", 0) if told.get("seen") is not None else None
    with refusing(bench, asked, coding), bench.writing() as book:
        again = judging.undo(book, coding, replaces=replaces, seen=seen)
        return answer({"coding": judging.plain(again) if again else None, "removed": coding})


_ABOUT = ("rendering", "replaces", "seen", "seconds", "shown")


@contextmanager
def refusing(bench: Bench, asked: Asked, coding: str | None = None) -> Iterator[None]:
    """Answer what cannot be kept: 409 with who was quicker and what stands now, 404, or 422 with the reason."""
    try:
        yield
    except Overtaken as error:
        now = _as_now(bench.book, error.coding or coding)
        raise Refused(409, said(error, asked.locale), who=error.who, what=error.what, at=error.at, now=now) from error
    except NoSuchCoding:
        raise Refused(404, GONE) from None
    except KeyError:
        raise Refused(404, "This text is not in the casebook any more. Load the page again.") from None
    except NotKept as error:
        raise Refused(422, said(error, asked.locale), reason=error.reason) from error
    except ValueError as error:
        raise Refused(422, str(error)) from error


def _as_now(book: Any, coding: str | None) -> dict[str, Any] | None:
    found = judging.standing(book, coding) if coding else None
    return judging.plain(found) if found else None


# What was asked ----------------------------------------------------------------------------------------------


def asked_id(told: Mapping[str, Any], name: str) -> str:
    """An id or a hash out of a request. Raises Refused."""
    value = told.get(name)
    if not isinstance(value, str) or not value.isalnum() or len(value) > 64:
        raise Refused(400, f"The request does not say which {name} it is about.")
    return value


def asked_number(told: Mapping[str, Any], name: str, default: int | None = None) -> int:
    """A whole number, not negative, out of a request. Raises Refused."""
    value = told.get(name, default)
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise Refused(400, f"The request does not say {name} as a whole number.")
    return value


def asked_seconds(told: Mapping[str, Any]) -> float | None:
    """How long somebody looked, in seconds, if the page measured it. Raises Refused."""
    value = told.get("seconds")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise Refused(400, "The seconds of a judgement are a number.")
    return min(float(value), LONGEST)


def _state(told: Mapping[str, Any]) -> State:
    return cast(State, str(told.get("state")))


def _changes(told: Mapping[str, Any]) -> dict[str, Any]:
    changes = told.get("changes") or {}
    if not isinstance(changes, dict):
        raise Refused(400, "The changes of a correction are named.")
    return changes


def _list(told: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = told.get(name)
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Refused(400, f"The request has no list of {name}.")
    return value


ROUTES = (
    post("/judge", "judge", judge),
    post("/judge/many", "judge_many", many),
    post("/codings", "codings", own),
    post("/codings/respan", "codings_respan", respan),
    post("/codings/undo", "codings_undo", undo),
)
