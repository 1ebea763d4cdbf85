"""The desk at which the chapters of a report are written: cells, tables and pictures of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from testimonia.release.blocks import Cell, Picture, Table, Tone
from testimonia.release.hidden.terms import verdict
from testimonia.release.hidden.view import Answer, Report
from testimonia.release.hidden.words import interval, model_words, people, shortened
from testimonia.release.wording import sentence_case

__all__ = ["Desk", "number", "soft", "table", "text", "verdict_cell"]

_TONES: Mapping[str, Tone] = {"fine": "yes", "caution": "partly"}


class Desk:
    """A report and the pictures made of it."""

    def __init__(self, report: Report, pictures: Mapping[str, Picture]) -> None:
        self.report, self.pictures = report, pictures

    def picture(self, name: str) -> Iterator[Picture]:
        """The picture of this name, if it was drawn."""
        if name in self.pictures:
            yield self.pictures[name]

    def model(self, model: str | None) -> Cell:
        """A model in bracket form, with the names of its lists below."""
        if not model:
            return text("–")
        words = model_words(model, shortened(self.report.lists.names))
        return Cell(text=model, items=(soft(words),) if words else ())

    def total(self, answer: Answer) -> Cell:
        """A total to the last person."""
        return number(people(answer.total))

    def interval(self, answer: Answer) -> Cell:
        """An interval, or a dash and why there is none."""
        return number(interval(answer))

    def verdict(self, answer: Answer) -> Cell:
        """The verdict of a method, with its reason."""
        why = answer.reason
        if not why and answer.total is not None and answer.lower is None and answer.upper is None:
            why = "this method gives no interval here."
        return verdict_cell(answer.verdict if not answer.refused or answer.verdict != "fine" else "refused", why)


def verdict_cell(id_: str, why: str = "") -> Cell:
    """A verdict as a word set apart, and its reason."""
    return Cell(text=sentence_case(why), mark=verdict(id_).name, tone=_TONES.get(id_, "no"))


def text(words: str) -> Cell:
    """Plain words."""
    return Cell(text=words)


def soft(words: str) -> Cell:
    """Words that stand back."""
    return Cell(text=words, tone="soft")


def number(words: str) -> Cell:
    """Digits that stand below one another."""
    return Cell(text=words, tone="number")


def table(
    caption: str,
    head: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[Cell]],
    heading: str = "",
    more: str = "",
) -> Table:
    """A table of cells."""
    return Table(
        caption=caption,
        head=tuple(head),
        rows=tuple(tuple(row) for row in rows),
        widths=tuple(widths),
        more=more,
        heading=heading,
    )
