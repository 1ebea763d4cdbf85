"""Joins neighbouring amounts: ranges, added units, shares of ten, bounds and approximations, rates."""

from __future__ import annotations

import re

from testimonia.coding.korean.numerals import ARABIC, read
from testimonia.coding.korean.quantities import Quantity

__all__ = ["assemble", "bound"]

_DAYS = {"days": 1.0, "months": 30.0, "years": 365.0}
_SMALLER = {
    ("years", "months"): 1 / 12, ("hours", "minutes"): 1 / 60, ("months", "days"): 1 / 30,
    ("minutes", "seconds"): 1 / 60,
}  # fmt: skip
_TO = re.compile(
    r"\s?(?:가량|정도|쯤|이상|여)?(?:,\s?|\s?(?:에서|~|∼|–|—|-|내지|부터|또는|이나)\s?(?:최대\s?|많게는\s?|"
    r"길게는\s?|멀게는\s?)?(?:만\s)?)"
)
_BETWEEN_BOUNDS = re.compile(r"\s?(?:이상|초과|에서|부터)\s?~?\s?")
_UPPER = re.compile(r"\s?(?:이하|미만|이내|까지)")
_CHANGES = re.compile(
    r"(?:으로|로)\s(?:[가-힣]+\s)?(?:늘|줄|확대|확충|증가|감소|올[랐리린라]|오[르른]|떨[어]|뛰|급증|급감|인상|인하|축소|높|낮|바뀌|"
    r"불[어었]|증원|감축|단축|연장|내[려렸린])"
)
_OUT_OF = re.compile(r"(?:\s(?:중|가운데)(?:에서|에|서)?|에서)\s?(?:약\s?|최소\s?)?")
_LOWER_NUMBER = re.compile(
    rf"(?<![\d.가-힣A-Za-z])(?P<full>만\s)?(?P<num>{ARABIC}|[일이삼사오육칠팔구십백천만]+)\s?(?P<dash>~|∼|–|—|"
    rf"-|내지|에서|,\s?|·)\s?(?:만\s)?$"
)
_FULL = re.compile(r"(?<![가-힣\d])만\s?$")
_LEAST = re.compile(r"(?:최소(?:한)?|적게는|짧게는|적어도)\s?(?:만\s)?$")

_AFTER = (
    (">=", re.compile(r"\s?(?:이상|넘게는|은\s(?:족히\s)?(?:된다|됩니다|됐|되었|넘게)|는\s족히)")),
    (
        "<=",
        re.compile(
            r"(?:을|를|은)?\s?(?:넘길|넘을|초과할)\s?수\s?없|(?:을|를)?\s?(?:초과|넘)(?:하지|지)\s?(?:못|않|아니|말)|"
            r"\s?안(?:에|에서|의)(?=\s|[가-힣]{2})"
        ),
    ),
    (
        "<=",
        re.compile(
            r"\s?(?:이하|이내|한도|범위|에\s?한(?:하여|해|하)|까지(?!\s?(?:올|오르|늘|줄|떨|내|뛰|치솟|이르))|안에|안으로|안팎이하)"
        ),
    ),
    (
        "<",
        re.compile(
            r"\s?(?:미만|안쪽|안짝|미달)|(?:이|가|도|은|는)?\s?(?:채\s?)?(?:안\s?(?:되|된|됐|돼|남)|못\s?(?:되|된|남|"
            r"미치))|(?:을|를)\s?(?:밑도|밑돌|하회)|에\s?(?:못\s?미치|미치지\s?못|불과)"
        ),
    ),
    (
        ">",
        re.compile(
            r"\s?(?:초과|여(?![가-힣])|남짓)|(?:을|를|이|가|도|은)?\s?(?:훨씬\s|훌쩍\s)?(?:(?:밖|바깥)(?=의|에|으로)|넘[게는은었을으어]|"
            r"넘[겼긴]|웃돌|웃도|웃돈|상회|넘기)"
        ),
    ),
    (
        "~",
        re.compile(
            r"\s?(?:가량|정도|안팎|쯤|내외|전후|꼴|즈음|언저리)|\s?(?:가까이|가까운)|에\s?(?:육박|가까)|(?:은|"
            r"는|이|가)?\s?될까"
        ),
    ),
)
_BEFORE = (
    (
        "~",
        re.compile(r"(?:약|대략|대체로|거의|어림잡아|얼추|근|줄잡아|(?<![가-힣])한(?=\s))\s?$"),
    ),
    (">=", re.compile(r"(?:최소(?:한)?|최저|최단|하한(?:은|이)?|적어도|못해도|줄잡아|짧게는|적게는)\s?$")),
    (
        "<=",
        re.compile(
            r"(?:최대(?:한)?|최고|많게는|길게는|기껏해야|많아야|길어야|멀게는|최장|상한(?:은|이)?|한도(?:는|가)?)\s?$"
        ),
    ),
)
_SOME = re.compile(r"대(?=[가-힣]{0,2}(?:\s|[,.)]|$)|로|에)(?!\s?한)")
_HALF = re.compile(r"\s?반(?=을|이|쯤|간|동안|만|가량|정도|이나|은|도|으로|만에|\s|[,.)]|$)")
_RATE = re.compile(
    r"(?:(?P<day>하루(?:에|에도|\s벌이가?|\s평균)?|1일|일일|매일|일\s?평균|날마다)|(?P<week>일주일에|한\s?주에|"
    r"주당|매주|1주일?에|(?<![가-힣])주)"
    r"|(?P<month>한\s?달(?:에|\s(?:벌이|수입|월급|노임|품삯)(?:가|이|은|는)?)|달마다|매달|매월|다달이|월\s?평균|월급(?:이|은|으로)?|(?<![가-힣\d])월|1개월에)|"
    r"(?P<year>한\s?해에?|1년에|일\s?년에|매년|해마다|연간|연평균|(?<![가-힣])연(?=\s))|(?P<quarter>분기(?:별|마다|당|에)|매\s?분기|한\s?분기에)|(?P<hour>시간당|한\s?시간에)|"
    r"(?P<person>(?:1인|1명|한\s?(?:명|사람)|사람)당|일인당))"
    r"(?:\s(?:평균|약|최소|최대|많게는|적게는|보통|꼬박|겨우|고작|만|중국\s?돈|북한\s?돈|인민폐|"
    r"(?:[가-힣]+(?:으로|로|을|를|이|가|은|는|밥|쌀|죽|국수|옥수수|강냉이|감자|콩))|옥수수|강냉이|쌀|밥|"
    r"감자))*\s?(?:약\s?)?$"
)
_BASE = re.compile(r"\s(?:벌이|수입|월급|노임|품삯|생활비)|에(?:도|는|만)?(?=\s)|당(?![한했하시신])|마다")
_PER_ONE = frozenset(["persons", "cases", "households", "count"])
_BASE_UNITS = {"days": "day", "months": "month", "years": "year", "hours": "hour"}
_OPEN_CLAUSE = 26


