"""Finds quantities: a numeral, what it counts or measures, and the words that bound it.

Digits of dates, articles, ordinals and telephone numbers are left alone: a numeral counts only with a unit,
a measure word, a share or a noun of number beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from testimonia.coding.chinese.measure_words import (
    bound_after,
    bound_before,
    counts,
    is_article,
    unit_pattern,
    units,
    what_is_counted,
)
from testimonia.coding.chinese.numbers import NUMERAL, Numeral, read_numeral
from testimonia.coding.chinese.reading import LOST

__all__ = ["Quantity", "find_quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in `Reading.text`: [start, end) is the numeral, `tail` the end of its unit."""

    start: int
    end: int
    tail: int
    unit: str
    sort: str
    value: float | None
    low: float | None = None
    high: float | None = None
    comparator: str = "="
    status: str = "present"
    hedge: tuple[int, int] | None = None
    rule: str = "figure.unit"


_VAGUE = (
    r"(?:好|[十百千])?(?:几|(?<![多人次总岁倍分系度指参无])数)(?:十|百|千|万|亿)*(?:余|多)?|[上成](?:百|千)[上成](?:千|万)|[上](?:百|千|万)|若干|"
    r"数以[十百千万]计的?"
)
_CORE = rf"(?:{_VAGUE}|{NUMERAL})"
_GONE = rf"[\d,.〇零一二三四五六七八九十百千万亿两]*{LOST}[{LOST}\d,.〇零一二三四五六七八九十百千万亿]*[余多几]?"
_FIRST = f"(?=[\\d零〇一二三四五六七八九两廿卅十百千万壹贰叁肆伍陆柒捌玖拾数几好上成若{LOST}])"
_RUN = re.compile(r"[\d.,]+[万亿千百]?|[零〇一二三四五六七八九两廿卅十百千万亿]+|.")
_JOIN = r"(?:至|到|—+|–|-|~|～|、|或)"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    unit = unit_pattern()
    currency = "(?:人民币|美元|美金|韩元|韩币|港币|￥|¥|\\$)?"
    inner = f"(?P<u1>{unit})?(?P<bound>以上)?(?:{_JOIN}|(?<=以上)(?:不满|未满|至|到)?){currency}"
    return {
        "any": re.compile(
            rf"{_FIRST}(?<![\d.A-Za-z])(?:"
            rf"(?P<gone>{_GONE})(?P<gpc>%)?"
            rf"|(?P<left>{NUMERAL})(?P<ul>{unit})?{_JOIN}(?P<lost>{LOST}+万?)(?P<ur>%|{unit})"
            rf"|(?P<pct>百分之|千分之)(?P<p1>{_CORE}|{LOST}+)(?:{_JOIN}(?:百分之)?(?P<p2>{NUMERAL}))?"
            rf"|(?P<den>{NUMERAL})分之(?P<num>{NUMERAL})"
            rf"|(?P<a>{_CORE})(?:%(?:{_JOIN}(?P<b1>{NUMERAL})%)?|成(?:{_JOIN}(?P<b2>{NUMERAL})成|(?P<half>半)|"
            rf"(?P<fifth>[一二三四五六七八九])(?![名人个]))?(?![为立员年功果效长本就都千万分套交熟衣品群]))"
            rf"|(?P<r1>{_CORE}){inner}(?P<r2>{NUMERAL})(?P<u2>%|{unit})"
            rf"|(?P<y>{NUMERAL})年(?:零|又)?(?P<m>{NUMERAL})个(?:半)?月"
            rf"|(?P<n>{_CORE}){currency}(?P<u>{unit})(?P<plus>半(?=[，。；、）的]|$)|半?)"
            rf"|(?P<bare>{_CORE}))"
        ),
        "half": re.compile(
            rf"(?P<from>半)年(?:至|到|—|-|~)(?P<to>{NUMERAL})年"
            r"|(?P<num>半数|过半|一半|大半(?!年|辈|生|天|夜|个)|对半)(?![径途路夜])"
            r"|(?P<dur>[大小]?半)(?P<du>年|个月|个小时|天)"
            r"|(?P<part>(?:相当|很大|极大)(?:大|多)?(?:的)?一?部分)"
        ),
    }


