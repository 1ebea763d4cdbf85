"""What the key-less process draws: the pages of the PDF, and pictures. Bytes in, bytes out, nothing kept."""

from __future__ import annotations

import json
import re
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from testimonia.errors import MissingPart
from testimonia.release import origin_picture

__all__ = ["charts", "pdf"]

NO_ALTAIR = (
    "the pictures were not drawn: the package altair or vl-convert-python is not installed. Install "
    "testimonia with its [report] extra; the tables hold the same numbers."
)
NO_TYPST = (
    "the PDF was not made: the package typst is not installed. Install testimonia with its [report] extra; "
    "dossier.html says the same."
)
NO_FONT = (
    "the PDF was not made: no font with Korean and Chinese letters was found. Install the package "
    "manimgx-fonts-cjk; dossier.html says the same."
)
_TEXT = re.compile(r'<text\b(?![^>]*\bstroke=)([^>]*?)\bfill="(#[0-9a-fA-F]{3,6})"')


def lacking_for_charts() -> str | None:
    """Return the sentence that says what the pictures need and this installation lacks, or None."""
    return None if find_spec("altair") and find_spec("vl_convert") else NO_ALTAIR


def lacking_for_pdf() -> str | None:
    """Return the sentence that says what the PDF needs and this installation lacks, or None."""
    if not find_spec("typst"):
        return NO_TYPST
    return None if _cjk_fonts() else NO_FONT


def pdf(payload: bytes) -> bytes:
    """Set a dossier (JSON: `dossier`, `pictures` by name) as a tagged PDF; the same input, the same bytes.

    Raises MissingPart without typst or a font with Korean and Chinese letters.
    """
    if sentence := lacking_for_pdf():
        raise MissingPart(sentence)
    import typst

    given = json.loads(payload)
    files = {f"picture-{name}.svg": _thickened(svg).encode() for name, svg in given["pictures"].items()}
    files["main"] = resources.files(__package__).joinpath("templates", "dossier.typ").read_bytes()
    files["data.json"] = json.dumps(given["dossier"]).encode()
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_cjk_fonts())]
    )
    made = typst.compile(
        cast(Any, files), format="pdf", font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"]
    )
    return bytes(made)


def _thickened(svg: str) -> str:
    """Outline letters in their colour: inside pictures the variable CJK font is set at its thinnest."""
    return _TEXT.sub(r'<text\1stroke="\2" stroke-width="0.35" fill="\2"', svg)


def _cjk_fonts() -> Path | None:
    """Return the folder of the packaged CJK fonts, or None."""
    found = find_spec("manimgx_fonts_cjk")
    folder = Path(found.origin).parent if found and found.origin else None
    return folder if folder and any(folder.glob("*.[ot]t[cf]")) else None


def charts(payload: bytes) -> bytes:
    """Draw pictures (JSON: data by name) as SVG (JSON: text by name). Raises MissingPart without Altair."""
    wanted = json.loads(payload)
    drawn = {"origins": origin_picture.draw(wanted.pop("origins"))} if "origins" in wanted else {}
    if wanted:
        if sentence := lacking_for_charts():
            raise MissingPart(sentence)
        from testimonia.release.charts import draw

        drawn.update({name: draw(name, data) for name, data in wanted.items()})
    return json.dumps(drawn).encode()
