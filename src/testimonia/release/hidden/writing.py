"""Write the report of an estimate: HTML, PDF, and every picture as a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from testimonia.errors import UnusablePath
from testimonia.release import files, lines
from testimonia.release.blocks import Picture
from testimonia.release.drawing import Drawing, KeylessProcess
from testimonia.release.hidden import pages
from testimonia.release.hidden.pictures import patterns, pictures
from testimonia.release.hidden.view import Report, read

__all__ = ["FIGURES", "FILES", "write"]

FILES = ("report.html", "report.pdf")
FIGURES = "figures"
Progress = Callable[[int, int, str], None]


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
    drawing = Drawing(sandbox, "report")
    images = _drawn(found, drawing)
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


def _drawn(report: Report, drawing: Drawing) -> dict[str, Picture]:
    """All pictures by name; that of the combinations needs no other package."""
    made = {picture.name: picture for picture in [patterns(report)] if picture is not None}
    return {**made, **drawing.pictures(lambda job: pictures(report, job))}


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
