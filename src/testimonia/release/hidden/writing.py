"""Write the report of an estimate: HTML, PDF, and every picture as a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from testimonia.errors import SandboxError, UnusablePath
from testimonia.release import files, lines, render_jobs
from testimonia.release.blocks import Picture
from testimonia.release.hidden import pages
from testimonia.release.hidden.pictures import patterns, pictures
from testimonia.release.hidden.view import Report, read

__all__ = ["FIGURES", "FILES", "Drawing", "write"]

FILES = ("report.html", "report.pdf")
FIGURES = "figures"
SECONDS = 120.0
PDF_MEMORY = 2 << 30
CHART_MEMORY = 128 << 30  # address space: V8 reserves 64 GB of it and uses 0.1
LARGEST = 256 << 20  # bytes of one answer
Progress = Callable[[int, int, str], None]


class KeylessProcess(Protocol):
    """What draws pictures and pages: a process that holds no key."""

    def call(
        self, job: str, payload: bytes, *, seconds: float = ..., memory: int = ..., max_answer: int = ...
    ) -> bytes:
        """Run `module:function` on `payload`."""
        ...


def quiet(_done: int, _total: int, _text: str) -> None:
    """Report nothing."""


def write(
    report: Mapping[str, Any],
    out: Path,
    *,
    sandbox: KeylessProcess,
    banners: Sequence[str] = (),
    progress: Progress = quiet,
) -> tuple[Path, ...]:
    """Write `report.html`, `report.pdf` and `figures/*.svg` into the folder `out`; return the paths written.

    `report` is the JSON form of a report of the room `estimation`. Each file is replaced in one step and readable by
    its owner only. What cannot be drawn is left out, `progress` is told why, and a file of an earlier run that would
    say other things is taken away. Raises UnusablePath where the folder cannot be written to.
    """
    found = read(report)
    drawing = Drawing(sandbox)
    images = drawing.pictures(found)
    page = pages.compose(found, images, tuple(banners))
    files.write_lines(out / "report.html", (pages.html(page),))
    progress(1, 3, drawing.failures.get("pictures", "report.html"))
    figures = _write_figures(out, images)
    progress(2, 3, FIGURES)
    svgs = {name: picture.svg for name, picture in images.items()}
    payload = lines.to_json({"dossier": asdict(page), "pictures": svgs, "template": "hidden"})
    pdf = _write_pdf(out / "report.pdf", drawing.pdf(payload.encode("utf-8", "replace")))
    progress(3, 3, drawing.failures.get("report.pdf", "report.pdf"))
    return (out / "report.html", *pdf, *figures)


class Drawing:
    """Draws in the key-less process; what cannot be drawn is left out, and `failures` says why."""

    def __init__(self, sandbox: KeylessProcess) -> None:
        self._sandbox = sandbox
        self.failures: dict[str, str] = {}

    def pictures(self, report: Report, only: Sequence[str] = ()) -> dict[str, Picture]:
        """The pictures of a report by name; those that need a missing part are left out."""
        made = {} if only else {p.name: p for p in [patterns(report)] if p is not None}
        if lacking := render_jobs.lacking_for_charts():
            self.failures["pictures"] = lacking
            return made
        try:
            return {**made, **pictures(report, self._charts, only)}
        except SandboxError as error:
            self.failures["pictures"] = f"the pictures were not drawn: {error}"
            return made

    def pdf(self, payload: bytes) -> bytes | None:
        """The PDF set from `payload` (JSON), or None where it could not be made."""
        if lacking := render_jobs.lacking_for_pdf():
            self.failures["report.pdf"] = lacking.replace("dossier.html", "report.html")
            return None
        try:
            return self._call("pdf", payload, PDF_MEMORY)
        except SandboxError as error:
            self.failures["report.pdf"] = f"the PDF was not made: {error}"
            return None

    def _charts(self, job: str, payload: bytes) -> bytes:
        return self._call(job, payload, CHART_MEMORY)

    def _call(self, job: str, payload: bytes, memory: int) -> bytes:
        name = f"testimonia.release.render_jobs:{job}"
        return self._sandbox.call(name, payload, seconds=SECONDS, memory=memory, max_answer=LARGEST)


def _write_figures(out: Path, images: Mapping[str, Picture]) -> tuple[Path, ...]:
    """Write each picture as a file; those of an earlier run that are no longer drawn go."""
    folder = out / FIGURES
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UnusablePath(f"{folder}: cannot be written ({error.strerror}). Put that right and run again.") from error
    made = {folder / f"{name.removeprefix('hidden-')}.svg": picture.svg for name, picture in images.items()}
    for old in folder.glob("*.svg"):
        if old not in made:
            old.unlink(missing_ok=True)
    for path, svg in made.items():
        files.write_lines(path, (svg,))
    return tuple(made)


def _write_pdf(path: Path, pdf: bytes | None) -> tuple[Path, ...]:
    """Write the PDF; where there is none, take away one of an earlier run."""
    if pdf is None:
        path.unlink(missing_ok=True)
        return ()
    files.write_bytes(path, pdf)
    return (path,)
