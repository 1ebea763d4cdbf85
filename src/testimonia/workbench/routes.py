"""Every address of the workbench. What is not in this list does not exist."""

from __future__ import annotations

from testimonia.workbench.pages import acts, document, figures, home, judging, measures, pairs, persons, search
from testimonia.workbench.web import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    *home.ROUTES,
    *search.ROUTES,
    *pairs.ROUTES,
    *persons.ROUTES,
    *document.ROUTES,
    *judging.ROUTES,
    *measures.ROUTES,
    *figures.ROUTES,
    *acts.ROUTES,
)
