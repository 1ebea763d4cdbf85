"""Finds numbers with their unit: counts, shares, money, lengths of time, ages.

Stage one finds a numeral with its counter, or a word that is an amount by itself (보름, 절반); stage two, in
`ranges`, joins neighbours (`2주에서 한 달`, `2시간 30분`, `열 명 중 일곱 명`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from testimonia import vocabulary
from testimonia.coding.korean.numerals import ARABIC, NATIVE, SINO, VAGUE, Reading, read

__all__ = ["COUNTERS", "UNITS", "Quantity", "Unit", "find_quantities"]


class Unit(NamedTuple):
    """A counter: what it counts, and which numerals may stand before it."""

    form: str
    unit: str
    factor: float
    measure: str
    numerals: str
    not_before: re.Pattern[str] | None


@dataclass(slots=True)
class Quantity:
    """An amount at text[start:end]; `low` and `high` are None where the digits are lost.

    `notes` holds what else the words say: full (만 19세), pair, vague, about, over, share.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    measure: str
    comparator: str = "="
    notes: set[str] = field(default_factory=set)
    rate: str = ""
    rule: str = "ko.figure.counter"


def _unit(row: Mapping[str, str]) -> Unit:
    after = row["not_before"]
    factor = float(row["factor"])
    pattern = None if after == "-" else re.compile(after)
    return Unit(row["form"], row["unit"], factor, row["measure"], row["numerals"], pattern)


UNITS: dict[str, list[Unit]] = {}
for _row in vocabulary.rows("ko/units"):
    if _row["numerals"] != "never":
        UNITS.setdefault(_row["form"], []).append(_unit(_row))
COUNTERS = "|".join(re.escape(form) for form in sorted(UNITS, key=len, reverse=True))
_AMOUNTS = {row["form"]: row for row in vocabulary.rows("ko/amounts")}
_AMOUNT_WORDS = "|".join(re.escape(form) for form in sorted(_AMOUNTS, key=len, reverse=True))

