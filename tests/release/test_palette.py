"""Every text of the page can be read: its colours keep the contrast that WCAG 2.2 (1.4.3, AA) asks for."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = resources.files("testimonia.release").joinpath("templates", "dossier.css").read_text("utf-8")
PAIRS = (
    ("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("band-ink", "band"), ("mark-ink", "mark"),
    ("yes", "yes-bg"), ("partly", "partly-bg"), ("no", "no-bg"), ("none", "none-bg"),
)  # fmt: skip


def palettes() -> dict[str, dict[str, str]]:
    """The colours by name, in light, and in dark as they override the light ones."""
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in CSS.split(":root {")[1:3])
    return {"light": light, "dark": {**light, **dark}}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2: 0 for black, 1 for white."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
def test_text_has_the_contrast_of_aa(scheme: str, pair: tuple[str, str]) -> None:
    """4.5 to 1 for text of any size, in light and in dark."""
    palette = palettes()[scheme]
    assert contrast(palette[pair[0]], palette[pair[1]]) >= 4.5


def test_the_focus_can_be_seen() -> None:
    """3 to 1 for the ring around what has the focus (1.4.11)."""
    assert all(contrast(p["link"], p["paper"]) >= 3 for p in palettes().values())
