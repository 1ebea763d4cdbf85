"""Write the report of a linkage: one page of HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from testimonia.release import files
from testimonia.release.blocks import Picture
from testimonia.release.drawing import Draw, Drawing, KeylessProcess
from testimonia.release.links import pages
from testimonia.release.links.pictures import CHAPTER, pictures
from testimonia.release.links.words import Given

__all__ = ["chapter_pictures", "write"]

Progress = Callable[[int, int, str], None]


def quiet(_done: int, _total: int, _text: str) -> None:
    """Report nothing."""


def write(
    links: Given,
    out: Path,
    *,
    sandbox: KeylessProcess,
    banners: Sequence[str] = (),
    progress: Progress = quiet,
) -> tuple[Path, ...]:
    """Write `report.html` into the folder `out`; return the paths written.

    `links` is the summary of a linkage, with record ids at most. What cannot be drawn is left out, and `progress` is
    told why. Raises UnusablePath where the folder cannot be written to.
    """
    drawing = Drawing(sandbox, "report")
    drawn = drawing.pictures(lambda job: pictures(links, job))
    files.write_lines(out / "report.html", (pages.html(pages.compose(links, drawn, tuple(banners))),))
    progress(1, 1, drawing.failures.get("pictures", "report.html"))
    return (out / "report.html",)


def chapter_pictures(links: Given | None, draw: Draw) -> dict[str, Picture]:
    """The pictures of the chapter in the dossier, drawn by `draw`; none without links."""
    return pictures(links, draw, CHAPTER) if links is not None else {}
