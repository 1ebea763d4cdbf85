"""Write docs/codebook.md from the codebook itself: python scripts/make_codebook.py [--check]."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from testimonia.coding.codebook import Term, load_codebook

PAGE = Path(__file__).parent.parent / "docs" / "codebook.md"
HEAD = """# Codebook

Made from `vocabulary/codebook.toml`. Every coding carries the hash of the whole vocabulary, so that it always says with
which words it was made. Mappings say how a code relates to a term of another standard: exact, close, broad or none.
"""


def row(term: Term) -> str:
    """Return one table row."""
    labels = " / ".join(term.labels.get(language, "") for language in ("en", "ko", "zh"))
    mapped = "; ".join(
        f"{m.scheme}: {m.target or '—'} ({m.match})" for m in term.mappings
    )
    cells = (f"`{term.code}`", labels, term.definition, mapped)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def section(scheme: str, terms: Mapping[str, Term]) -> str:
    """Return one scheme as a section with a table."""
    lines = [f"## {scheme}\n", "| code | en / ko / zh | definition | mappings |", "| --- | --- | --- | --- |"]
    return "\n".join([*lines, *(row(term) for term in terms.values())]) + "\n"


def main() -> int:
    """Write the page, or with --check say whether it is up to date (exit 1 if not)."""
    wanted = "\n".join([HEAD, *(section(name, terms) for name, terms in load_codebook().schemes.items())])
    if "--check" in sys.argv:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