_MORE = r"(?P<more>\s?(?:여|남짓)|(?<=[십백천])\s?(?:몇|수))?"
_DIGITS = re.compile(rf"(?P<num>{ARABIC}){_MORE}\s?(?P<unit>{COUNTERS})")
_WORDS = re.compile(rf"(?<![가-힣\d.])(?P<num>{NATIVE}|{VAGUE}|{SINO}){_MORE}\s?(?P<unit>{COUNTERS})")
_WORD_START = re.compile(
    r"(?<![가-힣\d.])[두세석서네넉다여일아열스마쉰예수몇여십백천만억이삼사오육륙칠팔구영댓대한너엳]"
)
_AMOUNT = re.compile(
    rf"(?<![가-힣])(?P<word>{_AMOUNT_WORDS})(?=간|에|이|가|을|를|은|는|의|만|도|이나|쯤|정도|가량|남짓|동안|씩|"
    rf"뒤|후|안|째|넘|로|이상|이하|있|갇|굶|걸|과|와|여|\s|[,.()·]|$)"
)
_FRACTION = re.compile(
    r"(?<![\d가-힣])(?P<den>\d+|[이삼사오육칠팔구십백천]+)\s?분의\s?(?P<num>\d+|[일이삼사오육칠팔구십]+)"
)
_ONE_OF = re.compile(
    r"(?<![가-힣\d])(?P<den>열|백|\d+|둘|셋|넷|다섯)(?:에|\s(?:중(?:에서?)?|가운데(?:서)?))\s(?P<num>하나|둘|"
    r"셋|넷|다섯|여섯|일곱|여덟|아홉)(?=은|이|가|을|를|도|꼴|명|\s|[,.]|$)"
)
_PEOPLE = (
    r"(?:사람|여자|남자|여성|남성|아이|애|딸|아들|처녀|언니|동생|형제|자식|환자|군인|놈|년|친구|식구|가족|주민|"
    r"녀자|아이들|애들|여자애|신생아)"
)
_NATIVE_WORD = re.compile(
    r"하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|스물|서른|마흔|쉰|예순|일흔|서넛|두엇|댓|예닐곱|여남은|[(（]"
)
_BARE = re.compile(
    rf"{_PEOPLE}(?:이|가|를|을|은|는|도|만|들이|들을|들은)?\s?(?P<num>하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|"
    rf"열(?:둘|셋|넷|하나|다섯|여섯)?|스물|서른|한둘|두셋|두엇|서넛|너댓|네댓|대여섯|예닐곱|여남은)(?=이(?!서)|"
    rf"을|를|은|는|만|도|씩|뿐|과|와|로|이었|이였|였|\s|[,.)?]|$)"
)
_PEOPLE_BEFORE = (
    r"(?:식구|여성|녀성|여자|녀자|처녀|사내|남자|아이|사람|가족|주민|군인|자매|형제|나까지|저까지|합쳐|합해서|합해|모두|다해서|"
    r"전부|보내진|끌려간|잡혀간|붙잡힌|남은|살아남은|죽은|함께\s간|같이\s간|데려온|팔려간|팔려온|북송된|송환된)"
)
_BARE_SOME = re.compile(
    rf"{_PEOPLE_BEFORE}\s(?P<num>둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)?|스물|서른|"
    r"두셋|서넛|너댓|네댓|대여섯|예닐곱)(?=인가|인데|입니다|이였|이었|이고|이서|이\s|은\s|을\s|\s(?:가운데|중)|뿐|[,.]|$)"
)
_BARE_ALONE = re.compile(
    r"(?<![가-힣])(?P<num>둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)(?:이|은|이서)\s(?:[가-힣]+\s)?"
    r"(?:죽|숨|잡[혀혔히]|왔|갔|건[너넜]|있었|도망|붙[잡들]|살았|남았|병|떠났|나왔)"
)
_BARE_AGE = re.compile(
    r"(?<![가-힣])(?P<num>(?:열|스물|서른|마흔|쉰|예순|일흔)(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|"
    r"아홉)?)(?=이라고|이였|이었|이에요|입니다|인데|이고|이니|이던|에\s(?:시집|팔|강|넘|중국|결혼|탈북))"
)
_AGE_NOUN = re.compile(
    r"(?<![가-힣])(?:나이|나이가|나이는|년세|연세)\s(?:한\s|겨우\s|갓\s)?(?P<num>(?:열|스물|서른|마흔|쉰|예순|일흔|여든)(?:하나|둘|셋|넷|"
    r"다섯|여섯|일곱|여덟|아홉)?|스무남은)(?=에|이|을|도|쯤|인|\s(?:가까|넘|안팎|먹|된|남짓)|[,.])"
)
_NAMED_AGE = re.compile(
    r"(?:씨|양|군|모|[가-힣]{2,4})(?P<gap>\s?)[(（](?:가명\s?[·,]\s?)?(?P<num>\d{1,2})(?:세|"
    r"살)?(?P<sex>\s?[·,]\s?(?:남|"
    r"여)[^)）]{0,8})?[)）]"
)
_SINGLE_SINO = re.compile(r"[일이삼사오육륙칠팔구조]")
_SINGLE_UNITS = frozenset(
    ["년", "개월", "분", "일", "퍼센트", "프로", "주일", "킬로미터", "달러", "위안", "명", "인", "할"]
)
_ARTICLE_UNITS = frozenset(
    [
        "사람",
        "분",
        "놈",
        "번",
        "가지",
        "대",
        "곳",
        "군데",
        "채",
        "여자",
        "여성",
        "남자",
        "남성",
        "아이",
        "딸",
        "아들",
        "쌍",
        "처녀",
        "통",
        "끼",
        "아이들",
        "차",
    ]
)
_DECIMAL_UNITS = frozenset(
    row["form"]
    for row in vocabulary.rows("ko/units")
    if row["measure"] in ("share", "change", "ratio", "length", "weight", "area", "money")
    or row["form"] in ("시간", "년")
)
_MACHINES = re.compile(
    r"(?:카메라|차량|장비|버스|트럭|자동차|전화|휴대폰|손전화|컴퓨터|차|드론|CCTV|초소|기계|오토바이|모니터|"
    r"탐지기|감지기|배|탑)[가-힣]{0,2}\s?(?:약|총|등|모두)?\s?$"
)
_OFTEN = re.compile(r"\s?(?:이나|넘|이상|정도|에\s걸|씩|가량)")
_OFTEN_BEFORE = re.compile(r"(?:하루|하루에|일주일에|달에|보름에|열흘에|년에|주에|총|모두|약|최소|한\s해)\s$")
_YEARS_APART = re.compile(
    r"(?:이나|은|도)?\s(?:줄|늘|많|적|어리|어린|차이|위|우[였이의]|아래|더\s먹|연상|연하|속이|속여|낮|높)"
)
_MACHINES_AFTER = re.compile(r"[가를는이]?\s?(?:새로\s)?(?:설치|투입|증설|압수|도입|배치|추가|가동)")
_CLOCK = re.compile(r"\d{1,2}\s?시\s?\d{1,2}\s?분")
_GLUED = frozenset({("세", "대"), ("열", "차"), ("네", "발"), ("열", "대"), ("두", "대")})
_PURE_SCALE = re.compile(r"[십백천만억]+")
__GLUED_SCALE_UNITS = frozenset(["명", "원", "위안", "달러", "톤", "킬로미터", "년", "세", "리"])
_DIGIT_WORDS = re.compile(r"[일이삼사오육륙칠팔구]{2,}")
_NEIGHBOURS = frozenset(["일이", "이삼", "삼사", "사오", "오륙", "오육", "육칠", "칠팔", "팔구"])
_TELEPHONE = re.compile(r"\d{2,4}-\d{3,4}-\d{4}")
_NOT_A_COUNT = re.compile(r"(?:제\s?|[A-Za-z]-?|№\s?|\d[-.])$")


