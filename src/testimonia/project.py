"""The one file that knows the order of the stages. Command line, workbench and Python face all call it.

Each stage is idempotent: its work is keyed by what went in and by the version of what did it, so that running
a stage twice changes nothing, and a run that was killed goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from testimonia import __version__, release
from testimonia import intake as reading
from testimonia.casebook import Arrival, Casebook, Damage, Hit, Kdf
from testimonia.coding import gate
from testimonia.coding.codebook import Codebook, load_codebook
from testimonia.coding.coder import Coder
from testimonia.coding.rules import RuleCoder
from testimonia.errors import UnusablePath
from testimonia.linkage import origins
from testimonia.model import Child, Document, Reading
from testimonia.sandbox import Sandbox

__all__ = [
    "Report",
    "RunResult",
    "Step",
    "code",
    "dossier",
    "export",
    "new",
    "run",
    "search",
    "take_in",
    "trace",
    "verify",
]

DEPTH_LIMIT = 6  # files inside files inside files: a ZIP in a mail in a ZIP is real, more is an attack
OURS = frozenset({"casebook", *release.FILES})


@dataclass(frozen=True, slots=True)
class Step:
    """A step of long work: `done` of `total` in `stage`; `notable` where the user should see `text` stay."""

    stage: str
    done: int
    total: int
    text: str = ""
    notable: bool = False


Report = Callable[[Step], None]


def quiet(_step: Step) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run came to: outcomes by file found, codings by kind, codings refused, seconds by stage."""

    out: Path
    outcomes: Mapping[str, int]
    codings: Mapping[str, int]
    refused: Mapping[str, int]
    origins: int
    unconsented: int
    seconds: Mapping[str, float]
    files: Sequence[str] = field(default_factory=tuple)


def new(path: Path, passphrase: str, *, who: str = "owner", kdf: Kdf | None = None) -> Casebook:
    """Create an encrypted casebook in a new folder and return it open for writing.

    Raises CasebookExists where there is something already.
    """
    return Casebook.create(path, passphrase, who=who, kdf=kdf)


# --- intake ---------------------------------------------------------------------------------------------------


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
) -> Iterator[Arrival]:
    """Keep one file and then what it holds; it counts as done only once its children are in."""
    sha = hashlib.sha256(data).hexdigest()
    work = f"{path}|{sha}|{reading.fingerprint()}"
    if casebook.done("intake", work):
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
        yield from _keep_child(casebook, path, sha, child, sandbox, depth + 1)
    if children:
        with casebook.act("intake", why="children-taken") as write:
            write.mark("intake", work)


def _keep_child(
    casebook: Casebook, parent: str, parent_sha256: str, child: Child, sandbox: Sandbox, depth: int
) -> Iterator[Arrival]:
    path = f"{parent}!/{child.name}"
    if depth > DEPTH_LIMIT:
        reason = f"it lies more than {DEPTH_LIMIT} files deep inside other files."
        yield _not_taken(casebook, path, reason, "Unpack the outer file and run again.")
        return
    yield from _keep(
        casebook, path, child.data, sandbox, parent=parent, parent_sha256=parent_sha256, depth=depth
    )


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


# --- coding ---------------------------------------------------------------------------------------------------


def code(casebook: Casebook, *, coders: Sequence[Coder] = (), report: Report = quiet) -> Counter[str]:
    """Let every coder propose codings for every rendering it has not seen; return how many of each kind.

    What the gate refuses is counted and kept as a count by reason, never as a coding.
    """
    codebook = load_codebook()
    chosen = tuple(coders) or (RuleCoder(),)
    readable = casebook.readable()
    for number, file_sha256 in enumerate(readable, 1):
        document = casebook.document(file_sha256, codings=False)
        failures = [_code_one(casebook, document, coder, codebook) for coder in chosen]
        text = " ".join([*document.paths[:1], *filter(None, failures)])
        report(Step("code", number, len(readable), text, notable=any(failures)))
    return Counter(casebook.kinds())


def _code_one(casebook: Casebook, document: Document, coder: Coder, codebook: Codebook) -> str | None:
    """Code one document; return None, or what went wrong.

    A coder that fails must not end a run over forty files, and must not pass in silence either: the failure is
    counted among the refusals, shown in the dossier, and tried again by the next run.
    """
    work = f"{document.rendering_sha256}|{coder.name}|{coder.version}|{codebook.sha256}"
    if casebook.done("code", work):
        return None
    try:
        kept, refused = gate.check(
            coder.code(document.passages), document.text, codebook, document.rendering_sha256
        )
    except Exception as error:  # noqa: BLE001 - said, counted and tried again; see the docstring
        failure = f"not coded: the coder {coder.name} failed ({type(error).__name__}); the next run tries again."
        with casebook.act("code", why="failed") as write:
            write.codings(document.rendering_sha256, coder.name, (), refused={"document not coded: coder failed": 1})
        return failure
    with casebook.act("code", why=coder.name) as write:
        write.codings(document.rendering_sha256, coder.name, kept, refused=refused)
        write.mark("code", work)
    return None


# --- origins --------------------------------------------------------------------------------------------------


def trace(casebook: Casebook, *, report: Report = quiet) -> int:
    """Trace who stands behind what is said in all documents; return the number of origins found."""
    documents = list(casebook.documents())
    graph = casebook.origin_graph()
    work = _origins_key(documents)
    if graph is None or not casebook.done("origins", work):
        graph = origins.trace(documents)
        with casebook.act("origins", why="derived") as write:
            write.origins(graph)
            write.mark("origins", work)
    report(Step("origins", 1, 1, f"{len(graph.origins)} origins in {len(documents)} files", notable=True))
    return len(graph.origins)