_ORDINAL = re.compile(r"(?:第|初|老|(?<!每)(?:周|星期|礼拜)|农历|号|No\.?)$")
_STOP_BARE = re.compile(
    r"(?:人数|人口|总数|数量|总人数|件数|起数|合计|共计|总计)(?:应|约|已|可能)?(?:为|在|是|达到?|有|：|:|超过|约|介于|近)*$"
)
_SPENT = re.compile(
    r"(?:[收花付卖赚给要值价借欠挣拿掏得分交赔]|彩礼|价格|金额|身价|人民币|费用?)(?:了|到|过|我家?|他家?|她|人家|人|是|走|出|为|达|在|手)*$"
)
_SECOND = re.compile(rf"{_JOIN}({NUMERAL})")
_SECOND_FAR = re.compile(rf"(?:至|到|—+|-|~)({NUMERAL})")
_WAGE = re.compile(r"(?:一天|一个月|每天|每月|一年|每人)[^，。；]{0,6}(?:挣|赚|给|拿|收|付)(?:到|个)?$")
_MONEY_TALK = re.compile(r"价|金额|人民币|彩礼|[万千百]元|费|收入|工资|块钱")
_CLAUSE_END = re.compile(r"[，。；！”、）]|$|不等|左右")
_AGE = re.compile(r"年龄[^，。]{0,6}(?:在|介于|为|从|：)$|(?:年仅|时年|现年|年方)$")
_PEOPLE = (
    r"(?:余名)?(?:妇女|女性|女子|男子|男性|儿童|孩子|难民|脱北者|村民|官员|士兵|军人|警察|民警|嫌疑人|犯罪嫌疑人|被告人|被害人|受害人|受害者|"
    r"受访者|工人|劳工|劳动者|劳教人员|囚犯|犯人|在押人员|越境者|偷渡者|非法越境人员|非法入境人员|家庭|人家|朝鲜人|韩国人|中国人|北韩人|北韩女性|北韩妇女|朝鲜女性|朝鲜妇女)"
)
_PEOPLE_NEXT = re.compile(rf"(?:的)?{_PEOPLE}")


