"""What a place is called: spellings, short names and suffixes in three languages, for the gazetteer's builder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hangul_latin import spellings

from testimonia.coding.lexicon import fold

COLUMNS = ("id", "ptype", "path", "norm", "en", "ko", "zh", "lat", "lon", "map", "source")
LANGUAGES = ("en", "ko", "zh")

Names = dict[str, dict[str, bool]]  # language -> form -> whether it is ambiguous


@dataclass
class Place:
    """One row of the gazetteer."""

    id: str
    ptype: str
    path: str
    norm: str
    lat: str = ""
    lon: str = ""
    map: str = ""
    sources: list[str] = field(default_factory=list)
    names: Names = field(default_factory=lambda: {language: {} for language in LANGUAGES})
    spelt: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, language: str, *forms: str) -> None:
        """Add forms; a leading "?" marks an ambiguous one, and stays where it was said once."""
        for form in forms:
            plain = unicodedata.normalize("NFC", form.strip().lstrip("?"))
            if plain and len(plain) < 80:
                same = self.spelt.setdefault((language, fold(plain)), plain)
                known = self.names[language].get(same, False)
                self.names[language][same] = known or form.strip().startswith("?")

    def cells(self) -> list[str]:
        shown = {lang: "|".join(("?" if q else "") + f for f, q in self.names[lang].items()) for lang in LANGUAGES}
        fixed = {name: str(getattr(self, name)) for name in ("id", "ptype", "path", "norm", "lat", "lon", "map")}
        return [(fixed | shown | {"source": ";".join(dict.fromkeys(self.sources))})[name] for name in COLUMNS]


def table(path: Path) -> list[dict[str, str]]:
    """Rows of a TSV with a header; short rows are filled with empty cells."""
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x.strip() and not x.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t") + [""] * len(header), strict=False)) for line in lines[1:]]


def bars(cell: str) -> list[str]:
    return [form for form in cell.split("|") if form]


def is_han(text: str) -> bool:
    return bool(text) and all("\u4e00" <= char <= "\u9fff" for char in text)


def is_hangul(text: str) -> bool:
    return bool(text) and all("\uac00" <= char <= "\ud7a3" or char == " " for char in text)


def plain_latin(text: str) -> str:
    """Without diacritics and apostrophes: Sinŭiju -> Sinuiju, P'ungsan -> Pungsan."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"['’ʼ`]", "", bare)


def stem(name: str, suffixes: str) -> str:
    return re.sub(rf"\s?({suffixes})$", "", name)


NORTHERN = ("Hamgyong|Hamkyung|Hamgyung|Hamkyong|Hamgyeong|Hamkyeong|Hamgyŏng", "Pyongan|P'yongan|Phyongan|"
            "Pyeongan|Pyungan|Pyong'an|P'yŏngan|Pyongang|Phyŏngan", "Hwanghae")  # fmt: skip
SINGLE = {"KP01": "Ryanggang|Yanggang|Ryangkang|Yangkang|Rianggang", "KP05": "Jagang|Chagang|Jakang",
          "KP04": "?Kangwon|?Gangwon|?Kangwŏn"}  # fmt: skip


def province_names(place: Place) -> None:
    """Spellings of a northern province in English: direction before, -bukto and -namdo behind."""
    tail = {"North": ("bukto", "buk-do", "pukto"), "South": ("namdo", "nam-do")}
    direction, _, name = place.norm.partition(" ")
    for family in NORTHERN:
        if name and name in family:
            for spelt in bars(family):
                base = f"{direction} {spelt}"
                place.add("en", base, f"{base} Province")
                place.add("en", *(f"{spelt}-{t}" for t in tail[direction]), *(f"{spelt}{t}" for t in tail[direction]))
    for spelt in bars(SINGLE.get(place.id, "")):
        bare, mark = spelt.lstrip("?"), "?" if spelt.startswith("?") else ""
        place.add("en", spelt, *(f"{mark}{bare}{x}" for x in (" Province", "-do")))


SHORT = {"함경북도": "함북", "함경남도": "함남", "평안북도": "평북", "평안남도": "평남", "황해북도": "황북", "황해남도": "황남",
         "량강도": "양강도", "강원도": "?강원도"}  # fmt: skip


def unit_names(place: Place, english: str, korean: str) -> None:
    bare = stem(korean, "군|시|구역|지구|구")
    south = re.sub(r"^[룡려련례료류륙률륭리량력령녕녀뇨니]", lambda m: SOUTHERN.get(m[0], m[0]), bare)
    south = re.sub(r"^[라락랑래로뢰루르]", lambda m: SOUTHERN.get(m[0], m[0]), south)
    for name in dict.fromkeys((bare, south)):
        short = "?" if len(name) < 2 else ""
        place.add("ko", f"{short}{name}", name + korean.removeprefix(bare))
        place.add("en", *spellings(name))
    base = english.removesuffix(" City").removesuffix(" Dist.")
    plain = re.sub("([PTK])h", r"\1", base).replace("ph", "p").replace("th", "t")
    for name in dict.fromkeys((base, plain, *place.names["en"])):
        place.add("en", name, f"{name} City" if korean.endswith("시") else f"{name} County")
        place.add("en", f"{name}-si" if korean.endswith("시") else f"{name}-gun")


SOUTHERN = {"룡": "용", "려": "여", "련": "연", "례": "예", "료": "요", "류": "유", "륙": "육", "률": "율", "륭": "융",
            "리": "이", "량": "양", "력": "역", "령": "영", "녕": "영", "녀": "여", "뇨": "요", "니": "이", "라": "나",
            "락": "낙", "랑": "낭", "래": "내", "로": "노", "뢰": "뇌", "루": "누", "르": "느"}  # fmt: skip


def chinese_names(place: Place, name: str, suffixes: str) -> None:
    if name:
        place.add("zh", name)
        if len(stem(name, suffixes)) >= 2:
            place.add("zh", stem(name, suffixes))


LONG_ZH = "省|市|满族自治县|朝鲜族自治州|朝鲜族自治县|蒙古族自治县|自治县|自治州|地区|县"
LONG_KO = r"성|시|현|구|지구|\s?조선족\s?자치주|\s?조선족\s?자치현|\s?만족\s?자치현"


def north_east_names(place: Place, row: Mapping[str, str]) -> None:
    known, chinese = bool(row["name_ko"]), row["name_zh"]
    tail = r" (Province|City|County|District|Korean Autonomous.*|Manchu Autonomous.*|Prefecture|.*Autonomous.*)$"
    bare = re.sub(tail, "", row["name_en"])
    flag = "" if known or row["level"] == "2" else "?"
    place.add("en", row["name_en"], f"{flag}{bare}", f"{flag}{plain_latin(bare)}" if bare else "")
    if bare and row["level"] != "1":
        place.add("en", f"{bare} City" if chinese.endswith("市") else f"{bare} County")
        place.add("en", f"{bare} Prefecture" if chinese.endswith("州") else "")
    elif bare:
        place.add("en", f"{bare} Province")
    for korean in (row["name_ko"], row["name_ko_sino"]):
        if korean:
            korean_of_china(place, korean)
    place.add("zh", chinese)
    short = stem(chinese, LONG_ZH)
    if (known or row["level"] != "3") and len(short) >= 2 and not chinese.endswith("区"):
        place.add("zh", short)


def korean_of_china(place: Place, korean: str) -> None:
    full = korean.replace(" ", "")
    place.add("ko", korean, full)
    bare = stem(korean, LONG_KO)
    if len(bare) < 2:
        return
    tail = full.removeprefix(bare)
    for name in dict.fromkeys((bare, *SPELT.get(bare, ()))):
        place.add("ko", name, name + tail)
        if tail.endswith(("자치주", "자치현")):
            place.add("ko", f"{name}자치주" if tail.endswith("주") else f"{name}현", f"{name} {tail}")
        if tail.endswith("자치주"):
            place.add("ko", f"{name}주")
    south = SOUTHERN.get(bare[0], "")
    if south:
        place.add("ko", south + bare[1:], south + full[1:])


# Korean spellings of names on the border that both tables leave out.
SPELT = {"룽징": ("롱징",), "룡정": ("롱정",), "옌볜": ("연변",), "옌지": ("얜지", "옌찌"), "창바이": ("창빠이",),
         "투먼": ("투문",), "단둥": ("딴뚱",), "하얼빈": ("할빈",), "톄링": ("테링",), "선양": ("셴양", "센양"),
         "훈춘": ("혼춘",), "랴오닝": ("요녕", "료녕", "요령", "랴오녕"), "료녕": ("요녕", "요령"),
         "지린": ("길림",), "헤이룽장": ("흑룡강",), "무단장": ("목단강",)}  # fmt: skip