def _scale_like(low: float, low_words: str, quantity: Quantity) -> float:
    """`5~6만 원`: the lower number shares the scale word of the upper one."""
    high = quantity.low or 0.0
    if re.search(r"[십백천만억]", low_words) or low <= 0:
        return low
    for scale in (10**8, 10**7, 10**6, 10**5, 10**4, 1000, 100, 10):
        if high % scale == 0 and high / scale > low and low * scale >= high / 20:
            return low * scale if high / scale < 1000 and scale >= 1000 else low
    return low


def _with_lower(text: str, quantity: Quantity, floor: int) -> None:
    """A number without a unit before it makes a range: 1~2킬로미터, 3, 4명, 3에서 7년."""
    begin = max(floor, quantity.start - 16)
    match = _LOWER_NUMBER.search(text[begin : quantity.start])
    if not match or quantity.low is None:
        return
    reading = read(match["num"])
    if reading is None or (not match["num"][0].isdigit() and match["dash"].strip() in (",", "·", "에서")):
        return
    low = _scale_like(reading.low, match["num"], quantity)
    step = quantity.low - low
    listed = match["dash"].strip() in (",", "·")
    if low >= quantity.low or (listed and step > max(1.0, low) and step != 1):
        return
    if listed and step != 1 and low < 10:
        return
    quantity.start, quantity.low = begin + match.start("num"), low
    quantity.comparator = "~" if listed else "range"
    quantity.notes.add("range")


