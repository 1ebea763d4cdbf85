"""The whole dossier, live: the same sentences, tables and notes that `testimonia dossier` writes, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from testimonia.casebook import Casebook
from testimonia.project.showing.drawn import Plan
from testimonia.project.showing.standing import Found
from testimonia.release import dossier
from testimonia.release.blocks import Dossier

__all__ = ["Dossier", "composed"]

LIMITS = (150, 1500, 6, 3000)  # rows in a table, rows in all, notes of a statement, notes in all


def composed(
    casebook: Casebook,
    found: Found,
    plans: Mapping[str, Plan],
    *,
    sample: bool,
    linked: Mapping[str, Any] | None = None,
    totals: Mapping[str, Any] | None = None,
) -> Dossier:
    """The dossier as it stands now; its pictures are not drawn, only named."""
    told = dossier.Standing(
        consent_missing=casebook.unconsented_sources(),
        reviewed=casebook.summary().get("reviews", 0) > 0,
        sample=sample,
    )
    pictures = {name: plan.picture for name, plan in plans.items()}
    return dossier.compose(found.findings, told, pictures, LIMITS, totals, linked)
