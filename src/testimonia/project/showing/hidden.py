"""The hidden total of the linked lists: what the last linkage came to, and an estimate made of it on request."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Literal

from testimonia.casebook import Casebook
from testimonia.errors import TestimoniaError
from testimonia.project.demo import METHODS
from testimonia.project.estimates import estimate, linked_table, plain_estimates
from testimonia.project.steps import Step
from testimonia.release import hidden, links
from testimonia.release.blocks import Picture, Section

__all__ = ["Estimating", "linked_summary", "sections_of"]

Standing = Literal["none", "working", "done", "failed"]


def linked_summary(casebook: Casebook) -> Mapping[str, Any] | None:
    """What the last linkage came to, with its time as `at`; None where nothing has been linked."""
    last = casebook.linkage()
    return None if last is None else {**last.summary, "at": last.at}


def sections_of(
    linked: Mapping[str, Any] | None, totals: Mapping[str, Any] | None, pictures: Mapping[str, Picture]
) -> tuple[Section, Section]:
    """The chapters of the dossier on who is the same person, and on how many were never recorded."""
    return links.section(linked, pictures), links.beside_truth(hidden.section(totals, pictures), linked)


class Estimating:
    """An estimate by the quick methods, made in a thread of its own while the pages go on.

    `standing` says how far it is, `done` of `steps` at `what`; `report` is its JSON form when it is done, `why` the
    sentence when it failed. `of` is the time of the linkage that it is an estimate of.
    """

    def __init__(self) -> None:
        self.standing: Standing = "none"
        self.done, self.steps, self.what = 0, 1, ""
        self.report: Mapping[str, Any] | None = None
        self.why = self.of = ""
        self._lock = threading.Lock()

    def start(self, casebook: Casebook) -> None:
        """Begin, unless it is being made. Raises BadTable or MissingPart where there is nothing to estimate from."""
        with self._lock:
            if self.standing == "working":
                return
            table = linked_table(casebook)
            last = casebook.linkage()
            self.standing, self.done, self.why = "working", 0, ""
            threading.Thread(target=self._work, args=(table, last.at if last else ""), daemon=True).start()

    def _work(self, table: Any, of: str) -> None:
        try:
            self.report, self.of = plain_estimates(estimate(table, methods=METHODS, report=self._tell)), of
            self.standing = "done"
        except TestimoniaError as error:
            self.standing, self.why = "failed", str(error)
        finally:
            if self.standing == "working":  # anything else that went wrong is said too, and shown by the thread itself
                self.standing = "failed"

    def _tell(self, step: Step) -> None:
        self.done, self.steps, self.what = step.done, max(1, step.total), step.text

    def told(self) -> dict[str, Any]:
        """How far it is, as JSON."""
        return {"standing": self.standing, "done": self.done, "steps": self.steps, "what": self.what, "why": self.why}
