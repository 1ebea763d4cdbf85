"""The chapter on hidden totals as the dossier takes it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from testimonia.release.blocks import Picture, Section
from testimonia.release.hidden.pages import TITLE, chapter
from testimonia.release.hidden.view import read

__all__ = ["section"]


def section(report: Mapping[str, Any] | None, pictures: Mapping[str, Picture] | None = None) -> Section:
    """The chapter of a report (its JSON form): headline, what it rests on, how sure it is, all methods, the band.

    Without a report it says what would be needed. `pictures` are those drawn of the same report, by name.
    """
    found = read(report) if report is not None else None
    return Section(id="hidden", title=TITLE, blocks=chapter(found, pictures or {}))