def _numeral_kind(words: str) -> str:
    if words[0].isdigit():
        return "digits"
    if words[0] in "수몇" or words[:2] in ("십수", "백수", "십몇"):
        return "vague"
    return "sino" if re.fullmatch(SINO, words) else "native"


def _accepts(unit: Unit, kind: str, reading: Reading, words: str) -> bool:
    if unit.numerals == "decade":
        return kind in ("digits", "sino") and reading.low in range(10, 91, 10) and "," not in words
    allowed = {
        "any": ("digits", "sino", "native", "vague"), "sino": ("digits", "sino", "vague"),
        "native": ("native", "vague"), "digits": ("digits",),
    }  # fmt: skip
    return kind in allowed[unit.numerals]


def _stands_alone(words: str, unit: Unit) -> bool:
    """Whether a one-syllable numeral before this counter is one: 이 년 is, 이 사람 (this person) is not."""
    demonstrative = words in "이조" and unit.form in ("분", "일", "명", "인", "주일")
    return unit.form in _SINGLE_UNITS and not demonstrative


def _plausible(words: str, kind: str, unit: Unit, text: str, start: int, end: int) -> bool:
    if kind == "sino" and _SINGLE_SINO.fullmatch(words) and not _stands_alone(words, unit):
        return False
    if kind == "native" and words in ("한", "하나"):
        often = unit.form in ("끼", "번", "차례") and _OFTEN_BEFORE.search(text, max(0, start - 8), start)
        return words == "한" and (unit.form not in _ARTICLE_UNITS or bool(often))
    if kind == "native" and words in ("석", "넉"):
        return unit.form == "달"
    if kind == "native" and words in ("서", "너", "둘", "셋", "넷"):
        return False
    if unit.form == "번" and kind == "digits":
        return bool(_OFTEN.match(text, end) or _OFTEN_BEFORE.search(text, max(0, start - 8), start))
    if words == "네" and unit.form in ("딸", "아들", "아이", "여자", "남자", "아이들"):
        return False
    return not (unit.form == "번" and re.match(r"\s?다시|\s?더는", text[end : end + 4]))


def _choose(form: str, kind: str, reading: Reading, words: str, text: str, start: int, end: int) -> Unit | None:
    for unit in UNITS[form]:
        if not _accepts(unit, kind, reading, words) or not _plausible(words, kind, unit, text, start, end):
            continue
        if unit.not_before and unit.not_before.match(text, end):
            continue
        if unit.numerals == "decade" and (
            _MACHINES.search(text[max(0, start - 14) : start]) or _MACHINES_AFTER.match(text, end)
        ):
            continue
        return unit
    return None


def _is_another_word(match: re.Match[str], text: str) -> bool:
    """Whether numeral and counter written together are an ordinary word: 세대, 이사회, 만일, 구분."""
    words, form = match["num"], match["unit"]
    if words[0].isdigit() or match.start("unit") > match.end("num") or match["more"]:
        return False
    if (words, form) in _GLUED:
        return True
    if _PURE_SCALE.fullmatch(words):
        return form not in __GLUED_SCALE_UNITS or (form in ("세", "년", "리") and len(words) < 2 and words in "만천억")
    if _DIGIT_WORDS.fullmatch(words):
        return words not in _NEIGHBOURS
    return _SINGLE_SINO.fullmatch(words) is not None and form not in ("년", "개월", "할", "퍼센트", "프로")


def _counts_age(form: str) -> bool:
    """Whether a counter counts years of age."""
    return form in ("살", "세")


_HOLE_MARKS = frozenset("?？_□■▒▓░●○◯◌☐�")


def _counted(match: re.Match[str], text: str) -> Quantity | None:
    words, form = match["num"], match["unit"]
    reading = read(words)
    if (
        reading is None
        or (_counts_age(match["unit"]) and reading.low > 130)
        or _NOT_A_COUNT.search(text[max(0, match.start() - 3) : match.start()])
    ):
        return None
    if text[max(0, match.start() - 1) : match.start()] in _HOLE_MARKS:
        return None
    if "." in words and "," not in words and form not in _DECIMAL_UNITS:
        return None
    if _is_another_word(match, text):
        return None
    unit = _choose(form, _numeral_kind(words), reading, words, text, match.start(), match.end())
    if unit is None or unit.unit == "-":
        return None
    return _quantity(text, match.start(), match.end(), reading, unit, bool(match["more"]))