def _origins_key(documents: Iterable[Document]) -> str:
    """Hash everything the tracing of origins depends on: its version, and all codings of all documents."""
    digest = hashlib.sha256(origins.VERSION.encode())
    for document in documents:
        digest.update(f"\n{document.file_sha256} {' '.join(document.paths)}".encode())
        digest.update(" ".join(coding.id for coding in document.codings).encode())
    return digest.hexdigest()


# --- release --------------------------------------------------------------------------------------------------


def dossier(
    casebook: Casebook,
    out: Path,
    *,
    sandbox: Sandbox,
    seconds: Mapping[str, float] | None = None,
    sample: bool = False,
    report: Report = quiet,
) -> Sequence[str]:
    """Write the dossier and the files of findings into `out` (made 0700); return the names written."""
    graph = casebook.origin_graph()
    if graph is None:
        trace(casebook, report=report)
        graph = casebook.origin_graph()
    written = release.write(
        out,
        documents=casebook.documents(),
        graph=graph,
        corroborate=origins.corroborate,
        ledger_rows=list(casebook.arrivals()),
        run_info=_run_info(casebook, seconds or {}),
        consent_missing=casebook.unconsented_sources(),
        reviewed=casebook.summary().get("reviews", 0) > 0,
        sample=sample,
        refused=casebook.refused(),
        sandbox=sandbox,
        progress=lambda done, total, text: report(Step("dossier", done, total, text)),
    )
    return written


def _run_info(casebook: Casebook, seconds: Mapping[str, float]) -> dict[str, Any]:
    coder = RuleCoder()
    return {
        "testimonia": __version__,
        "intake": reading.fingerprint(),
        "coder": {"name": coder.name, "version": coder.version},
        "codebook_sha256": load_codebook().sha256,
        "casebook": casebook.summary(),
        "seconds": {stage: round(spent, 3) for stage, spent in seconds.items()},
    }


def export(casebook: Casebook, what: str, form: str) -> Iterator[str]:
    """Yield the lines of one export (`codings`, `figures`, `measures`, `acts`, `origins`, `ledger`, `renderings`)."""
    return release.export(
        what,
        form,
        documents=casebook.documents(),
        graph=casebook.origin_graph(),
        ledger_rows=casebook.arrivals(),
    )


# --- the main job ---------------------------------------------------------------------------------------------


class Stopwatch:
    """Seconds of wall time by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started


def prepare(out: Path) -> bool:
    """Make OUT ready to be written into; return whether it holds a casebook to resume.

    Raises UnusablePath where OUT is a file, cannot be written to, or holds somebody else's files.
    """
    try:
        if out.is_file():
            raise UnusablePath(f"{out}: this is a file; name a new or an empty folder with --out.")
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        present = {entry.name for entry in out.iterdir() if not entry.name.startswith(".")}
        if present and not _made_here(out, present):
            raise UnusablePath(f"{out}: the folder holds other files; name a new or an empty folder with --out.")
        out.chmod(0o700)
        return (out / "casebook").exists()
    except UnusablePath:
        raise
    except OSError as error:
        why = f"{out}: cannot be used as the output folder ({error.strerror}). Name another with --out."
        raise UnusablePath(why) from error


def _made_here(out: Path, present: Set[str]) -> bool:
    """Whether an earlier run or dossier made this folder: by the casebook in it, or by every name."""
    return reading.is_casebook(out / "casebook") or ("dossier.html" in present and present <= OURS)


def run(
    paths: Sequence[Path],
    out: Path,
    passphrase: str,
    *,
    sandbox: Sandbox,
    who: str = "owner",
    sample: bool = False,
    kdf: Kdf | None = None,
    report: Report = quiet,
) -> RunResult:
    """Do the whole way: casebook, intake, coding, origins, dossier. An OUT that exists is resumed.

    The sandbox must have been started before the passphrase was read. Raises CasebookError, UnusablePath.
    """
    watch = Stopwatch()
    with watch("open"):
        resume = prepare(out)
        place = out / "casebook"
        casebook = Casebook.open(place, passphrase, who=who) if resume else new(place, passphrase, who=who, kdf=kdf)
    with casebook:
        with watch("intake"):
            outcomes = take_in(casebook, paths, sandbox=sandbox, exclude=out, report=report)
        with watch("code"):
            codings = code(casebook, report=report)
        with watch("origins"):
            count = trace(casebook, report=report)
        with watch("dossier"):
            files = dossier(
                casebook, out, sandbox=sandbox, seconds=watch.seconds, sample=sample, report=report
            )
        unconsented, refused = casebook.unconsented_sources(), casebook.refused()
    return RunResult(out, outcomes, codings, refused, count, unconsented, watch.seconds, files)


def search(casebook: Casebook, query: str, *, limit: int = 20, offset: int = 0) -> list[Hit]:
    """Return the passages that hold all words of the query, best first, with the exact characters."""
    return casebook.search(query, limit=limit, offset=offset)


def verify(path: Path, passphrase: str) -> list[Damage]:
    """Read everything back and return what does not match what was acknowledged; empty means intact.

    Works also on a casebook so damaged that it cannot be opened. Raises CasebookError where there is none, or
    where the passphrase is wrong.
    """
    return list(Casebook.examine(path, passphrase))
