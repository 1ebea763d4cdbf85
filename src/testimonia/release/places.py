"""Where coded acts are placed, by province; never finer, and what cannot be placed is counted."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from testimonia.release.evidence import Evidence

__all__ = ["Province", "ProvinceMap", "labels", "outlines", "province_map", "province_of"]

_ADCODE = re.compile(r"(2[123])\d{4}")
_DPRK = re.compile(r"KP(\d{2})\d*")
_ISO = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province with the acts the texts place there, and the number of documents that do."""

    id: str
    name: str
    acts: int
    documents: int
    drawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceMap:
    """Acts by province; those placed only in a country; those no text of the same sentence places at all."""

    provinces: tuple[Province, ...]
    country_only: Mapping[str, int]
    unplaced: int


def province_map(evidence: Sequence[Evidence], counts: Iterable[Evidence]) -> ProvinceMap:
    """Place the acts of `counts` by the place they carry, else by the places of their own sentence.

    An act whose sentence names two provinces is counted in both.
    """
    nearby: dict[tuple[str, int], set[str]] = defaultdict(set)
    for e in evidence:
        if e.coding.kind == "place" and not e.dropped and not _beside_the_point(e):
            nearby[e.sentence].update(_tokens(e.coding.value, e.coding.attributes))
    acts: dict[str, list[Evidence]] = defaultdict(list)
    countries: dict[str, int] = defaultdict(int)
    unplaced = 0
    for e in counts:
        own = set(_own(e)) or nearby.get(e.sentence, set())
        provinces = {p for token in own if (p := province_of(token))}
        for province in provinces:
            acts[province].append(e)
        if not provinces:
            named = sorted(token for token in own if _ISO.fullmatch(token))
            unplaced += not named
            for country in named[:1]:
                countries[country] += 1
    return ProvinceMap(provinces=_provinces(acts), country_only=dict(sorted(countries.items())), unplaced=unplaced)


def province_of(token: str) -> str | None:
    """Return the id of the province that a gazetteer id or adcode lies in, or None.

    `KP0203` lies in `KP02`; adcode `222401` in `220000`.
    """
    if match := _DPRK.fullmatch(token):
        return f"KP{match[1]}"
    if match := _ADCODE.fullmatch(token):
        return f"{match[1]}0000"
    return token if token in _names() else None


def _tokens(value: float | str | None, attributes: Mapping[str, str]) -> Iterable[str]:
    said = [value if isinstance(value, str) else "", attributes.get("place", ""), attributes.get("path", "")]
    said += [attributes.get("gaz", ""), attributes.get("norm", "")]
    return [token for text in said for token in re.split(r"[/|;,\s\[\]']+", text) if token]


def _own(e: Evidence) -> Iterable[str]:
    part = e.coding.parts.get("place")
    said = {name: e.coding.attributes.get(name, "") for name in ("place", "gaz")}
    return _tokens(part.value if part else None, said)


def _beside_the_point(e: Evidence) -> bool:
    return any(e.coding.attributes.get(name) for name in ("metonym", "in_org", "in_law", "in_work"))


def _provinces(acts: Mapping[str, Sequence[Evidence]]) -> tuple[Province, ...]:
    drawn = {f["properties"]["id"] for f in outlines()["features"]}
    found = [
        Province(
            id=key,
            name=_names().get(key, key),
            acts=len(rows),
            documents=len({e.file_sha256 for e in rows}),
            drawn=key in drawn,
        )
        for key, rows in acts.items()
    ]
    return tuple(sorted(found, key=lambda p: (-p.acts, p.id)))


@cache
def outlines() -> Mapping[str, Any]:
    """Return the packaged outlines as GeoJSON; `properties` hold `id`, `name`, `country` and `level`."""
    file = resources.files("testimonia.vocabulary").joinpath("release", "provinces.geojson")
    return MappingProxyType(json.loads(file.read_text("utf-8")))


@cache
def labels() -> Mapping[str, tuple[float, float]]:
    """Return where the name of a province is written: longitude and latitude of its middle."""
    return MappingProxyType({key: (at[0], at[1]) for key, at in outlines()["labels"].items()})


@cache
def _names() -> Mapping[str, str]:
    return MappingProxyType(dict(outlines()["names"]))
