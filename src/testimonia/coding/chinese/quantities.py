"""Finds quantities: a numeral, what it counts or measures, and the words that bound it.

Digits of dates, articles, ordinals and telephone numbers are left alone: a numeral counts only with a unit,
a measure word, a share or a noun of number beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from testimonia.coding.chinese.bare import JOIN, bare_quantity
from testimonia.coding.chinese.damaged import half_lost, lost
from testimonia.coding.chinese.measure_words import counts, is_article, unit_pattern, units, what_is_counted
from testimonia.coding.chinese.numbers import NUMERAL, Numeral, read_numeral
from testimonia.coding.chinese.quantity import Quantity, bounded, quantity_of
from testimonia.coding.chinese.reading import LOST
from testimonia.coding.chinese.shares import find_halves, find_ratios, share_of

__all__ = ["Quantity", "find_quantities"]


_VAGUE = (
    r"(?:好|[十百千])?(?:几|(?<![多人次总岁倍分系度指参无])数)(?:十|百|千|万|亿)*(?:余|多)?|[上成](?:百"
    r"|千)[上成](?:千|万)|[上](?:百|千|万)|若干|"
    r"数以[十百千万]计的?"
)
_CORE = rf"(?:{_VAGUE}|{NUMERAL})"
_GONE = rf"[\d,.〇零一二三四五六七八九十百千万亿两]*{LOST}[{LOST}\d,.〇零一二三四五六七八九十百千万亿]*[余多几]?"
_FIRST = f"(?=[\\d零〇一二三四五六七八九两廿卅十百千万壹贰叁肆伍陆柒捌玖拾数几好上成若{LOST}])"
_RUN = re.compile(r"[\d.,]+[万亿千百]?|[零〇一二三四五六七八九两廿卅十百千万亿]+|.")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    unit = unit_pattern()
    currency = "(?:人民币|美元|美金|韩元|韩币|港币|￥|¥|\\$)?"
    inner = f"(?P<u1>{unit})?(?P<bound>以上)?(?:{JOIN}|(?<=以上)(?:不满|未满|至|到)?){currency}"
    return {
        "any": re.compile(
            rf"{_FIRST}(?<![\d.A-Za-z])(?:"
            rf"(?P<gone>{_GONE})(?P<gpc>%)?"
            rf"|(?P<left>{NUMERAL})(?P<ul>{unit})?{JOIN}(?P<lost>{LOST}+万?)(?P<ur>%|{unit})"
            rf"|(?P<pct>百分之|千分之)(?P<p1>{_CORE}|{LOST}+)(?:{JOIN}(?:百分之)?(?P<p2>{NUMERAL}))?"
            rf"|(?P<den>{NUMERAL})分之(?P<num>{NUMERAL})"
            rf"|(?P<a>{_CORE})(?:%(?:{JOIN}(?P<b1>{NUMERAL})%)?|成(?:{JOIN}(?P<b2>{NUMERAL})成|(?P<half>半)|"
            rf"(?P<fifth>[一二三四五六七八九])(?![名人个]))?(?![为立员年功果效长本就都千万分套交熟衣品群]))"
            rf"|(?P<r1>{_CORE}){inner}(?P<r2>{NUMERAL})(?P<u2>%|{unit})"
            rf"|(?P<y>{NUMERAL})年(?:零|又)?(?P<m>{NUMERAL})个(?:半)?月"
            rf"|(?P<nh>{NUMERAL})个半(?P<uh>月|小时|钟头|星期|礼拜)"
            rf"|(?P<n>{_CORE}){currency}(?P<u>{unit})(?P<plus>半(?=[，。；、）的]|$)|半?)"
            rf"|(?P<bare>{_CORE}))"
        ),
    }


_ORDINAL = re.compile(r"(?:第|初|老|(?<!每)(?:周|星期|礼拜)|农历|号|No\.?)$")


def find_quantities(text: str, claimed: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """Quantities of a text in order; digits inside a `claimed` stretch (dates, laws) are passed over."""
    taken = list(claimed)
    every = (*find_ratios(text), *_numerals(text, taken), *find_halves(text))
    for quantity in sorted(every, key=lambda q: (q.start, -q.end)):
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
    return bounded(found, text) if found else None


def _read(match: re.Match[str]) -> Quantity | None:
    if match["gone"]:
        return lost(match)
    if match["left"]:
        return half_lost(match)
    if match["pct"] or match["den"] or (match["bare"] is None and match["a"]):
        return share_of(match)
    if match["r1"]:
        return _range(match)
    if match["y"]:
        return _years_and_months(match)
    if match["nh"]:
        return _and_a_half(match)
    return _plain(match) if match["n"] else bare_quantity(match)


_HALVED = {"月": "months", "小时": "hours", "钟头": "hours", "星期": "weeks", "礼拜": "weeks"}


def _and_a_half(match: re.Match[str]) -> Quantity | None:
    """两个半月 is 2.5 months."""
    whole = read_numeral(match["nh"])
    if whole is None or whole.low != whole.high:
        return None
    more = Numeral(whole.low + 0.5, whole.low + 0.5, whole.kind)
    unit = _HALVED[match["uh"]]
    return quantity_of(more, match.start(), match.end("uh"), match.end("uh"), unit, "duration", "figure.duration")


def _plain(match: re.Match[str]) -> Quantity | None:
    numeral = read_numeral(match["n"])
    unit, sort, weak = units()[match["u"]]
    text, start, tail = match.string, match.start(), match.end("u")
    if numeral is None or numeral.high == 0 or (weak and len(match["n"]) < 2 and not match["n"].isdigit()):
        return None
    if match["u"] == "个" and match[0] in (
        text[match.end() : match.end() + len(match[0])],
        text[start - len(match[0]) : start],
    ):
        return None  # 两个两个 tells how, not how many
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
    found = quantity_of(numeral, start, end, tail, unit, sort, f"figure.{sort}")
    if match["u"] == "年内" and found.comparator == "=":
        found = replace(found, comparator="<=")
    if match["u"].startswith(("个多", "个来", "来个", "来号")):
        found = replace(found, comparator=">" if "多" in match["u"] else "~")
    return found


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
    return quantity_of(numeral, start, end, match.end("u1"), unit, sort, f"figure.{sort}")


def _years_and_months(match: re.Match[str]) -> Quantity | None:
    """六年六个月 is 6.5 years."""
    years, months = read_numeral(match["y"]), read_numeral(match["m"])
    if years is None or months is None or months.high > 11 or years.low > 100:
        return None
    value = round(years.low + months.low / 12, 4)
    return Quantity(match.start(), match.end(), match.end(), "years", "duration", value, rule="figure.years_months")
