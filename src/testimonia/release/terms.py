"""What codes are called, and which element of trafficking a code bears on: read from the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, cast

from testimonia import vocabulary

__all__ = ["Element", "element", "label"]

Element = Literal["act", "means", "purpose"]
_ELEMENTS = ("act", "means", "purpose")
_BY_PREFIX: Mapping[str, Element] = MappingProxyType(
    {"tip.act.": "act", "tip.means.": "means", "tip.purpose.": "purpose"}
)


def element(code: str | None) -> Element | None:
    """Return the element of the Palermo Protocol, Art. 3(a), that an act code bears on, or None."""
    named = _scheme("act").get(code or "", {}).get("palermo")
    if named in _ELEMENTS:
        return cast(Element, named)
    return next((found for prefix, found in _BY_PREFIX.items() if (code or "").startswith(prefix)), None)


def label(scheme: str, code: str | None, language: str = "en") -> str:
    """Return what a reader calls `code` of `scheme`; without a label, its last word spelled out."""
    if not code:
        return "not coded"
    named = _scheme(scheme).get(code, {}).get(language)
    if isinstance(named, str) and named != code:
        return named
    return code.rsplit(".", 1)[-1].replace("_", " ")


@cache
def _scheme(name: str) -> Mapping[str, Mapping[str, Any]]:
    return MappingProxyType(dict(vocabulary.toml("codebook").get("scheme", {}).get(name, {})))
