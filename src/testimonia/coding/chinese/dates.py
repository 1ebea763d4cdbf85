"""Finds dates, periods, rates and relative times, and writes them in EDTF where a calendar date can be told.

Everything found here claims its digits: they are not read again as quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from testimonia.coding.chinese.numbers import value_of

__all__ = ["When", "find_dates"]


class When(NamedTuple):
    """A stretch of time at text[start:end]: EDTF, `relative:` or `rate:` in `norm`; `hard` dates claim digits."""

    start: int
    end: int
    norm: str
    dtype: str
    rule: str


_C = "〇零一二三四五六七八九"
_Y = rf"(?:\d{{4}}|[一二][{_C}]{{3}})年(?!代|级|龄|纪)"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?!份?工资|饼|经|台|票|薪)份?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|(?:二十|三十|廿|卅|十)?[一二三四五六七八九]|二十|三十|十)"
_D = rf"{_DAY}[日号]"
_PART = (
    r"(?:年?(?:底|初|末|中(?!期|国|央|旬|韩|朝|方|心))|[上下]半年|[春夏秋冬](?!节)(?:[天季])?|第?[一二三四]季度"
    r"|前三季度|左右|全年|前后)"
)
_HOUR = r"(?:零时|凌晨|\d{1,2}时(?:\d{1,2}分)?|\d{1,2}:\d{2})?"
_POINT = rf"(?P<@y>{_Y})(?:(?:的)?(?P<@m>{_M})(?:(?P<@d>{_D}){_HOUR}|[上中下]旬|初|底|末)?|(?P<@p>{_PART}))?"
_LATER = rf"(?:{_POINT}|(?P<@m2>{_M})(?P<@d2>{_D})?{_HOUR}|(?P<@d3>{_D}){_HOUR})"
_ABSOLUTE = re.compile(
    rf"(?P<frm>[自从])?{_POINT.replace('@', 'a')}"
    rf"(?:起?(?:至|到|—+|–|-|~|～)(?P<to>{_LATER.replace('@', 'b')}|今|现在)止?)?"
    rf"(?P<tail>以来|以后|之后|以前|之前|期间|前后|起(?!诉|义|草|来|施行|实施|生效)|间(?!接|谍)"
    rf"|一年[中间内里]|(?<=[年月日])前(?!往|后|夫|妻|列|进|线|"
    rf"途)|后(?!来|者|果|期))?"
)
_ISO = re.compile(r"(?<![\d-])(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?!\d)(?:[T ]?\s?(\d{1,2}:\d{2})(?::\d{2})?)?")
_MONTH_DAY = re.compile(rf"(?<![\d个年])({_M})(?:({_D}){_HOUR}|([上中下]旬|初|底|末))?")
_ONLY_DAY = re.compile(r"(?<![\d月.、—至到年])([12]\d|3[01]|0?[1-9])日(?!元|内|以|之内|左右|行)")
_DECADE = re.compile(
    rf"(?P<cent>上个?世纪|本世纪|(?:二十一?|十九|19|20|21)世纪)?(?P<dec>[{_C[2:]}]十"
    rf"|(?:\d\d)?\d0)年代(?P<part>初期?|末期?|"
    rf"[中前后早晚]+期)?"
    rf"(?:(?:至|到)(?P<to>{_POINT.replace('@', 'b')}))?"
)
_CENTURY = re.compile(
    r"(?:上个?世纪|本世纪|(?:二十一?|十九|19|20|21)世纪)(?:初期?|末期?|中叶|[中前后]+期)?(?![九八七六五四三二\d])"
)
_N = rf"(?:\d+|[{_C[2:]}两几数十百多]+)"
_RATE = re.compile(
    rf"每(?:半年|半个?月|(?:[两三四五六]|\d+)(?:个月|天|年|周|小时)|隔{_N}来?(?:个?(?:月|星期|小时|钟头)"
    rf"|天|年|日|周|分钟)|(?:个)?(?:月|周|星期|季度|小时)|年|日|天|晚)"
    rf"(?:\d{{1,2}}时至(?:次日|翌日)?\d{{1,2}}时)?"
)
_SPAN = re.compile(
    rf"(?:过去|最近|此前|近|前)(?:的)?(?:{_N})个?(?:多)?(?:年|月|周|星期|天)(?:间|中|里|来|以来|内"
    rf"|(?<=[去近]..)|(?=，))"
    rf"|(?:过去|最近)(?:的)?{_N}个?(?:年|月|周|星期|天)"
    rf"|(?<![第满近超过]){_N}(?:个半?|多个?|余|来)?(?:年|月|周|星期|天)(?:多)?(?:间(?!接|谍)"
    rf"|来(?![自到源])|前(?!往|后)|以前|之前|以来|后(?!来|"
    rf"者|悔)|以后|之后)"
)
_WORDS = re.compile(
    r"(?:去年|今年|前年|明年|同年|当年|次年|翌年)(?:以来|底|初|年底|年初|[上下]半年|[春夏秋冬](?:天|季)?)?(?:起)?"
    r"|第二年(?:[春夏秋冬](?:天|季)?|年?[初底])?|第二天(?:早上|清晨|晚上|夜里)?"
    r"|(?:那天|那年|当天|当晚|次日|翌日|同日)(?:夜里|夜晚|晚上|早上|清晨|凌晨|深夜|[春夏秋冬](?:天|季)?)?"
    r"|那时候?|近年来?|近几年来?|前些年|前几年|这些年来?|多年来|(?<![一二三四五六七八九十两\d几数])年内"
    r"|上个月|本月|上周|昨[天日晚]|近日|近期|过去(?=“|，|曾|对|一直)"
)
_YEARWORD = r"(?:今年|去年|前年|明年|当年|同年|次年|翌年|来年|第二年|那年|本年度?)"
_FEAST = r"(?:春节|中秋节?|国庆节?|元旦|除夕|清明节?|端午节?|太阳节|光明星节)(?![晚假联])" + (
    r"(?:前后|前夕|期间|过后|那天|当天|之前)?"
)
_MORE_WORDS = re.compile(
    rf"{_YEARWORD}(?:的)?(?:(?:头|前)(?:[一二三四五六七八九十两几]+|\d+)个?(?:月|季度|周|天)"
    rf"|第?[一二三四]季度|[上下]半年|全年|同期|{_M}(?:(?:至|到|-|—|~){_M}|(?:{_D})|"
    rf"[上中下]旬|初|底|末)?|{_FEAST}|刚?开春|入[冬秋夏])(?:以来|起)?"
    rf"|(?:\d{{4}}年|{_YEARWORD})?(?:农历)?(?:正月|腊月|冬月)(?:(?:初|十|二十|廿)[一二三四五六七八九十]?)?"
    rf"|(?:\d{{4}}年|{_YEARWORD}){_FEAST}|\d{{4}}年刚?(?:开春|入冬|入秋|入夏)"
    rf"|[今去前][春夏秋冬](?!节)(?:以来|起)?"
    rf"|(?:[上本下]个?月)(?:{_D}|[上中下]旬|初|底|末)?(?:以来|起)?(?![份])"
    rf"|(?:未来|今后|接下来|往后)(?:的)?(?:[一二三四五六七八九十两几]+|\d+)个?(?:年|月|周|天)(?:间|内|里)?"
    rf"|截至(?:发稿(?:时|前)?|目前|记者发稿时)|截稿(?:时|前)?"
    rf"|(?<![一二三四五六七八九十两几每\d满])(?:[上本下这]?(?:周|星期|礼拜))[一二三四五六日天](?![年月岁周边个])"
    rf"|头一年|头年|隔天|前天|同月|(?<![\d年去今明前后当每])(?:年底前|年底|年初|年末)(?![\u4e00-\u9fff]?(?:考核|总结))"
    rf"|(?<![\d年])[上下]半年|{_M}起(?![诉义草来])"
)
_RELATIVE = {"去年": "P1Y before document date", "前年": "P2Y before document date", "今年": "document year"}
_SEASON = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
_UNITS = {"年": "Y", "月": "M", "周": "W", "星期": "W", "季度": "3M", "天": "D", "日": "D", "小时": "TH", "晚": "D"}
_ANY = re.compile(
    r"[年月日号春夏秋冬]|世纪|\d[-./]\d|那|近|前|每|昨|当天|当晚|第二|天[间来前后以之]|周[间来前后以之]"
    r"|星期|周|礼拜|除夕|元旦|端午|清明|国庆|中秋|太阳节|光明星节|截|过去|未来|今后|接下来|往后"
)


def find_dates(text: str, day_context: str = "") -> list[When]:
    """Dates of a text in order, none overlapping; `day_context` is a month as `XXXX-03` for a bare day."""
    if not _ANY.search(text):
        return []
    found: list[When] = []
    for finder in (_decades, _more_words, _absolute, _iso, _months, _rates, _spans, _words):
        found.extend(w for w in finder(text) if not _clashes(w, found))
    found.extend(w for w in _days(text, found, day_context) if not _clashes(w, found))
    return sorted(found)


def _clashes(when: When, found: list[When]) -> bool:
    return any(when.start < other.end and other.start < when.end for other in found)


def _int(numeral: str) -> int:
    return int(value_of(numeral) or 0)


def _digits(year: str) -> str:
    return ("").join(
        c if c.isdigit() and c.isascii() else str("〇一二三四五六七八九".find("〇" if c == "零" else c)) for c in year
    )


def _edtf(year: str, month: str | None, day: str | None, part: str | None) -> str:
    out = _digits(year.rstrip("年")) if year else "XXXX"
    if month:
        out += f"-{_int(month.rstrip('份').rstrip('月')):02d}"
        return out + (f"-{_int(day[:-1]):02d}" if day else "")
    if part and part[0] in _SEASON:
        return f"{out}-{_SEASON[part[0]]}"
    if part and part.endswith("半年"):
        return out + ("-01/" + out + "-06" if part[0] == "上" else "-07/" + out + "-12")
    return out + ("~" if part else "")


def _absolute(text: str) -> Iterator[When]:
    if "年" not in text:
        return
    for m in _ABSOLUTE.finditer(text):
        start, end = m.start("ay"), m.end()
        norm = _edtf(m["ay"], m["am"], m["ad"], m["ap"])
        dtype = "day" if m["ad"] else "month" if m["am"] else "season" if "-2" in norm[4:6] else "year"
        tail = m["tail"] or ""
        if m["to"]:
            norm, dtype = f"{norm.split('/')[0]}/{_later(m)}", "period"
            if m["frm"] and text[end - 1] == "止":
                start = m.start()
        elif tail in ("以来", "以后", "之后", "起", "后"):
            norm, dtype = f"{norm.split('/')[0]}/..", "period_open"
        elif tail in ("以前", "之前", "前"):
            norm, dtype = f"../{norm}", "period_open"
        elif tail == "前后":
            norm += "~"
        yield When(start, end, norm, dtype, "date.absolute")


def _later(m: re.Match[str]) -> str:
    if m["to"] in ("今", "现在"):
        return ".."
    if m["by"]:
        return _edtf(m["by"], m["bm"], m["bd"], m["bp"]).split("/")[-1]
    month = m["bm2"] or m["am"]
    return _edtf(m["ay"], month, m["bd2"] or m["bd3"], None)


def _iso(text: str) -> Iterator[When]:
    for m in _ISO.finditer(text):
        year, month, day = int(m[1]), int(m[3]), int(m[4])
        if 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
            clock = f"T{m[5]}" if m[5] else ""
            yield When(m.start(), m.end(), f"{year}-{month:02d}-{day:02d}{clock}", "day", "date.iso")


def _decades(text: str) -> Iterator[When]:
    if "年代" not in text and "世纪" not in text:
        return
    for m in _DECADE.finditer(text):
        cent = m["cent"] or ""
        tens = m["dec"][-2] if m["dec"][-1] == "0" else str(_int(m["dec"][0]))
        first = m["dec"][:2] if len(m["dec"]) == 4 else ("20" if cent[:4] in ("二十一世", "21世纪", "本世纪") else "19")
        norm = f"{first}{tens}X" + ("~" if m["part"] else "")
        if m["to"]:
            norm += "/" + _edtf(m["by"], m["bm"], m["bd"], m["bp"]).split("/")[-1]
        yield When(m.start(), m.end(), norm, "period" if m["to"] else "decade", "date.decade")
    for m in _CENTURY.finditer(text):
        norm = "20XX" if m[0][:3] in ("本世纪", "21世", "二十一") else "19XX"
        yield When(m.start(), m.end(), norm + "~", "century", "date.century")


def _months(text: str) -> Iterator[When]:
    if "月" not in text:
        return
    for m in _MONTH_DAY.finditer(text):
        if m[2] is None and m[3] is None and text[m.start() - 1 : m.start()] in ("数", "几", "半", "十"):
            continue
        norm = _edtf("", m[1], m[2], None)
        yield When(m.start(), m.end(), norm, "no_year", "date.month_day" if m[2] else "date.month")


def _days(text: str, found: list[When], context: str) -> Iterator[When]:
    if "日" not in text:
        return
    for m in _ONLY_DAY.finditer(text):
        if re.search(
            r"(?:超过|少于|期限|拘留|羁押|为期|长达|处|达|近|约|内|每|关押|满|延长)$",
            text[max(0, m.start() - 3) : m.start()],
        ):
            continue
        before = [w.norm for w in found if w.end <= m.start() and re.match(r"[\dX]{4}-\d\d", w.norm)]
        month = (before[-1] if before else context or "XXXX-XX")[:7]
        yield When(m.start(), m.end(), f"{month}-{int(m[1]):02d}", "no_year", "date.day")


def _rates(text: str) -> Iterator[When]:
    if "每" not in text:
        return
    for m in _RATE.finditer(text):
        unit = next((u for u in _UNITS if m[0].rstrip("0123456789时至次翌日").endswith(u)), "日")
        norm = "rate:P3M" if unit == "季度" else f"rate:P1{_UNITS[unit]}"
        yield When(m.start(), m.end(), norm, "rate", "date.rate")


def _spans(text: str) -> Iterator[When]:
    for m in _SPAN.finditer(text):
        yield When(m.start(), m.end(), f"relative:{m[0]}", "relative", "date.span")


def _more_words(text: str) -> Iterator[When]:
    for m in _MORE_WORDS.finditer(text):
        if m[0][:4].isdigit():
            part = "-02~" if "春节" in m[0] else "-12~" if "腊月" in m[0] else "-21" if "春" in m[0] else "~"
            yield When(m.start(), m.end(), m[0][:4] + part, "month", "date.feast")
        elif m[0] in ("上半年", "下半年"):
            half = "XXXX-01/XXXX-06" if m[0][0] == "上" else "XXXX-07/XXXX-12"
            yield When(m.start(), m.end(), half, "period", "date.half_year")
        else:
            norm = next((v for k, v in _RELATIVE.items() if m[0].startswith(k)), m[0])
            yield When(m.start(), m.end(), f"relative:{norm}", "relative", "date.more_words")


def _words(text: str) -> Iterator[When]:
    for m in _WORDS.finditer(text):
        norm = next((v for k, v in _RELATIVE.items() if m[0].startswith(k)), m[0])
        yield When(m.start(), m.end(), f"relative:{norm}", "relative", "date.word")
