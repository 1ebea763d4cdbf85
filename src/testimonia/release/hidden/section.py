"""The chapter on hidden totals as the dossier takes it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from testimonia.release.blocks import Picture, Section
from testimonia.release.drawing import Draw
from testimonia.release.hidden.pages import TITLE, chapter
from testimonia.release.hidden.pictures import CHAPTER, pictures
from testimonia.release.hidden.view import read

__all__ = ["chapter_pictures", "section"]


def section(report: Mapping[str, Any] | None, drawn: Mapping[str, Picture] | None = None) -> Section:
    """The chapter of a report (its JSON form): headline, what it rests on, how sure it is, all methods, the band.

    Without a report it says what would be needed. `drawn` are its pictures, those of `chapter_pictures`.
    """
    found = read(report) if report is not None else None
    return Section(id="hidden", title=TITLE, blocks=chapter(found, drawn or {}))


def chapter_pictures(report: Mapping[str, Any] | None, draw: Draw) -> dict[str, Picture]:
    """The pictures of that chapter, drawn by `draw`; none without a report."""
    return pictures(read(report), draw, CHAPTER) if report is not None else {}
