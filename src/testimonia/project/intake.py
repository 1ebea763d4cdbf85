"""Files in: preserve and read every file below the paths."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from testimonia import intake as reading
from testimonia.casebook import Arrival, Casebook
from testimonia.model import Child, Reading
from testimonia.project.steps import Report, Step, quiet
from testimonia.sandbox import Sandbox

__all__ = ["read_again", "take_in", "take_in_bytes"]

DEPTH_LIMIT = 6  # files inside files inside files: a ZIP in a mail in a ZIP is real, more is an attack


def take_in(
    casebook: Casebook,
    paths: Sequence[Path],
    *,
    sandbox: Sandbox,
    exclude: Path | None = None,
    report: Report = quiet,
) -> Counter[str]:
    """Preserve and read every file below the paths; return how many files had which outcome.

    One durable transaction a file: a file that has been reported is in the casebook, and is not read again.
    """
    found = list(reading.walk(paths, exclude=exclude))
    outcomes: Counter[str] = Counter()
    for number, file in enumerate(found, 1):
        if exclude is not None and os.path.realpath(file.source) == os.path.realpath(exclude):
            text = f"passed over {file.path}: it is the output of this command and is never read as input."
            report(Step("intake", number, len(found), text, notable=True))
            continue
        if file.error is not None:
            arrivals = [_not_taken(casebook, file.path, file.error, file.remedy)]
        else:
            arrivals = list(_take(casebook, file.path, file.source, sandbox))
        for arrival in arrivals:
            outcomes[arrival.outcome] += 1
            report(_outcome_step(arrival, number, len(found)))
    return outcomes


def take_in_bytes(casebook: Casebook, path: str, data: bytes, *, sandbox: Sandbox) -> list[Arrival]:
    """Preserve and read a file whose bytes are at hand, under a path; what became of it and of the files inside it.

    The bytes are written nowhere but into the casebook, encrypted.
    """
    return list(_keep(casebook, path, data, sandbox))


def read_again(casebook: Casebook, arrival: Arrival, *, sandbox: Sandbox) -> list[Arrival]:
    """Read a preserved file again with the tools of now, in place of the reading before. Raises KeyError, ValueError.

    The bytes are those that were kept; judgements on what was read before stay on record.
    """
    if arrival.file_sha256 is None:
        raise ValueError(f"{arrival.path}: nothing was kept of it, so it cannot be read again. Add the file anew.")
    data = casebook.item_bytes(arrival.file_sha256)
    return list(_keep(casebook, arrival.path, data, sandbox, parent=arrival.parent, again=True))


def _outcome_step(arrival: Arrival, done: int, total: int) -> Step:
    why = f": {arrival.reason}" if arrival.reason else ""
    what = f" {arrival.remedy}" if arrival.remedy else ""
    text = f"{arrival.outcome:6} {arrival.path}{why}{what}"
    return Step("intake", done, total, text, notable=arrival.outcome != "read")


def _not_taken(casebook: Casebook, path: str, reason: str, remedy: str | None) -> Arrival:
    arrival = Arrival(path=path, outcome="unread", reason=reason, remedy=remedy)
    with casebook.act("intake", why="not-taken") as write:
        write.arrive(arrival)
    return arrival


def _take(casebook: Casebook, path: str, source: Path, sandbox: Sandbox) -> Iterator[Arrival]:
    try:
        data = reading.take(source)
    except reading.NotTaken as problem:
        yield _not_taken(casebook, path, problem.reason, problem.remedy)
        return
    yield from _keep(casebook, path, data, sandbox)


def _keep(
    casebook: Casebook,
    path: str,
    data: bytes,
    sandbox: Sandbox,
    *,
    parent: str | None = None,
    parent_sha256: str | None = None,
    depth: int = 0,
    again: bool = False,
) -> Iterator[Arrival]:
    """Keep one file and then what it holds; it counts as done only once its children are in."""
    sha = hashlib.sha256(data).hexdigest()
    work = f"{path}|{sha}|{reading.fingerprint()}"
    if not again and casebook.done("intake", work):
        known = casebook.arrivals(under=path)
        yield from (row for row in known if row.path != path or row.file_sha256 == sha)
        return
    found = reading.read(sandbox, data, path.rpartition("/")[2])
    children = found.children
    arrival = _arrival(path, sha, len(data), found, parent)
    with casebook.act("intake", why="taken") as write:
        write.preserve(data, media_type=found.media_type, parent=parent_sha256)
        write.reading(sha, found)
        write.arrive(arrival)
        if not children:
            write.mark("intake", work)
    yield arrival
    for child in children:
        yield from _keep_child(casebook, path, sha, child, sandbox, depth + 1, again=again)
    if children:
        with casebook.act("intake", why="children-taken") as write:
            write.mark("intake", work)


def _keep_child(
    casebook: Casebook, parent: str, parent_sha256: str, child: Child, sandbox: Sandbox, depth: int, *, again: bool
) -> Iterator[Arrival]:
    path = f"{parent}!/{child.name}"
    if depth > DEPTH_LIMIT:
        reason = f"it lies more than {DEPTH_LIMIT} files deep inside other files."
        yield _not_taken(casebook, path, reason, "Unpack the outer file and run again.")
        return
    about = {"parent": parent, "parent_sha256": parent_sha256, "depth": depth, "again": again}
    yield from _keep(casebook, path, child.data, sandbox, **about)  # type: ignore[arg-type]


def _arrival(path: str, sha: str, size: int, found: Reading, parent: str | None) -> Arrival:
    pages = [page for page in found.pages if page.kind == "page"]
    languages = Counter[str]()
    for passage in found.passages:
        languages[passage.language] += len(passage.text)
    return Arrival(
        path=path,
        file_sha256=sha,
        bytes=size,
        media_type=found.media_type,
        outcome=found.outcome,
        pages=len(pages),
        characters=len(found.text),
        languages=tuple(code for code, _ in languages.most_common() if code != "und"),
        flags=found.flags,
        reason=found.reason,
        remedy=found.remedy,
        parent=parent,
    )
