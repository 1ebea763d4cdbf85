"""What the key-less process draws: the pages of the PDF, and pictures. Bytes in, bytes out, nothing kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
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
    "{name}.html says the same."
)
NO_FONT = (
    "the PDF was not made: no font with Korean and Chinese letters was found. Install the package "
    "manimgx-fonts-cjk; {name}.html says the same."
)
SHEETS: Mapping[str, str] = {"dossier": "dossier.typ", "hidden": "hidden.typ"}
# Marks that turn the direction of writing: a quote must not be able to reorder the words around it. A byte order mark
# has no width and PDF/UA does not allow it.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_TEXT = re.compile(r'<text\b(?![^>]*\bstroke=)([^>]*?)\bfill="(#[0-9a-fA-F]{3,6})"')


def lacking_for_charts() -> str | None:
    """Return the sentence that says what the pictures need and this installation lacks, or None."""
    return None if find_spec("altair") and find_spec("vl_convert") else NO_ALTAIR


def lacking_for_pdf(name: str = "dossier") -> str | None:
    """Return the sentence that says what the PDF needs and this installation lacks, or None."""
    if not find_spec("typst"):
        return NO_TYPST.format(name=name)
    return None if _cjk_fonts() else NO_FONT.format(name=name)


def pdf(payload: bytes) -> bytes:
    """Set pages (JSON: `dossier`, `pictures` by name, `template`) as a tagged PDF; the same input, the same bytes.

    The template is one of `SHEETS`, the dossier unless another is named. It keeps to PDF/UA-1 wherever the fonts have
    every letter of the quotes. Raises MissingPart without typst or a font with Korean and Chinese letters.
    """
    if sentence := lacking_for_pdf():
        raise MissingPart(sentence)
    from typst import TypstError

    given = json.loads(_TURNING.sub("", payload.decode("utf-8")))
    files = {f"picture-{name}.svg": _thickened(svg).encode() for name, svg in given["pictures"].items()}
    folder = resources.files(__package__).joinpath("templates")
    files["main"] = folder.joinpath(SHEETS[given.get("template", "dossier")]).read_bytes()
    files["blocks.typ"] = folder.joinpath("blocks.typ").read_bytes()
    files["data.json"] = json.dumps(given["dossier"]).encode()
    try:
        return _set(files, ["ua-1"])
    except TypstError as error:
        if "PDF/UA-1 error" not in str(error) and "could not be displayed" not in str(error):
            raise
        # A letter no font here has (an emoji, a control character) is a box on the page and stays in the text;
        # PDF/UA allows no box, so the same tagged pages go out without that claim.
        return _set(files, [])


def _set(files: Mapping[str, bytes], standards: Sequence[str]) -> bytes:
    import typst

    given = cast(Any, files)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_cjk_fonts())])
    kept = cast(Any, standards)
    made: bytes = typst.compile(given, format="pdf", font_paths=fonts, ignore_system_fonts=True, pdf_standards=kept)
    return made


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
