"""What the tables of findings share: the rows, what was asked for, and addresses that ask for a little else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from testimonia.project import showing
from testimonia.workbench.bench import Bench
from testimonia.workbench.pages.wording import wording
from testimonia.workbench.render import page, url
from testimonia.workbench.web import Asked

__all__ = ["Address", "all_plans", "estimating", "found", "linked", "plans", "rows", "shown", "table"]

KEYS = ("q", "year", "by")


class Address:
    """The address of a page that was asked for, and its neighbours. Keys that the page does not know are dropped."""

    def __init__(self, name: str, asked: Asked, facets: tuple[str, ...]) -> None:
        self._name = name
        self._query = {key: values for key in (*facets, *KEYS) if (values := asked.words(key))}

    def put(self, **changed: Any) -> str:
        """The same, with some keys put in place of what they were; from the first page on."""
        return url(self._name, **{**self._query, **changed})

    def drop(self, key: str, value: str) -> str:
        """The same, without one value of a key."""
        return self.put(**{key: [one for one in self._query.get(key, ()) if one != value]})

    def by(self, order: str, chosen: showing.Choice) -> str:
        """The same in an order; the other way round where that is the order already."""
        return self.put(by=f"-{order}" if chosen.order == order and not chosen.down else order)

    @property
    def bare(self) -> str:
        """The page with nothing asked for."""
        return url(self._name)


def found(bench: Bench) -> showing.Found:
    """The findings as they stand."""
    traced: dict[str, Any] = bench.keep("origins traced", dict)
    return bench.remember("found", lambda: showing.found(bench.book, bench.who, traced))


def rows(bench: Bench, kind: showing.Kind) -> tuple[showing.Row, ...]:
    """Every figure, measure or act, the rejected ones too."""
    return bench.remember(f"rows of {kind}", lambda: showing.rows(found(bench), kind))


def shown(bench: Bench, asked: Asked, template: str, **values: Any) -> Response:
    """A page on the findings: its template knows how values are written in the language of the page."""
    tools: dict[str, Any] = {"bounds": showing.bounds, "around_of": showing.around, "spot_of": showing.spot_of}
    left_out = found(bench).left_out
    return page(bench, asked, template, w=wording(asked.locale), left_out=left_out, **tools, **values)


def plans(bench: Bench) -> dict[str, showing.Plan]:
    """The pictures of the findings and of the links that there are numbers for."""
    return bench.remember("plans", lambda: showing.plans(found(bench).findings, linked(bench)))


def linked(bench: Bench) -> Mapping[str, Any] | None:
    """What the last linkage came to."""
    return bench.remember("linked", lambda: showing.linked_summary(bench.book))


def estimating(bench: Bench) -> showing.Estimating:
    """The estimate that was made last since the workbench was opened, or is being made."""
    return bench.keep("estimating", showing.Estimating)


def all_plans(bench: Bench) -> dict[str, showing.Plan]:
    """The pictures of the findings, and those of the estimate."""
    return {**plans(bench), **showing.plans_of_total(estimating(bench).report)}


def table(bench: Bench, asked: Asked, kind: showing.Kind, name: str, **more: Any) -> Response:
    """A page of the rows of one kind that were asked for."""
    told = found(bench)
    facets = showing.FACETS[kind]
    asking = showing.choice(
        {key: asked.words(key) for key in (*facets, *KEYS, "page")}, facets, ordered=kind == "event"
    )
    chosen = showing.choose(rows(bench, kind), asking)
    values = {"choice": asking, "chosen": chosen, "found": told, "here": Address(name, asked, facets), "name": name}
    return shown(bench, asked, f"{name}.html", **values, **more)