def _joined(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """The range, sum or share that two neighbours make, or None."""
    if first.low is None or second.low is None:
        return None
    between = text[first.end : second.start]
    if len(between) > 16:
        return None
    return (
        _added(between, first, second) or _share(between, text, first, second) or _ranged(text, between, first, second)
    )


def _added(between: str, first: Quantity, second: Quantity) -> Quantity | None:
    if between.strip() or "range" in first.notes:
        return None
    if first.unit == "nights" and second.unit == "days":
        return Quantity(first.start, second.end, second.low, second.high, "days", "duration")
    factor = _SMALLER.get((first.unit, second.unit))
    if factor is None or first.low is None or second.low is None:
        return None
    value = round(first.low + second.low * factor, 4)
    return Quantity(first.start, second.end, value, value, first.unit, first.measure, second.comparator)


def _share(between: str, text: str, first: Quantity, second: Quantity) -> Quantity | None:
    if not _OUT_OF.fullmatch(between) or between.startswith("에서") or first.unit != second.unit:
        return None
    whole, part = first.low or 0.0, second.low or 0.0
    one_in = whole <= 9 and (part == 1 or text.startswith("꼴", second.end))
    if part >= whole or not (whole in (10, 100) or one_in) or first.unit not in ("persons", "cases", "households"):
        return None
    low, high = (round(100 * (x or 0.0) / whole, 2) for x in (second.low, second.high))
    comparator = "~" if low != high else second.comparator
    return Quantity(
        first.start,
        second.end,
        low,
        high,
        "percent",
        "share",
        comparator,
        {"share"} | second.notes,
        rule="ko.figure.one_of",
    )


def _ranged(text: str, between: str, first: Quantity, second: Quantity) -> Quantity | None:
    bounds = _BETWEEN_BOUNDS.fullmatch(between) and _UPPER.match(text, second.end)
    if bounds and "이상" in between and second.measure == "money":
        return None
    if not (bounds or _TO.fullmatch(between)):
        return None
    if "에서" in between and _CHANGES.match(text, second.end):
        return None
    if first.unit == second.unit:
        low, high, unit = first.low, second.high, first.unit
    elif first.unit in _DAYS and second.unit in _DAYS:
        unit = min(first.unit, second.unit, key=lambda u: _DAYS[u])
        low = (first.low or 0) * _DAYS[first.unit] // _DAYS[unit]
        high = (second.high or 0) * _DAYS[second.unit] // _DAYS[unit]
    else:
        return None
    if low is None or high is None or low > high or (between.strip() == "," and high - low > 1):
        return None
    joined = Quantity(first.start, second.end, low, high, unit, first.measure, "range", first.notes | {"range"})
    joined.rule = "ko.figure.range"
    return joined


def bound(text: str, quantity: Quantity) -> None:
    """Comparator from the words around a number; a range stays one unless it is approximate."""
    before = text[max(0, quantity.start - 8) : quantity.start]
    after = next((sign for sign, p in _AFTER if p.match(text, quantity.end)), None)
    ahead = next((sign for sign, p in _BEFORE if p.search(before)), None)
    if "range" in quantity.notes or quantity.comparator == "range":
        if after == "~" or ahead == "~":
            quantity.comparator = "~"
        return
    if quantity.comparator == "~" and after not in (">", "<"):
        return
    if quantity.comparator == "=":
        quantity.comparator = after or ahead or "="
    if ahead in ("<=", ">=") and after == "~":
        quantity.comparator = ahead


def _in_the(text: str, quantity: Quantity) -> None:
    """`5천만 원대`, `60퍼센트대`: anything with this leading digit."""
    if quantity.measure not in ("money", "share") or quantity.low is None or quantity.low != quantity.high:
        return
    if not _SOME.match(text, quantity.end) or quantity.low <= 0 or quantity.low % 1:
        return
    scale = 1
    while quantity.low % (scale * 10) == 0:
        scale *= 10
    if scale > 1:
        quantity.high, quantity.comparator = quantity.low + scale - 1, "~"
        quantity.end += 1
        quantity.notes.add("range")


def _rated(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Rates: `한 달에 1천500위안`; the 한 달 that a rate stands on is no figure of its own."""
    kept = []
    for quantity in quantities:
        if quantity.low == 1 and quantity.unit in _BASE_UNITS and _BASE.match(text, quantity.end):
            continue
        if quantity.unit in _PER_ONE and quantity.low == 1 and text.startswith("당", quantity.end):
            continue
        if "base" in quantity.notes and not re.match(r"\s?(?:만에|동안|걸|뒤|후|있)", text[quantity.end :]):
            continue
        quantity.notes.discard("base")
        begin = max(0, quantity.start - _OPEN_CLAUSE)
        match = _RATE.search(text[begin : quantity.start])
        if match and quantity.measure == "duration" and quantity.unit not in ("hours", "minutes", "days"):
            match = None
        if match and match["person"]:
            match = None
        if match and quantity.measure in ("money", "duration", "frequency", "weight", "count"):
            quantity.rate = next(name for name, value in match.groupdict().items() if value)
        kept.append(quantity)
    return kept


def _and_a_half(text: str, quantity: Quantity) -> None:
    """`삼 년 반`, `두 시간 반`: half a unit more."""
    half = _HALF.match(text, quantity.end) if quantity.unit in ("years", "months", "hours", "kg") else None
    if half and quantity.low is not None and quantity.high is not None:
        quantity.low, quantity.high, quantity.end = quantity.low + 0.5, quantity.high + 0.5, half.end()


def assemble(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Quantities with neighbours joined, bounds read and rates named, in text order."""
    joined: list[Quantity] = []
    for quantity in quantities:
        _and_a_half(text, quantity)
        _with_lower(text, quantity, joined[-1].end if joined else 0)
        pair = _joined(text, joined[-1], quantity) if joined else None
        if pair:
            if _LEAST.search(text[max(0, pair.start - 5) : pair.start]) and "range" in pair.notes:
                pair.start -= len(_LEAST.search(text[max(0, pair.start - 5) : pair.start])[0])  # type: ignore[index]
            joined[-1] = pair
        else:
            joined.append(quantity)
    for quantity in joined:
        full = _FULL.search(text[max(0, quantity.start - 2) : quantity.start])
        if full and quantity.unit in ("years_of_age", "years", "months", "days"):
            quantity.start -= len(full[0])
            quantity.notes.add("full")
        _in_the(text, quantity)
        bound(text, quantity)
    return _rated(text, joined)
