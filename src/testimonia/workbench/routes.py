"""Every address of the workbench. What is not in this list does not exist."""

from __future__ import annotations

from testimonia.workbench.pages import (
    acts,
    document,
    dossier,
    doubles,
    estimate,
    figures,
    files,
    home,
    judging,
    map,
    measures,
    missing,
    origins,
    pairs,
    palermo,
    persons,
    pictures,
    search,
    timeline,
)
from testimonia.workbench.web import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    *home.ROUTES,
    *pictures.ROUTES,
    *estimate.ROUTES,
    *dossier.ROUTES,
    *missing.ROUTES,
    *origins.ROUTES,
    *palermo.ROUTES,
    *map.ROUTES,
    *timeline.ROUTES,
    *search.ROUTES,
    *files.ROUTES,
    *pairs.ROUTES,
    *persons.ROUTES,
    *document.ROUTES,
    *judging.ROUTES,
    *doubles.ROUTES,
    *measures.ROUTES,
    *figures.ROUTES,
    *acts.ROUTES,
)
