"""Hidden totals on pages: the report of an estimate as HTML, PDF and pictures, and its chapter in the dossier."""

from testimonia.release.hidden.section import chapter_pictures, section
from testimonia.release.hidden.writing import FIGURES, FILES, write

__all__ = ["FIGURES", "FILES", "chapter_pictures", "section", "write"]
