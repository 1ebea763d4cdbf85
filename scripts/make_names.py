#!/usr/bin/env python3
"""Builds vocabulary/names/characters.tsv and vocabulary/names/given.tsv. Run by hand when a source changes.

    python scripts/make_names.py [--data ../shared/linkage]

Needs, at build time only: pypinyin (MIT), opencc-python-reimplemented (character tables of OpenCC, Apache-2.0), hanja
(unreduced Korean readings, MIT), jieba (words with their classes, MIT) and korean-name-generator (counts of sounds in
given names, MIT). No name of a person is written: only characters, syllables, readings and how common they are.
"""

from __future__ import annotations

import argparse
import csv
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module, resources
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent.parent / "src" / "testimonia" / "vocabulary" / "names"
ONSETS, RIEUL, NIEUN, SILENT = 19, 5, 2, 11
Y_VOWELS = {2, 3, 6, 7, 12, 17, 20}

# One character, two shapes, where OpenCC keeps them apart.
SHAPES = dict(
    pair
    for pair in ["眞真", "裵裴", "姸妍", "硏研", "兪俞", "尙尚", "敎教", "靑青", "淸清", "晴晴", "精精", "強强", "鎭镇", "愼慎", "煕熙", "熈熙", "珎珍", "峯峰", "晉晋", "絃弦", "淨净", "靜静", "卽即", "旣既", "敍叙", "顏颜", "顔颜", "彥彦", "産产", "鄕乡", "鄉乡", "虛虚", "戲戏", "戱戏", "錄录", "綠绿", "祿禄", "黃黄", "橫横", "廣广", "顯显", "黑黑", "溫温", "媼媪", "蘊蕴", "縕缊", "益益", "幷并", "倂并", "甁瓶", "頻频", "悅悦", "閱阅", "稅税", "說说", "銳锐", "兌兑", "脫脱", "內内", "吳吴", "吴吴", "俁俣", "娛娱", "呂吕", "侶侣", "宮宫", "冊册", "冑胄", "姬姬", "姫姬", "曁暨", "槪概", "鶴鹤", "鷄鸡", "雞鸡", "燿耀", "曜曜", "曄晔", "爗烨", "煇辉", "炤照", "昞炳", "昺炳", "晈皎", "皜皓", "暠皓", "晧皓", "澔浩", "灝灏", "鎬镐", "祐佑", "秊年", "喆哲", "嚞哲", "埈峻", "濬浚", "睿睿", "叡睿", "壻婿", "賛赞", "贊赞", "讚赞", "讃赞", "鑽钻", "鉄铁", "鐡铁", "铁铁", "桒桑", "亰京", "勲勋", "勛勋", "壎埙", "塤埙", "薰薰", "燻熏", "勳勋", "滉滉", "栢柏", "滿满", "舘馆", "棋棋", "碁棋", "僊仙", "仚仙", "甦苏", "穌稣", "蘓苏", "蘇苏", "恆恒", "亙亘", "徳德", "悳德", "惪德", "寳宝", "宝宝", "珤宝", "寶宝", "凉凉", "涼凉", "涼凉", "冾洽", "决决", "決决", "晄晃", "曺曹", "畵画", "畫画", "疇畴", "疆疆", "彊强", "崗岗", "岡冈", "鋼钢", "剛刚", "堈堈", "爲为", "為为", "潙沩", "偽伪", "僞伪", "衞卫", "衛卫", "衆众", "众众"]
    if len(pair) == 2
)  # fmt: skip
PINYIN_FIRST = {"行": "xing", "朴": "piao", "女": "nv", "珲": "hun", "奇": "qi", "什": "shi", "拓": "tuo", "景": "jing", "玧": "yun",
                "俊": "jun", "贤": "xian", "伽": "jia", "南": "nan", "呂": "lv", "洗": "xi", "允": "yun", "盛": "sheng", "重": "zhong",
                "长": "chang", "茜": "qian", "娜": "na", "好": "hao", "柏": "bai", "率": "shuai", "说": "shuo", "识": "shi", "夏": "xia",
                "乐": "le", "晟": "sheng", "炅": "jiong", "翟": "zhai", "卓": "zhuo", "石": "shi", "泽": "ze", "适": "shi", "契": "qi"}  # fmt: skip
