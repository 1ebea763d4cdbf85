#!/usr/bin/env python3
"""Builds vocabulary/linkage/places_ko.tsv: Korean names of counties in China's north-east. Run by hand.

    PYTHONPATH=src python scripts/make_linkage_places.py [--check]

The gazetteer has Korean names of few Chinese counties. Korean lists write the others in one of two ways: the Korean
reading of the characters, as Koreans in China do (조양구), or the sound of the Chinese, by the rule of the National
Institute of Korean Language (차오양구, Foreign Word Notation, table 5). Both are worked out here, from the readings
of characters (vocabulary/names/characters.tsv) and the rule below. --check compares them with the names that
the gazetteer has by hand.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from testimonia import vocabulary

OUT = Path(__file__).resolve().parents[1] / "src" / "testimonia" / "vocabulary" / "linkage" / "places_ko.tsv"
HEADS = {
    "满族自治县": "만족자치현",
    "蒙古族自治县": "몽골족자치현|몽고족자치현",
    "朝鲜族自治县": "조선족자치현",
    "县": "현",
    "区": "구",
    "市": "시",
    "地区": "지구",
}
INITIALS = dict(
    zip(
        ["zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s"],
        [
            "ㅈ",
            "ㅊ",
            "ㅅ",
            "ㅂ",
            "ㅍ",
            "ㅁ",
            "ㅍ",
            "ㄷ",
            "ㅌ",
            "ㄴ",
            "ㄹ",
            "ㄱ",
            "ㅋ",
            "ㅎ",
            "ㅈ",
            "ㅊ",
            "ㅅ",
            "ㄹ",
            "ㅉ",
            "ㅊ",
            "ㅆ",
        ],
        strict=True,
    )
)
FINALS = dict(
    zip(
        [
            "a",
            "o",
            "e",
            "ai",
            "ei",
            "ao",
            "ou",
            "an",
            "en",
            "ang",
            "eng",
            "ong",
            "i",
            "ia",
            "ie",
            "iao",
            "iu",
            "ian",
            "in",
            "iang",
            "ing",
            "iong",
            "u",
            "ua",
            "uo",
            "uai",
            "ui",
            "uan",
            "un",
            "uang",
            "ue",
            "er",
        ],
        [
            "아",
            "오",
            "어",
            "아이",
            "에이",
            "아오",
            "어우",
            "안",
            "언",
            "앙",
            "엉",
            "웅",
            "이",
            "야",
            "예",
            "야오",
            "유",
            "옌",
            "인",
            "양",
            "잉",
            "융",
            "우",
            "와",
            "워",
            "와이",
            "우이",
            "완",
            "운",
            "왕",
            "웨",
            "얼",
        ],
        strict=True,
    )
)
ALONE = {
    "yi": "이", "ya": "야", "yao": "야오", "ye": "예", "you": "유", "yan": "옌", "yin": "인", "yang": "양", "ying": "잉",
    "yong": "융", "yu": "위", "yue": "웨", "yuan": "위안", "yun": "윈", "yo": "요",
    "wu": "우", "wa": "와", "wo": "워", "wai": "와이", "wei": "웨이", "wan": "완", "wen": "원", "wang": "왕", "weng": "웡",
}  # fmt: skip
ROUNDED = {"u": "위", "ue": "웨", "uan": "위안", "un": "윈"}  # after j, q, x
SOFT = {"야": "아", "예": "예", "야오": "아오", "유": "우", "양": "앙", "융": "웅"}  # ㅈ, ㅉ, ㅊ take no y


def hangul(pinyin: str) -> str:
    """One syllable of pinyin without tone, as South Korea writes it."""
    if pinyin in ALONE:
        return ALONE[pinyin]
    initial = next((i for i in INITIALS if pinyin.startswith(i)), "")
    final = pinyin[len(initial) :].replace("v", "u")
    if initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i":
        return _joined(INITIALS[initial], "으")
    sound = ROUNDED[final] if initial in ("j", "q", "x") and final in ROUNDED else FINALS[final]
    if initial and INITIALS[initial] in "ㅈㅉㅊ":
        sound = SOFT.get(sound, sound)
    return _joined(INITIALS[initial], sound) if initial else sound


def _joined(initial: str, sound: str) -> str:
    """A consonant in place of the silent one that a sound begins with."""
    leads = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    first = (ord(sound[0]) - 0xAC00) % 588
    return chr(0xAC00 + leads.index(initial) * 588 + first) + sound[1:]


def readings() -> dict[str, tuple[list[str], list[str]]]:
    """Character -> Korean readings, pinyin, the usual ones first; simplified characters have those of the full."""
    found = {
        row["char"]: (re.findall("[가-힣]", row["readings"]), re.findall("[a-zü]+", row["pinyin"]))
        for row in vocabulary.rows("names/characters")
    }
    for row in vocabulary.rows("hant_hans"):
        if row["hans"] not in found and row["hant"] in found:
            found[row["hans"]] = found[row["hant"]]
    return found


def stem(name: str) -> tuple[str, str]:
    """A Chinese name without the word for its kind, and that word in Korean."""
    head = next((h for h in HEADS if name.endswith(h) and len(name) > len(h)), "")
    return (name[: -len(head)], HEADS[head]) if head else (name, "")


def sounds(characters: str, latin: str, known: dict[str, tuple[list[str], list[str]]]) -> list[str]:
    """The pinyin of each character, as the Latin name has it where that tells."""
    ways = [known[c][1] for c in characters]
    plain = re.sub("[^a-z]", "", unicodedata.normalize("NFKD", latin.casefold()))
    for way in islice(product(*ways), 5000):
        if plain.startswith("".join(way)):
            return list(way)
    return [way[0] for way in ways]


def names(chinese: str, latin: str, known: dict[str, tuple[list[str], list[str]]]) -> Iterator[str]:
    """Korean names of a unit, with the word for its kind and without."""
    characters, heads = stem(chinese)
    if not all(c in known for c in characters):
        return
    written = ["".join(way) for way in islice(product(*(known[c][0][:3] for c in characters)), 6)]
    written.append("".join(hangul(one) for one in sounds(characters, latin, known)))
    for name in dict.fromkeys(written):
        yield from (f"{name}{head}" for head in heads.split("|"))
        if len(name) > 1:
            yield name


def units() -> Iterator[dict[str, str]]:
    for row in vocabulary.rows("gazetteer"):
        if re.fullmatch(r"2[123]\d{4}", row["id"]) and row["zh"]:
            yield dict(row)


def check(known: dict[str, tuple[list[str], list[str]]]) -> None:
    """Print the units whose names by hand are not among those worked out."""
    tried = right = 0
    for row in units():
        hand = {name.removeprefix("?").replace(" ", "") for name in row["ko"].split("|") if name}
        made = set(names(row["zh"].split("|")[0], row["norm"], known))
        if hand:
            tried += 1
            right += bool(hand & made)
            if not hand & made:
                print(row["norm"], sorted(hand), sorted(made))
    print(f"{right} of {tried} units have a name by hand among those worked out")


def main() -> None:
    """Write the table, or check the rule."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true")
    known = readings()
    if arguments.parse_args().check:
        check(known)
        return
    lines = [
        "# Korean names of counties in China's north-east that the gazetteer lacks: the Korean reading of the",
        "# characters, and their Chinese sound by the South Korean rule. Built by scripts/make_linkage_places.py.",
        "place\tnames",
    ]
    for row in units():
        if row["id"].endswith("00") or row["ko"]:
            continue
        if found := list(dict.fromkeys(names(row["zh"].split("|")[0], row["norm"], known))):
            lines.append(f"{row['id']}\t{'|'.join(found)}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(lines) - 3} counties")


if __name__ == "__main__":
    main()
