"""Turn testimonies, reports and open-source documents into a sourced, protected evidence base.

The public face: `run` does the whole way, the other functions one stage each. See `testimonia.project`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "code",
    "dossier",
    "estimate",
    "export",
    "new",
    "overlap_table",
    "run",
    "search",
    "take_in",
    "trace",
    "verify",
    "write_estimates",
]

if TYPE_CHECKING:
    from testimonia.project import (
        code,
        dossier,
        estimate,
        export,
        new,
        overlap_table,
        run,
        search,
        take_in,
        trace,
        verify,
        write_estimates,
    )


def __getattr__(name: str) -> object:
    # Loaded on first use, so that `testimonia --help` need not load a database and a matcher.
    if name in __all__:
        from testimonia import project

        return getattr(project, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
