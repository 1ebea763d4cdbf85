"""Parts of a whole: per cent, tenths, fractions, halves, two in ten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from testimonia.coding.chinese.measure_words import units
from testimonia.coding.chinese.numbers import NUMERAL, Numeral, read_numeral
from testimonia.coding.chinese.quantity import Quantity, bounded, quantity_of
from testimonia.coding.chinese.reading import LOST

__all__ = ["find_halves", "find_ratios", "share_of"]

_BOUND = re.compile(r"(?:不足|不到|近|约|超过|仅占?|只占|占|达|逾|只有|至少|最多|减少|增加|下降|上升)$")
_ROUND_GROUPS = (3, 4, 5, 6, 7, 8, 9, 10, 20, 100)
_RATIO = re.compile(
    rf"(?P<of>{NUMERAL})(?:个人?|人|名|位|户)(?:[\u4e00-\u9fff]{{1,4}})?(?:里头?|里面|当中|之中|中)"
    rf"(?:就|只|能|才|有|仅|至少|约|大约|成|大概|便|差不多|得|会)*(?P<part>{NUMERAL})(?=个|人|名|位|户)"
)


@cache
def _half() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<from>半)年(?:至|到|—|-|~)(?P<to>{NUMERAL})年"
        r"|(?P<num>半数|过半|一半|大半(?!年|辈|生|天|夜|个)|对半)(?![径途路夜])"
        r"|(?P<dur>[大小]?半)(?P<du>年|个月|个小时|天)"
        r"|(?P<part>(?:相当|很大|极大)(?:大|多)?(?:的)?一?部分)"
    )


def find_ratios(text: str) -> Iterator[Quantity]:
    """十个人里头能成两个 is 20 percent; only of small round groups, which stand for a share."""
    if "里" not in text and "中" not in text:
        return
    for match in _RATIO.finditer(text):
        whole, part = read_numeral(match["of"]), read_numeral(match["part"])
        if whole is None or part is None or whole.low != whole.high or whole.low not in _ROUND_GROUPS:
            continue
        if part.low < whole.low and not re.search(r"[其这那的]$", text[: match.start()]):
            low, high = (round(100 * value / whole.low, 4) for value in (part.low, part.high))
            scaled = Numeral(low, high, part.kind)
            end = match.end("part")
            yield quantity_of(scaled, match.start(), end, end, "percent", "ratio", "figure.ratio")


def share_of(match: re.Match[str]) -> Quantity | None:
    """A share in percent, tenths or a fraction; None where its denominator or numerator cannot be read."""
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
    alone = match["a"] in ("一", "十", "几") and "成" in match[0] and not match["b2"] and not match["fifth"]
    if alone and not _BOUND.search(match.string[max(0, start - 4) : start]):
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
    return quantity_of(scaled, start, end, end, "percent", "ratio", "figure.percent")


def find_halves(text: str) -> Iterator[Quantity]:
    """Halves and unnamed parts (半数, 一半, 部分) in text order."""
    if "半" not in text and "部分" not in text:
        return
    for match in _half().finditer(text):
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
        yield bounded(found, text)