def find_quantities(text: str, claimed: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """Quantities of a text in order; digits inside a `claimed` stretch (dates, laws) are passed over."""
    taken = list(claimed)
    for quantity in sorted((*_numerals(text, taken), *_halves(text)), key=lambda q: q.start):
        if not any(quantity.start < b and a < quantity.end for a, b in taken):
            taken.append((quantity.start, quantity.end))
            yield quantity


def _numerals(text: str, claimed: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    pattern = _patterns()["any"]
    at = 0
    while match := pattern.search(text, at):
        at = match.end()
        inside = [b for a, b in claimed if a < match.end() and match.start() < b]
        if inside:
            at = max(*inside, match.start() + 1)
            continue
        quantity = _quantity(match)
        if quantity is None:
            at = _RUN.match(text, match.start()).end() or at  # type: ignore[union-attr]
            continue
        yield quantity
        at = max(quantity.end, match.start() + 1)


def _quantity(match: re.Match[str]) -> Quantity | None:
    text, start = match.string, match.start()
    if _ORDINAL.search(text[max(0, start - 3) : start]):
        return None
    found = _read(match)
    return _bounded(found, text) if found else None


def _read(match: re.Match[str]) -> Quantity | None:
    if match["gone"]:
        return _lost(match)
    if match["left"]:
        return _half_lost(match)
    if match["pct"] or match["den"] or (match["bare"] is None and match["a"]):
        return _share(match)
    if match["r1"]:
        return _range(match)
    if match["y"]:
        return _years_and_months(match)
    return _plain(match) if match["n"] else _bare(match)


def _from(numeral: Numeral, start: int, end: int, tail: int, unit: str, sort: str, rule: str) -> Quantity:
    definite = numeral.low == numeral.high
    vague = numeral.kind == "vague"
    comparator = {"exact": "=", "more": ">", "about": "~", "vague": "~", "least": ">="}[numeral.kind]
    return Quantity(
        start, end, tail, unit, sort,
        value=numeral.low if definite else None,
        low=None if definite else numeral.low,
        high=None if definite else numeral.high,
        comparator=">" if vague and numeral.low % 10 == 1 else comparator,
        status="verbal" if vague else "present",
        rule=rule,
    )  # fmt: skip


def _plain(match: re.Match[str]) -> Quantity | None:
    numeral = read_numeral(match["n"])
    unit, sort, weak = units()[match["u"]]
    text, start, tail = match.string, match.start(), match.end("u")
    if numeral is None or numeral.high == 0 or (weak and len(match["n"]) < 2 and not match["n"].isdigit()):
        return None
    if "几" in match["n"] and re.match(r"[？吗呢]", text[tail : tail + 1]):
        return None
    if is_article(match["n"], sort, text, start, tail) or not counts(match["n"], match["u"], text, start):
        return None
    if match["u"] in ("个", "件"):
        unit, sort = what_is_counted(match["u"], text, start, tail)
    end = match.end("n")
    if match["plus"] and sort == "duration" and numeral.low == numeral.high:
        numeral = Numeral(numeral.low + 0.5, numeral.low + 0.5, numeral.kind)
        end = tail = match.end("plus")
    elif match["u"] in ("年前", "年后", "年间", "年来"):
        return None
    found = _from(numeral, start, end, tail, unit, sort, f"figure.{sort}")
    if match["u"].startswith(("个多", "个来", "来个", "来号")):
        found = replace(found, comparator=">" if "多" in match["u"] else "~")
    return found


def _bare(match: re.Match[str]) -> Quantity | None:
    """A numeral without a unit: after a noun of number, before people, after a verb of paying, as an age."""
    text, start, end = match.string, match.start(), match.end("bare")
    numeral = read_numeral(match["bare"])
    if numeral is None or numeral.high < 2:
        return None
    before = text[max(0, start - 12) : start]
    if noun := _STOP_BARE.search(before):
        second = _SECOND.match(text, end)
        unit = "persons" if "人" in noun[0] else "count"
        found = _from(
            numeral, start, end, end, unit, "person" if unit == "persons" else "thing", "figure.noun_of_number"
        )
        return _widened(found, second) if second else found
    if numeral.low >= 1000 and (second := _SECOND_FAR.match(text, end)):
        wide = _widened(_from(numeral, start, end, end, *_by_context(text, start), "figure.bare_range"), second)
        return wide if wide and wide.comparator == "range" and (wide.high or 0) > (wide.low or 0) else None
    if (len(match["bare"]) > 1 or match["bare"].isdigit()) and (people := _PEOPLE_NEXT.match(text, end)):
        home = people[0].endswith(("家庭", "人家"))
        return _from(numeral, start, end, end, "count" if home else "persons", "person", "figure.people")
    if numeral.low >= 10 and _CLAUSE_END.match(text, end) and _WAGE.search(before):
        return _from(numeral, start, end, end, "CNY", "money", "figure.wage")
    if (
        numeral.low >= 1000
        and "年" not in text[end : end + 1]
        and _CLAUSE_END.match(text, end)
        and _is_price(text, start, before)
    ):
        return _from(numeral, start, end, end, "CNY", "money", "figure.paid")
    return None


def _by_context(text: str, start: int) -> tuple[str, str]:
    """Unit and sort of large bare numbers: money where the sentence speaks of prices, else people or things."""
    sentence = text[text.rfind("。", 0, start) + 1 : start]
    if _MONEY_TALK.search(sentence):
        return "CNY", "money"
    return ("persons", "person") if re.search(r"人|者|妇女|女性|难民|居民", sentence) else ("count", "thing")


def _is_price(text: str, start: int, before: str) -> bool:
    """收了四万八; or a bounded number in a sentence that speaks of prices: 多半不到两万."""
    if _SPENT.search(before):
        return True
    sentence = text[text.rfind("。", 0, start) + 1 : start]
    return bool(bound_before(text, start) and _MONEY_TALK.search(sentence))


def _widened(found: Quantity, second: re.Match[str]) -> Quantity | None:
    high = read_numeral(second[1])
    if high is None or found.value is None:
        return found
    return replace(found, end=second.end(1), tail=second.end(1), value=None, low=found.value, high=high.high,
                   comparator="range")  # fmt: skip


def _range(match: re.Match[str]) -> Quantity | None:
    """二千元以上一万元以下, 七至四十天, 3至5万元, 一周岁以上不满六周岁."""
    first, second = read_numeral(match["r1"]), read_numeral(match["r2"])
    if first is None or second is None:
        return _plain_again(match)
    unit, sort, _ = units().get(match["u2"], ("percent", "ratio", False))
    low = first.low
    scale = re.search(r"[万亿]", match["r2"])
    if scale and low < 100 and not match["u1"] and not re.search(r"[万亿]", match["r1"]):
        low *= 10_000 if scale[0] == "万" else 100_000_000
    if match["u1"] and (units()[match["u1"]].unit, unit) == ("months", "years"):
        low = round(low / 12, 4)
        return Quantity(match.start(), match.end("r2"), match.end("u2"), unit, sort, None, low, second.high, "range",
                        rule="figure.range")  # fmt: skip
    one, joint = match["u1"], match.string[match.end("r1") : match.start("r2")]
    if (one and units()[one][0] != unit) or low >= second.high or ("、" in joint or "或" in joint):
        return _plain_again(match)
    if match["u2"] in ("个", "件"):
        unit, sort = what_is_counted(match["u2"], match.string, match.start(), match.end("u2"))
    if "-" in joint and match.end("u2") == match.end("r2"):
        return None
    return Quantity(match.start(), match.end("r2"), match.end("u2"), unit, sort, None, low, second.high,
                    "range", rule="figure.range")  # fmt: skip


def _plain_again(match: re.Match[str]) -> Quantity | None:
    """Not a range after all: only its first numeral, where that has a unit of its own."""
    if not match["u1"]:
        return None
    unit, sort, weak = units()[match["u1"]]
    numeral = read_numeral(match["r1"])
    text, start, end = match.string, match.start(), match.end("r1")
    if numeral is None or weak or is_article(match["r1"], sort, text, start, match.end("u1")):
        return None
    if match["u1"] in ("个", "件"):
        unit, sort = what_is_counted(match["u1"], text, start, match.end("u1"))
    return _from(numeral, start, end, match.end("u1"), unit, sort, f"figure.{sort}")


def _years_and_months(match: re.Match[str]) -> Quantity | None:
    """六年六个月 is 6.5 years."""
    years, months = read_numeral(match["y"]), read_numeral(match["m"])
    if years is None or months is None or months.high > 11 or years.low > 100:
        return None
    value = round(years.low + months.low / 12, 4)
    return Quantity(match.start(), match.end(), match.end(), "years", "duration", value, rule="figure.years_months")


def _share(match: re.Match[str]) -> Quantity | None:
    start, end = match.start(), match.end()
    if match["den"]:
        below, above = read_numeral(match["den"]), read_numeral(match["num"])
        if below is None or above is None or not below.low:
            return None
        return Quantity(
            start,
            match.end("num"),
            match.end("num"),
            "fraction",
            "ratio",
            round(above.low / below.low, 4),
            rule="figure.fraction",
        )
    if match["pct"]:
        if LOST in match["p1"]:
            return Quantity(start, end, end, "percent", "ratio", None, status="lost", rule="figure.lost")
        factor = 1.0 if match["pct"] == "百分之" else 0.1
        return _percent(match["p1"], match["p2"], factor, start, end)
    if match["a"] in ("一", "十", "几") and "成" in match[0] and not match["b2"]:
        return None
    factor = 1.0 if "%" in match[0] else 10.0
    found = _percent(match["a"], match["b1"] or match["b2"], factor, start, end)
    extra = 5.0 if match["half"] else float(read_numeral(match["fifth"]).low) if match["fifth"] else 0.0  # type: ignore[union-attr]
    return replace(found, value=found.value + extra) if found and extra and found.value is not None else found


def _percent(first: str, second: str | None, factor: float, start: int, end: int) -> Quantity | None:
    low = read_numeral(first)
    high = read_numeral(second) if second else None
    if low is None:
        return None
    if high is not None:
        return Quantity(
            start,
            end,
            end,
            "percent",
            "ratio",
            None,
            low.low * factor,
            high.high * factor,
            "range",
            rule="figure.percent",
        )
    scaled = Numeral(round(low.low * factor, 6), round(low.high * factor, 6), low.kind)
    return _from(scaled, start, end, end, "percent", "ratio", "figure.percent")


def _lost(match: re.Match[str]) -> Quantity | None:
    """A number whose digits are gone, wholly or in part: never a value."""
    text, start, end = match.string, match.start(), match.end("gone")
    whole = not re.search(r"[\d一二三四五六七八九十百千]", match["gone"])
    unit = re.compile(unit_pattern()).match(text, end)
    if (
        not match["gpc"]
        and unit is None
        and not re.search(r"(?:百分之|约|达|超过|至少|共|有)$", text[max(0, start - 4) : start])
    ):
        return None
    name, sort, _ = (
        ("percent", "ratio", False) if match["gpc"] else units()[unit[0]] if unit else ("count", "thing", False)
    )
    tail = match.end("gpc") if match["gpc"] else unit.end() if unit else end
    status = "lost" if whole else "partial"
    return Quantity(start, end, tail, name, sort, None, comparator=">" if match["gone"][-1] in "余多" else "=",
                    status=status, rule=f"figure.{status}")  # fmt: skip


def _half_lost(match: re.Match[str]) -> Quantity | None:
    """A range whose upper end is gone."""
    low = read_numeral(match["left"])
    unit, sort, _ = units().get(match["ur"], ("percent", "ratio", False))
    if low is None:
        return None
    return Quantity(match.start(), match.end(
        "lost"
    ), match.end("ur"), unit, sort, None, low.low, None, "range",
                    "partial", rule="figure.partial")  # fmt: skip


def _halves(text: str) -> Iterator[Quantity]:
    if "半" not in text and "部分" not in text:
        return
    for match in _patterns()["half"].finditer(text):
        start, end = match.span()
        if match["from"]:
            upper = read_numeral(match["to"])
            found = Quantity(start, match.end("to"), end, "years", "duration", None, 0.5, upper.high if upper else None,
                             "range", rule="figure.range")  # fmt: skip
        elif match["num"]:
            over = match["num"] in ("过半", "大半")
            found = Quantity(start + (1 if match["num"] == "过半" else 0), end, end, "fraction", "ratio", 0.5,
                             comparator=">" if over else "=", rule="figure.half")  # fmt: skip
        elif match["part"]:
            found = Quantity(
                start, end, end, "share", "ratio", None, comparator="~", status="verbal", rule="figure.share"
            )
        else:
            unit = units()[match["du"]][0]
            vague = match["dur"] != "半"
            low, high = (0.3, 0.5) if match["dur"][0] == "小" else (0.5, 1.0)
            if text[start - 1 : start] in "上下前后多":
                continue
            found = Quantity(start, match.end("dur"), end, unit, "duration", None if vague else 0.5,
                             low if vague else None, high if vague else None, "~" if vague else "=",
                             "verbal" if vague else "present", rule="figure.half")  # fmt: skip
        yield _bounded(found, text)


def _bounded(found: Quantity, text: str) -> Quantity:
    """The comparator that the words before and after the quantity give it."""
    bound = bound_before(text, found.start) or bound_after(text, found.tail, found.sort)
    if bound is None:
        return found
    fixed = found.comparator == "range" or found.status == "verbal" or bound[2] == "="
    return replace(found, comparator=found.comparator if fixed else bound[2], hedge=bound[:2])
