"""Who stands behind what is said, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from testimonia.model import Origin
from testimonia.release.blocks import Block, Cell, Prose, Table
from testimonia.release.desk import Desk
from testimonia.release.findings import Findings
from testimonia.release.wording import (
    counted,
    language_name,
    listed,
    number,
)

__all__ = ["files", "missing", "origins"]

_ORIGINS = (
    "Documents that repeat one report, re-post it or copy it are one origin. Only independent origins "
    "corroborate; one that is undecided is not counted."
)


def origins(desk: Desk) -> Iterator[Block]:
    """Origins with their documents and passages, decided ones first."""
    yield Prose(sentences=(Cell(text=_ORIGINS),))
    yield from desk.picture("origins")
    speakers = desk.found.speakers
    if not speakers:
        yield Prose(sentences=(Cell(text="No origin was traced."),))
        return
    shown = desk.limits.take(len(speakers))
    rows = tuple(
        (
            Cell(text=s.origin.label),
            Cell(text=s.origin.kind),
            _certainty(s.origin),
            Cell(text=number(s.codings), tone="number"),
            Cell(text=number(s.documents), tone="number"),
            Cell(text=s.origin.reason, tone="soft"),
        )
        for s in speakers[:shown]
    )
    left = len(speakers) - shown
    yield Table(
        caption="Origins, those behind most passages first",
        head=("Origin", "Kind", "Certainty", "Passages", "Documents", "Why"),
        widths=(28, 12, 12, 9, 10, 34),
        rows=rows,
        more=f"{counted(left, 'origin')} not shown here: origins.json." if left else "",
    )


def files(desk: Desk) -> Iterator[Block]:
    """Every file with a text, and the hash that proves it is the same file."""
    documents = [d for d in desk.found.documents if d.text]
    if not documents:
        yield Prose(sentences=(Cell(text="No file could be read."),))
        return
    shown = desk.limits.take(len(documents))
    rows = tuple(
        (
            Cell(text="; ".join(d.paths)),
            Cell(text=d.outcome),
            Cell(text=number(len(d.text)), tone="number"),
            Cell(text=number(len(d.codings)), tone="number"),
            Cell(text=d.file_sha256, tone="hash"),
        )
        for d in documents[:shown]
    )
    left = len(documents) - shown
    yield Table(
        caption="Files with a text. Several names of one file: the same bytes arrived more than once.",
        head=("File", "Outcome", "Characters", "Codings", "SHA-256"),
        widths=(34, 10, 11, 9, 36),
        rows=rows,
        more=f"{counted(left, 'file')} not shown here: ledger.csv." if left else "",
    )


def missing(desk: Desk) -> Iterator[Block]:
    """What was not read, lost, not coded, or refused."""
    gaps = desk.found.missing
    unread = [*gaps.files, *gaps.pages]
    if unread:
        shown = desk.limits.take(len(unread))
        yield Table(
            caption="Files and pages not read, or read only partly",
            head=("File", "Page", "Outcome", "Reason", "What to do"),
            widths=(28, 10, 10, 28, 28),
            rows=tuple(
                (
                    Cell(text=u.path),
                    Cell(text=u.page or "–"),
                    Cell(text="", mark=u.outcome, tone="no" if u.outcome == "unread" else "partly"),
                    Cell(text=u.reason),
                    Cell(text=u.remedy or "–"),
                )
                for u in unread[:shown]
            ),
            more=f"{counted(len(unread) - shown, 'row')} not shown here: ledger.csv." if len(unread) > shown else "",
        )
    yield Prose(sentences=tuple(_gap_sentences(desk.found)), listed=True)
    if gaps.refused:
        yield Table(
            caption="Codings that were proposed and refused",
            head=("Reason", "Refused"),
            widths=(80, 20),
            rows=tuple((Cell(text=k), Cell(text=number(v), tone="number")) for k, v in gaps.refused.items()),
        )


def _certainty(origin: Origin) -> Cell:
    if origin.certainty == "undecided":
        return Cell(text="", mark="undecided", tone="partly")
    return Cell(text=origin.certainty)


def _gap_sentences(found: Findings) -> Iterator[Cell]:
    gaps = found.missing
    if not gaps.files and not gaps.pages:
        yield Cell(text="Every file was read, and every page of it.")
    if gaps.damaged:
        yield Cell(text=f"Damaged texts, in which words, digits or negations may be lost: {listed(gaps.damaged)}.")
    if gaps.lost:
        where = listed(dict.fromkeys(e.path for e in gaps.lost))
        yield Cell(text=f"{counted(len(gaps.lost), 'figure')} without digits, in {where}.")
    if gaps.silent:
        yield Cell(text=f"Read, but nothing was coded in: {listed(gaps.silent, 20)}.")
    if gaps.languages:
        tongues = listed(f"{language_name(k)} ({v:,} characters)" for k, v in gaps.languages.items())
        yield Cell(text=f"Languages without a coder: {tongues}.")
    if gaps.kinds:
        yield Cell(text=f"Kinds of which nothing was found: {listed(gaps.kinds)}.")
    total = sum(gaps.refused.values())
    yield Cell(text=f"{counted(total, 'proposed coding')} refused." if total else "No proposed coding was refused.")