def _quantity(text: str, start: int, end: int, reading: Reading, unit: Unit, more: bool) -> Quantity:
    low, high = reading.low * unit.factor, reading.high * unit.factor
    found = Quantity(start, end, low, high, unit.unit, unit.measure)
    if unit.form == "살" and _YEARS_APART.match(text, end):
        found.unit, found.measure = "years", "duration"
    if reading.manner != "exact":
        found.notes.add(reading.manner)
        found.comparator = ">" if reading.manner == "over" else "~"
    if unit.measure == "age_range":
        found.high, found.comparator = low + 9, "range"
    elif more:
        found.comparator = ">"
    return found


def _counters(text: str) -> Iterator[Quantity]:
    for match in _DIGITS.finditer(text):
        if found := _counted(match, text):
            yield found
    place = 0
    while start := _WORD_START.search(text, place):
        place = start.end()
        words = _WORDS.match(text, start.start())
        if words and (found := _counted(words, text)):
            place = words.end()
            yield found


def _amounts(text: str) -> Iterator[Quantity]:
    for match in _AMOUNT.finditer(text):
        row = _AMOUNTS[match["word"]]
        found = Quantity(match.start(), match.end(), float(row["low"]), float(row["high"]), row["unit"], "duration")
        found.measure = {"percent": "share", "ratio": "ratio"}.get(row["unit"], "duration")
        found.rule = "ko.figure.word"
        if row["manner"] != "exact":
            found.notes.add(row["manner"])
        found.comparator = {"over": ">", "pair": "~", "about": "~", "vague": "~"}.get(row["manner"], "=")
        yield found


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text) if "분의" in text or "분 의" in text else ():
        whole, part = read(match["den"]), read(match["num"])
        if whole and part and whole.low:
            share = round(100 * part.low / whole.low, 2)
            yield Quantity(*match.span(), share, share, "percent", "share", rule="ko.figure.fraction")
    for match in _ONE_OF.finditer(text):
        whole, part = read(match["den"]), read(match["num"])
        if whole and part and part.low < whole.low:
            share = round(100 * part.low / whole.low, 2)
            yield Quantity(*match.span(), share, share, "percent", "share", rule="ko.figure.one_of")


def _bare(text: str) -> Iterator[Quantity]:
    if not _NATIVE_WORD.search(text):
        return
    for match in _BARE.finditer(text):
        if reading := read(match["num"]):
            found = Quantity(*match.span("num"), reading.low, reading.high, "persons", "count")
            found.rule = "ko.figure.bare"
            if reading.manner != "exact":
                found.comparator = "~"
                found.notes.add(reading.manner)
            yield found
    for match in (*_BARE_SOME.finditer(text), *_BARE_ALONE.finditer(text)):
        if reading := read(match["num"]):
            found = Quantity(*match.span("num"), reading.low, reading.high, "persons", "count", rule="ko.figure.bare")
            if reading.low != reading.high:
                found.comparator = "~"
            yield found
    for pattern, rule in (
        (_BARE_AGE, "ko.figure.bare_age"),
        (_AGE_NOUN, "ko.figure.bare_age"),
        (_NAMED_AGE, "ko.figure.named_age"),
    ):
        for match in pattern.finditer(text):
            age = read(match["num"])
            if age and (rule == "ko.figure.bare_age" or _is_named(text, match)):
                yield Quantity(*match.span("num"), age.low, age.high, "years_of_age", "age", rule=rule)


def _is_named(text: str, match: re.Match[str]) -> bool:
    """Whether a number in brackets is an age: after 씨, 양, 군, or with a sex beside it."""
    return bool(match["sex"]) or text[match.start("gap") - 1] in "씨양군모"


def find_quantities(text: str, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Amounts of a text, in order, that overlap neither one another nor the stretches `taken` (dates, names)."""
    found: list[Quantity] = []
    held = [*taken, *(match.span() for match in _TELEPHONE.finditer(text))]
    held += [match.span() for match in _CLOCK.finditer(text)] if "시" in text else []
    for source in (_fractions(text), _counters(text), _amounts(text), _bare(text)):
        for quantity in source:
            if not any(quantity.start < end and start < quantity.end for start, end in held):
                found.append(quantity)
                held.append((quantity.start, quantity.end))
    found.sort(key=lambda quantity: quantity.start)
    return found
