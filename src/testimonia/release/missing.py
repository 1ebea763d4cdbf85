"""What is missing: what was not read, what was lost, what nothing was found of, and what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from testimonia.model import Document, Page
from testimonia.release.evidence import Evidence

__all__ = ["KINDS", "LANGUAGES", "Missing", "NotRead", "missing"]

KINDS = (
    "act",
    "figure",
    "measure",
    "attribution",
    "place",
    "org",
    "law",
    "date",
    "person",
    "role",
    "demonym",
)
LANGUAGES = frozenset({"en", "ko", "zh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """A file, or a page of one, that was not or only partly read, with the reason and the remedy."""

    path: str
    page: str | None
    outcome: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Everything a reader must know is not in the findings.

    `languages` maps a language nobody coded to its characters; `refused` maps a reason of the gate to the
    number of proposals it refused.
    """

    files: tuple[NotRead, ...]
    pages: tuple[NotRead, ...]
    damaged: tuple[str, ...]
    lost: tuple[Evidence, ...]
    kinds: tuple[str, ...]
    silent: tuple[str, ...]
    languages: Mapping[str, int]
    refused: Mapping[str, int]


def missing(
    documents: Sequence[Document],
    evidence: Sequence[Evidence],
    refused: Mapping[str, int],
    ledger: Sequence[Mapping[str, object]] = (),
    coded: frozenset[str] = LANGUAGES,
) -> Missing:
    """List the gaps of `documents` and of what was read in them; `coded` are the languages with a coder.

    With `ledger` (one row per path found), paths that never became a document are listed too.
    """
    present = {e.coding.kind for e in evidence if not e.dropped}
    return Missing(
        files=_files(documents, ledger),
        pages=tuple(_page(d, page) for d in documents for page in d.pages if _incomplete(d, page)),
        damaged=tuple(_name(d) for d in documents if _is_damaged(d)),
        lost=tuple(e for e in evidence if e.coding.value_status == "lost" and not e.dropped),
        kinds=tuple(kind for kind in KINDS if kind not in present),
        silent=tuple(_name(d) for d in documents if d.text.strip() and not d.codings),
        languages=_uncoded(documents, coded),
        refused=dict(sorted(refused.items())),
    )


def _name(document: Document) -> str:
    return document.paths[0] if document.paths else document.file_sha256[:12]


def _files(documents: Sequence[Document], ledger: Sequence[Mapping[str, object]]) -> tuple[NotRead, ...]:
    if not ledger:
        return tuple(_file(d) for d in documents if d.outcome != "read")
    return tuple(_row(row) for row in ledger if row.get("outcome") != "read")


def _row(row: Mapping[str, object]) -> NotRead:
    return NotRead(
        path=str(row.get("path") or "a file without a name"),
        page=None,
        outcome=str(row.get("outcome") or "unread"),
        reason=str(row.get("reason") or "no reason was recorded"),
        remedy=str(row.get("remedy") or ""),
    )


def _file(document: Document) -> NotRead:
    return NotRead(
        path=_name(document),
        page=None,
        outcome=document.outcome,
        reason=document.reason or "no reason was recorded",
        remedy=document.remedy or "",
    )


def _incomplete(document: Document, page: Page) -> bool:
    return document.outcome != "unread" and page.verdict != "complete" and page.kind != "file"


def _page(document: Document, page: Page) -> NotRead:
    return NotRead(
        path=_name(document),
        page=f"{page.kind} {page.label}",
        outcome="partly" if page.verdict == "partial" else "unread",
        reason=page.reason or "no reason was recorded",
        remedy="",
    )


def _is_damaged(document: Document) -> bool:
    return "damaged_text" in document.flags or any("damaged_text" in p.flags for p in document.passages)


def _uncoded(documents: Sequence[Document], coded: frozenset[str]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for document in documents:
        for passage in document.passages:
            if passage.role != "boilerplate" and passage.language.split("-")[0] not in coded:
                found[passage.language] += len(passage.text)
    return dict(sorted(found.items()))