# Given-name syllables of older cohorts and of the North, most common first (a judgement, by hand).
OLDER = {
    "first": "영 정 순 명 옥 춘 경 성 금 은 미 선 혜 복 인 광 철 상 종 재 동 창 용 기 진 병 현 태 덕 만 길 일 학 룡 승 남 수 윤 희 숙 "
    "향 설 봉 신 화 애 국 원 대 홍 호 송 연 련 월 정 귀 말 분 련 충 혁 강 근 석 민 지 은 해 주 련 란 림 문 흥 형 리 류 은 심 량",
    "later": "희 숙 순 옥 자 영 철 호 수 미 금 화 란 녀 실 애 선 련 향 혜 경 일 남 진 복 분 월 심 연 국 식 혁 철 성 길 룡 학 만 삼 훈 "
    "정 춘 주 봉 임 림 석 명 섭 근 범 환 규 용 권 택 덕 욱 우 균 은 희 례 단 필 팔 아 별 송 해 태 하 형 웅 건 준 현 원 상 권 종 렬 률",
}
NATIVE = ["슬", "솔", "별", "빛", "샘", "봄", "늘", "힘", "꽃", "달", "들", "돌", "람", "름", "루", "라", "리", "래", "롱", "롬", "나", "누", "니", "다", "단", "들", "디", "레", "로", "린", "마", "매", "맑", "무", "밀", "바", "밝", "벼", "벗", "보", "비", "빈", "빛", "새", "샛", "소", "숲", "쁨", "슬", "아", "얼", "여", "열", "예", "온", "올", "옹", "우", "울", "유", "율", "은", "을", "잎", "잔", "재", "찬", "참", "초", "큰", "키", "터", "티", "틈", "푸", "품", "푸", "하", "한", "해", "햇", "현", "홍", "힘", "꾸", "낼", "날", "너", "눈", "든", "로", "루", "랑", "강", "결", "곤", "그", "글", "길", "까", "꼬", "끼", "나", "쁜", "쌍", "옥", "또", "뜸", "간", "칠", "팔", "바", "위", "돌", "쇠", "삼", "곱", "갑", "언", "넌"]  # fmt: skip


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/linkage"))
    data: Path = parser.parse_args().data
    allowed = _allowed(data / "name_hanja_kr.csv")
    chosen = _chosen(data / "case_name_chars.csv")
    _write_characters(_characters(allowed, chosen))
    _write_given(_given(allowed))


