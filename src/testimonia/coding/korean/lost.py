"""Numbers that damage has taken away: they are said to be lost, and never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from testimonia.coding.korean.quantities import UNITS, Quantity

__all__ = ["find_lost", "give_up_left_overs"]

_LOST_UNITS = (
    "퍼센트|킬로미터|개월|시간|차례|달러|딸라|위안|세대|가구|그람|그램|미터|명|건|원|개|세|살|년|일|곳|대|회|배|할|%|"
    "만명|만위안|만원"
)
_HOLE = r"[○□◯●◇■▢〇*×✕?？_…◎◆▒▓░▨◌△▲☐#＊�]"
_LOST = re.compile(
    rf"(?:(?<=[가-힣,.)('\"“])\s{{2,}}|^\s{{2,}}|"
    rf"\s?{_HOLE}+\s?)(?P<num>[\d,]*\s?)(?P<scale>[십백천만억]*여?)\s?(?P<unit>{_LOST_UNITS})(?![론단])"
    rf"|(?P<num2>\d[\d,]*(?:\s{{2,}}|\s?{_HOLE}+\s?|"
    rf"\s(?=\d))[\d,]*)\s?(?P<scale2>[십백천만억]*)\s?(?P<unit2>{_LOST_UNITS})(?![론단])"
)
_BROKEN = re.compile(
    rf"(?:\d[\d,]*[○□◯●◇■▢▒▓░▨◌☐�]+[\d,○□◯●◇■▢▒▓░▨◌☐�]*|[○□◯●◇■▢▒▓░▨◌☐�]+\d[\d,○□◯●◇■▢▒▓░▨◌☐�]*)\s?"
    rf"[십백천만억]*여?\s?(?P<unit>{_LOST_UNITS})(?![론단])"
)
_HEDGED_LOST = re.compile(
    rf"(?<![가-힣])(?:약|총|모두|평균|최소|최대|무려|연간|적어도|"
    rf"전체)\s(?P<scale>[십백천만억]*)\s?(?P<unit>{_LOST_UNITS})(?=[은는이가을를의에으로도여,. ]|$)"
)
_ORPHAN = re.compile(
    r"(?<=[가-힣,] )(?P<unit>명|퍼센트|개월|킬로미터|위안|건)(?=(?:은|이|을|의|에|중|으로|도|가|를|는|과|에서|"
    r"까지|이었|였|이상|이하|정도|가량)(?![가-힣]{2})|[,. ]|$)"
)


_BARE_SCALE = re.compile(r"(?:만\s)?[십백천만억][십백천만억\s]*여?(?![일이삼사오육칠팔구])|만\s?(?:세|살|명)")
_RANGE_WITHOUT_START = re.compile(rf"(?<![\d가-힣])(?:{_LOST_UNITS}|주|달)(?:에서|부터|~|∼|-|\s?이상)\s?$")
_HOLES = re.compile(r"[○□◯●◇■▢〇_▒▓░▨◌☐�]")
_SOLID_GAP = re.compile(
    rf"(?:(?<=[가-힣)])[ \t]+(?P<num>\d[\d,.]*)?|(?<![\d.,])(?P<num2>\d[\d,]*)[ \t]+)(?P<scale>[십백천만억]*)"
    rf"(?P<unit>{_LOST_UNITS})"
)
_BLANK = re.compile(
    rf"(?P<num>\d*)(?:[(（\[［][\s.…·?]{{0,6}}[)）\]］]|[(（\[［](?:[가-힣]{{1,4}}\s?)?(?:판독|해독|식별|불명|불상|훼손|탈락|누락|지워|번짐|"
    rf"얼룩|글자|숫자|미상|불능)[가-힣\s]{{0,8}}[)）\]］]|[XxＸ]{{1,4}}|_{{2,}}|\.{{3,}}|…+)\s?\d*\s?[십백천만억]*여?\s?(?P<unit>{_LOST_UNITS})"
    rf"(?=[은는이가을를의에으로도여과와,.·)\s]|$|씩|당|까지|이상|이하|미만|가량|정도)"
)
_MISREAD = re.compile(
    rf"(?<![A-Za-z0-9])(?=[\dlIOoSBZ,.]*\d)(?=[\d,.]*[lIOoSBZ])[\dlIOoSBZ,.]{{2,8}}\s?[십백천만억]*여?\s?(?P<unit>{_LOST_UNITS})(?![가-힣A-Za-z]{{3}})"
)
_CUT_YEAR = re.compile(r"\d[\d\s]*년\s?\d{0,2}\s?월")


def _is_solid(text: str) -> bool:
    """Whether words run together, so that even a single space is a gap: normal Korean has one in three letters."""
    hangul = sum("가" <= char <= "힣" for char in text)
    return hangul >= 20 and len(re.findall(r"[ \t]+", text)) < hangul * 0.12


def _is_counter(text: str, unit: str, end: int) -> bool:
    """Whether a counter without its number is one, and not the beginning of another word."""
    rows = UNITS.get(unit.lstrip("만") or unit, [])
    return any(row.not_before is None or not row.not_before.match(text, end) for row in rows)


def _gaps_in_solid(text: str) -> list[Quantity]:
    """In words run together, the numbers beside a single space."""
    found = []
    for match in _SOLID_GAP.finditer(text):
        number = match["num"] or match["num2"]
        if not number and (match["unit"] in ("년", "일") or not _is_counter(text, match["unit"], match.end())):
            continue
        start = match.start() if match["num2"] else match.start("num" if match["num"] else "scale")
        found.append(_lost_quantity(start, match.end(), match["unit"]))
    return found


def _lost_quantity(start: int, end: int, form: str) -> Quantity:
    form = form.lstrip("만") or form
    unit = next((u for u in UNITS[form] if u.numerals != "decade"), UNITS[form][0])
    return Quantity(start, end, None, None, unit.unit, unit.measure, "=", {"lost"}, rule="ko.figure.lost")


def find_lost(text: str, damaged: bool) -> list[Quantity]:
    """Counters whose digits are gone: a gap or a hole stands where the number was."""
    found = []
    for pattern in (_BLANK, _MISREAD):
        for match in pattern.finditer(text):
            found.append(_lost_quantity(*match.span(), match["unit"]))
    if damaged:
        if _is_solid(text):
            found += _gaps_in_solid(text)
        for match in _LOST.finditer(text):
            first = match["num"] is not None
            begin = match.start("num" if first else "num2")
            if match["unit" if first else "unit2"] == "년" and _CUT_YEAR.match(text, begin):
                continue
            found.append(_lost_quantity(begin, match.end(), match["unit"] if first else match["unit2"]))
        for match in _HEDGED_LOST.finditer(text):
            found.append(_lost_quantity(match.start("scale"), match.end(), match["unit"]))
        for match in _ORPHAN.finditer(text):
            found.append(_lost_quantity(*match.span(), match["unit"]))
    elif _HOLES.search(text):
        for match in _LOST.finditer(text):
            name = "" if match["num"] is not None else "2"
            unit = match["unit" + name]
            if _HOLES.search(match[0]) and unit not in ("일", "년"):
                found.append(_lost_quantity(match.start("num" + name), match.end(), unit))
        for match in _BROKEN.finditer(text):
            found.append(_lost_quantity(*match.span(), match["unit"]))
    kept: list[Quantity] = []
    for quantity in sorted(found, key=lambda q: (q.start, -q.end)):
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def _is_left_over(text: str, quantity: Quantity) -> bool:
    """Whether a number is but what is left of one: a bare 천 or 만, or the end of a range whose start is gone."""
    words = text[quantity.start : quantity.end]
    return _BARE_SCALE.match(words) is not None or (
        _RANGE_WITHOUT_START.search(text, max(0, quantity.start - 10), quantity.start) is not None
    )


def give_up_left_overs(text: str, quantities: Sequence[Quantity]) -> None:
    """Takes the value from numbers of a damaged text that are but the rest of one (천명, 만 세)."""
    for quantity in quantities:
        if _is_left_over(text, quantity):
            quantity.low = quantity.high = None
            quantity.notes, quantity.rule = {"lost"}, "ko.figure.lost"