def _read(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _reduced(syllable: str) -> str:
    """The South Korean initial form of a syllable."""
    code = ord(syllable) - 0xAC00
    onset, vowel, coda = code // 588, code % 588 // 28, code % 28
    if onset == RIEUL:
        onset = SILENT if vowel in Y_VOWELS else NIEUN
    elif onset == NIEUN and vowel in Y_VOWELS:
        onset = SILENT
    return chr(0xAC00 + onset * 588 + vowel * 28 + coda)


def _allowed(path: Path) -> dict[str, list[str]]:
    """Character (compatibility forms folded) -> unreduced readings, those the list derives by rule left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _read(path):
        found[unicodedata.normalize("NFKC", row["hanja"])].add(row["hangul"])
    base = import_module("hanja.table").hanja_table
    readings: dict[str, list[str]] = {}
    for char, listed in found.items():
        sounds = listed | {base[char]} if char in base and _reduced(base[char]) in listed else listed
        reduced = {_reduced(one) for one in sounds if _reduced(one) != one}
        kept = sorted(sounds - reduced) or sorted(sounds)
        first = base.get(char)
        readings[char] = sorted(kept, key=lambda one: one != first)
    return readings


def _chosen(path: Path) -> Counter[str]:
    """Weights of characters that Korean given names and Chinese given names often use, by their rank in the list."""
    weights: Counter[str] = Counter()
    rank: Counter[tuple[str, str]] = Counter()
    for row in _read(path):
        if row["hanja"] and row["kind"].startswith("given"):
            group = (row["kind"], row["reading"] if row["kind"] == "given_ko" else "")
            rank[group] += 1
            weights[row["hanja"]] += round((600 if group[1] else 200) / rank[group] ** 0.7)
    return weights


def _simplified() -> Mapping[str, str]:
    table = (resources.files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {hant: hans.split(" ")[0] for hant, hans in pairs} | SHAPES


def _in_chinese_names(surnames: set[str]) -> Counter[str]:
    """How many listed Chinese names of two or three characters hold a character in their given part."""
    found: Counter[str] = Counter()
    words = (resources.files("jieba") / "dict.txt").read_text(encoding="utf-8")
    for line in words.splitlines():
        word, _, kind = line.split(" ")
        if kind == "nr" and len(word) in (2, 3) and word[0] in surnames:
            found.update(word[1:])
    return found


def _surnames() -> set[str]:
    lines = (OUT / "chinese_surnames.tsv").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0] for line in lines if line and not line.startswith("#")}


def _pinyin(char: str, hans: str) -> list[str]:
    from pypinyin import Style, pinyin

    sounds = [_plain(one) for one in pinyin(char, style=Style.NORMAL, heteronym=True)[0]]
    others = [_plain(one) for one in pinyin(hans, style=Style.NORMAL, heteronym=True)[0]] if hans != char else []
    found = [one for one in dict.fromkeys(sounds[:3] + others[:2]) if one.isascii() and one.isalpha() and one != char]
    preferred = PINYIN_FIRST.get(hans, PINYIN_FIRST.get(char))
    return ([preferred] if preferred else []) + [one for one in found if one != preferred]


def _plain(sound: str) -> str:
    return sound.replace("ü", "v").replace("ê", "e")


def _characters(
    allowed: Mapping[str, list[str]], chosen: Mapping[str, int]
) -> Iterator[tuple[str, str, str, str, int]]:
    """(character, simplified class, readings, pinyin, weight), of all that can stand in a name."""
    hans, base = _simplified(), import_module("hanja.table").hanja_table
    counts = _in_chinese_names(_surnames())
    back: dict[str, list[str]] = defaultdict(list)
    for hant in allowed:
        back[hans.get(hant, hant)].append(hant)
    known = set(allowed) | set(back) | {char for char, count in counts.items() if count >= 2} | _surname_characters()
    known |= {char for char in (*hans, *chosen) if char in base and len(char) == 1}
    known |= {char for char in base if "\u4e00" <= char <= "\u9fff"}
    for char in sorted(known):
        one = hans.get(char, char)
        family = [char, *back.get(one, []), one]
        readings = list(dict.fromkeys(r for c in family for r in (allowed.get(c) or ([base[c]] if c in base else []))))
        sounds = _pinyin(char, one)
        if not readings and not sounds:
            continue
        weight = chosen.get(char, 0) + min(counts.get(one, 0), 400) // 2 + (2 if char in allowed else 0)
        yield char, one, "".join(readings[:4]), " ".join(sounds[:4]), weight


def _surname_characters() -> set[str]:
    lines = (OUT / "surnames.tsv").read_text(encoding="utf-8").splitlines()[3:]
    return {char for line in lines for char in line.split("\t")[2] if not line.startswith("#")} | set(
        "".join(_surnames())
    )


def _write_characters(rows: Iterator[tuple[str, str, str, str, int]]) -> None:
    head = (
        "# Characters of names: one shape for all variants (OpenCC, Apache-2.0, and pairs by hand), unreduced Korean readings\n"
        "# (list of the Supreme Court of Korea; hanja, MIT), pinyin without tones, the usual one first (pypinyin, MIT), and how\n"
        "# common the character is in given names (jieba, MIT; ranks by hand). Built by scripts/make_names.py.\n"
        "char\tshape\treadings\tpinyin\tweight\n"
    )
    lines = (
        "\t".join((char, shape, readings or "-", pinyin or "-", str(weight)))
        for char, shape, readings, pinyin, weight in rows
    )
    (OUT / "characters.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


# ---------------------------------------------------------------- given-name syllables


def _matrix(packed: list[int]) -> list[int]:
    """A run of -n stands for n zeros."""
    out: list[int] = []
    for value in packed:
        out.extend([0] * -value if value < 0 else [value])
    return out


def _sounds(model: list[list[int]]) -> Counter[str]:
    """Weights of syllables from counts of onset, of vowel after onset, of coda after vowel and after onset."""
    onset, vowel, after_vowel, after_onset = (_matrix(part) for part in model)
    found: Counter[str] = Counter()
    get: Any = lambda table, index: table[index] if index < len(table) else 0  # noqa: E731
    for o in range(ONSETS):
        row = [get(vowel, o * 21 + v) for v in range(21)]
        for v in range(21):
            codas = [get(after_vowel, v * 28 + c) * get(after_onset, o * 28 + c) for c in range(28)]
            for c in range(28):
                if get(onset, o) and row[v] and codas[c]:
                    found[chr(0xAC00 + o * 588 + v * 28 + c)] = (
                        get(onset, o) * row[v] / sum(row) * codas[c] / sum(codas)
                    )
    return found


def _older(place: str) -> dict[str, float]:
    ranked = list(dict.fromkeys(OLDER[place].split()))
    weights = {one: (rank + 3.0) ** -0.9 for rank, one in enumerate(ranked)}
    total = sum(weights.values())
    return {one: weight / total for one, weight in weights.items()}


def _newer(place: int) -> dict[str, float]:
    models = import_module("korean_name_generator.trained_data").firstNames
    parts = [_sounds(sex[place]) for sex in models]
    totals = [sum(part.values()) for part in parts]
    return {
        one: sum(part[one] / total for part, total in zip(parts, totals, strict=True)) / 2
        for one in set(parts[0]) | set(parts[1])
    }


def _given(allowed: Mapping[str, list[str]]) -> Iterator[tuple[str, int, int]]:
    """(syllable, weight at the start, weight later), per 100,000: older and newer cohorts mixed, a little for the rest."""
    readings = Counter(one for found in allowed.values() for one in found[:1])
    rest = {one: count**0.5 for one, count in readings.items()} | dict.fromkeys(NATIVE, 2.0)
    total = sum(rest.values())
    mixed = [(_older("first"), _newer(0)), (_older("later"), _newer(1))]
    inventory = sorted(set(rest) | {one for pair in mixed for part in pair for one, w in part.items() if w > 2e-4})
    for one in inventory:
        weights = [
            0.55 * old.get(one, 0) + 0.40 * new.get(one, 0) + 0.05 * rest.get(one, 0) / total for old, new in mixed
        ]
        yield one, max(1, round(weights[0] * 1e5)), max(1, round(weights[1] * 1e5))


def _write_given(rows: Iterator[tuple[str, int, int]]) -> None:
    head = (
        "# Syllables of Korean given names (unreduced), how common per 100,000 as first and as later syllable. Newer cohorts from\n"
        "# counts in korean-name-generator (MIT), older ones and the North ranked by hand, the rest by the number of characters\n"
        "# with that reading in the list of the Supreme Court of Korea. Built by scripts/make_names.py.\n"
        "syllable\tfirst\tlater\n"
    )
    lines = (f"{one}\t{first}\t{later}" for one, first, later in rows)
    (OUT / "given.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
