"""Finds quantities: a numeral, what it counts or measures, and the words that bound it.

Digits of dates, articles, ordinals and telephone numbers are left alone: a numeral counts only with a unit,
a measure word, a share or a noun of number beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from testimonia import vocabulary
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
def _unit_pattern() -> str:
    rows = sorted(vocabulary.rows("zh/units"), key=lambda row: -len(row["form"]))
    forms = (re.escape(r["form"]) + (f"(?!{r['unless']})" if r["unless"] else "") for r in rows)
    return "(?:" + "|".join(forms) + ")"


@cache
def _units() -> dict[str, tuple[str, str, bool]]:
    return {r["form"]: (r["unit"], r["sort"], r["weak"] == "weak") for r in vocabulary.rows("zh/units")}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    unit = _unit_pattern()
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
            r"(?P<num>半数|过半|一半|大半(?!年|辈|生|天|夜|个)|对半)(?![径途路夜])"
            r"|(?P<dur>[大小]?半)(?P<du>年|个月|个小时|天)"
            r"|(?P<part>(?:相当|很大|极大)(?:大|多)?(?:的)?一?部分)"
        ),
        "before": re.compile(
            rf"(?P<h>{_hedges('before')})(?:在|有|为|达到?|到|是|占|共|了|人民币|已|仅)*$"
            r"|(?P<f>最[高多长低少]|至少|至多|不得超过)[^，。；、\d]{1,6}$"
        ),
        "after": re.compile(rf"(?:{_hedges('after')})"),
    }


@cache
def _comparators() -> dict[tuple[str, str], str]:
    return {(r["side"], r["form"]): r["comparator"] for r in vocabulary.rows("zh/hedges")}


def _hedges(side: str) -> str:
    forms = sorted((r[("form")] for r in vocabulary.rows("zh/hedges") if r["side"] == side), key=len, reverse=True)
    return "|".join(_GUARDS.get(form, re.escape(form)) for form in forms)


_GUARDS = {
    "近": "(?<![附最邻靠临亲远])近",
    "约": "(?<![公条契签合节制违誓])约",
    "满": "(?<![不未充圆美])满",
    "超": "超(?!市)",
    "内": "内(?![部容地心政蒙阁])",
    "多": "多(?![数次名人年半元])",
    "上下": "上下(?![班级文])",
    "不下": "不下(?!去|来)",
}
_ORDINAL = re.compile(r"(?:第|初|老|(?<!每)(?:周|星期|礼拜)|农历|号|No\.?)$")
_STOP_BARE = re.compile(
    r"(?:人数|人口|总数|数量|总人数|件数|起数|合计|共计|总计)(?:应|约|已|可能)?(?:为|在|是|达到?|有|：|:|超过|约|介于|近)*$"
)
_SPENT = re.compile(r"(?:[收花付卖赚给要值价借欠挣]|彩礼)(?:了|到|过|我家?|他家?|她|人家|人|是|走|出)*$")
_AGE = re.compile(r"年龄[^，。]{0,6}(?:在|介于|为|从|：)$|(?:年仅|时年|现年|年方)$")
_PEOPLE = (
    r"(?:余名)?(?:妇女|女性|女子|男子|男性|儿童|孩子|难民|脱北者|村民|官员|士兵|军人|警察|民警|嫌疑人|犯罪嫌疑人|被告人|被害人|受害人|受害者|"
    r"受访者|工人|劳工|劳动者|劳教人员|囚犯|犯人|在押人员|越境者|偷渡者|非法越境人员|非法入境人员|家庭|人家|朝鲜人|韩国人|中国人|北韩人|北韩女性|北韩妇女|朝鲜女性|朝鲜妇女)"
)
_PEOPLE_NEXT = re.compile(rf"(?:的)?{_PEOPLE}")
_PERSON_NEAR = re.compile(
    r"(?:[^，。；、\d]{0,8}?)(?:女孩|姑娘|孩子|小孩|儿童|警察|民警|公安|人(?![家民次均])|男的|女的|妇女|女人|男人|媳妇|女性|男性|女子|男子|学生|亲戚|朋友|"
    r"兄弟|姐妹|儿子|女儿|兵|士兵|军人|干部|官员|大汉|同伴|同乡|老乡|邻居|看守|狱友|中介|人贩子|蛇头|脱北者|难民|新娘)"
)
_PERSON_BEFORE = re.compile(r"(?:人|媳妇|女孩|孩子|妇女|女性|新娘|同乡|同伴|脱北者|难民|者)[^。；]{0,12}$")
_PERSON_VERB = re.compile(r"(?:被|遭|死|逃|跑|走|回|没|活|带|抓|送|是|，|。)")
_LEGAL_YEAR = re.compile(
    r"(?:有期徒刑|拘役|管制|缓刑|剥夺政治权利|刑期|期限为|判处|处|羁押|关押|关了|监禁|劳教|拘留)[^，。；\d]{0,6}$"
)


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
    unit, sort, weak = _units()[match["u"]]
    text, start, tail = match.string, match.start(), match.end("u")
    if numeral is None or (weak and len(match["n"]) < 2 and not match["n"].isdigit()):
        return None
    if "几" in match["n"] and re.match(r"[？吗呢]", text[tail : tail + 1]):
        return None
    if _is_article(match["n"], sort, text, start, tail) or not _counts(match["n"], match["u"], text, start):
        return None
    if match["u"] in ("个", "件"):
        unit, sort = _what_is_counted(match["u"], text, start, tail)
    end = match.end("n")
    if match["plus"] and sort == "duration" and numeral.low == numeral.high:
        numeral = Numeral(numeral.low + 0.5, numeral.low + 0.5, numeral.kind)
        end = tail = match.end("plus")
    elif match["u"] in ("年前", "年后", "年间", "年来"):
        return None
    found = _from(numeral, start, end, tail, unit, sort, f"figure.{sort}")
    if match["u"].startswith("个多"):
        found = replace(found, comparator=">")
    return found


def _counts(numeral: str, unit: str, text: str, start: int) -> bool:
    """Whether numeral and unit are a quantity and not a word or a name that looks like one."""
    if unit == "日" and numeral.isdigit() and text[start - 1 : start] == "月":
        return False
    if unit == "成" or (unit == "个" and numeral in ("百", "千", "万")):
        return False
    if unit in ("年", "位") and numeral.isdigit() and len(numeral) == 4:
        return False
    return not (numeral in ("百", "千", "万", "亿", "十") and text[start - 1 : start] in "老上成数几")


def _is_article(numeral: str, sort: str, text: str, start: int, tail: int) -> bool:
    """一名受访者, 一个村子: "one" that only introduces; it counts with a bound, as an age, a price or a term."""
    if numeral not in ("一", "壹"):
        return False
    before, after = text[max(0, start - 14) : start], text[tail : tail + 4]
    if sort in ("age", "money", "ratio"):
        return False
    if _patterns()["before"].search(before) or re.match(r"以上|以下|以内|之内", after):
        return False
    if sort == "duration":
        return not _LEGAL_YEAR.search(before)
    return not (sort == "person" and re.search(r"(?:仅有?|只有|其中)$", before))


def _what_is_counted(unit: str, text: str, start: int, tail: int) -> tuple[str, str]:
    if unit == "件":
        case = re.match(r"[^，。；]{0,14}(?:案|判决|裁定)", text[tail:]) or re.search(
            r"(?:案件?|判决)[^，。；]{0,4}$", text[:start]
        )
        return ("cases", "case") if case else ("count", "thing")
    after = text[tail : tail + 14]
    if re.match(r"[^，。；、]{0,6}案", after):
        return "cases", "case"
    if _PERSON_NEAR.match(after) and not re.match(
        r"[^，。]{0,6}?(?:人家|家庭|村|县|乡|镇|岗|地方|地区|部门|单位)", after
    ):
        return "persons", "person"
    if _PERSON_VERB.match(after) and _PERSON_BEFORE.search(text[max(0, start - 20) : start]):
        return "persons", "person"
    return "count", "thing"


def _bare(match: re.Match[str]) -> Quantity | None:
    """A numeral without a unit: after a noun of number, before people, after a verb of paying, as an age."""
    text, start, end = match.string, match.start(), match.end("bare")
    numeral = read_numeral(match["bare"])
    if numeral is None or numeral.high < 2:
        return None
    before = text[max(0, start - 12) : start]
    if noun := _STOP_BARE.search(before):
        second = re.compile(rf"{_JOIN}({NUMERAL})").match(text, end)
        unit = "persons" if "人" in noun[0] else "count"
        found = _from(
            numeral, start, end, end, unit, ("person") if unit == "persons" else "thing", "figure.noun_of_number"
        )
        return _widened(found, second) if second else found
    if (len(match["bare"]) > 1 or match["bare"].isdigit()) and (people := _PEOPLE_NEXT.match(text, end)):
        home = people[0].endswith(("家庭", "人家"))
        return _from(numeral, start, end, end, "count" if home else "persons", "person", "figure.people")
    if numeral.low >= 1000 and _SPENT.search(before) and re.match(r"[，。；！”]|$", text[end:]):
        return _from(numeral, start, end, end, "CNY", "money", "figure.paid")
    return None


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
    unit, sort, _ = _units().get(match["u2"], ("percent", "ratio", False))
    low = first.low
    scale = re.search(r"[万亿]", match["r2"])
    if scale and low < 100 and not match["u1"] and not re.search(r"[万亿]", match["r1"]):
        low *= 10_000 if scale[0] == "万" else 100_000_000
    one, joint = match["u1"], match.string[match.end("r1") : match.start("r2")]
    if (one and _units()[one][0] != unit) or low >= second.high or ("、" in joint or "或" in joint):
        return _plain_again(match)
    if match["u2"] in ("个", "件"):
        unit, sort = _what_is_counted(match["u2"], match.string, match.start(), match.end("u2"))
    if "-" in joint and match.end("u2") == match.end("r2"):
        return None
    return Quantity(match.start(), match.end("r2"), match.end("u2"), unit, sort, None, low, second.high,
                    "range", rule="figure.range")  # fmt: skip


def _plain_again(match: re.Match[str]) -> Quantity | None:
    """Not a range after all: only its first numeral, where that has a unit of its own."""
    if not match["u1"]:
        return None
    unit, sort, weak = _units()[match["u1"]]
    numeral = read_numeral(match["r1"])
    text, start, end = match.string, match.start(), match.end("r1")
    if numeral is None or weak or _is_article(match["r1"], sort, text, start, match.end("u1")):
        return None
    if match["u1"] in ("个", "件"):
        unit, sort = _what_is_counted(match["u1"], text, start, match.end("u1"))
    return _from(numeral, start, end, match.end("u1"), unit, sort, f"figure.{sort}")


def _years_and_months(match: re.Match[str]) -> Quantity | None:
    """六年六个月 is 6.5 years."""
    years, months = read_numeral(match["y"]), read_numeral(match["m"])
    if years is None or months is None or months.high > 11 or years.low > 100:
        return None
    value = round(years.low + months.low / 12, 4)
    return Quantity(match.start(), match.end(), match.end(), ("years"), "duration", value, rule="figure.years_months")


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
    extra = 5.0 if match[("half")] else float(read_numeral(match["fifth"]).low) if match["fifth"] else 0.0  # type: ignore[union-attr]
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
            ("percent"),
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
    unit = re.compile(_unit_pattern()).match(text, end)
    if not match["gpc"] and unit is None and not re.search(r"(?:百分之|约|达|超过|至少|共|有)$", text[:start]):
        return None
    name, sort, _ = (
        ("percent", "ratio", False) if match["gpc"] else _units()[unit[0]] if unit else ("count", "thing", False)
    )
    tail = match.end("gpc") if match["gpc"] else unit.end() if unit else end
    status = "lost" if whole else "partial"
    return Quantity(start, end, tail, name, sort, None, comparator=">" if match["gone"][-1] in "余多" else "=",
                    status=status, rule=f"figure.{status}")  # fmt: skip


def _half_lost(match: re.Match[str]) -> Quantity | None:
    """A range whose upper end is gone."""
    low = read_numeral(match["left"])
    unit, sort, _ = _units().get(match["ur"], ("percent", "ratio", False))
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
        if match["num"]:
            over = match["num"] in ("过半", "大半")
            found = Quantity(start + (1 if match["num"] == "过半" else 0), end, end, "fraction", "ratio", 0.5,
                             comparator=">" if over else "=", rule="figure.half")  # fmt: skip
        elif match["part"]:
            found = Quantity(
                start, end, end, ("share"), "ratio", None, comparator="~", status="verbal", rule="figure.share"
            )
        else:
            unit = _units()[match["du"]][0]
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
    before = _patterns()["before"].search(text[max(0, found.start - 12) : found.start])
    after = _patterns()["after"].match(text, found.tail)
    hedge = None
    comparator = found.comparator
    if before:
        shift = max(0, found.start - 12)
        name = "h" if before["h"] else "f"
        hedge = (shift + before.start(), shift + before.end(name))
        comparator = _comparators()["before", before[name]]
    elif after and not (after[0] == "内" and found.sort not in ("duration", "measure")):
        hedge = after.span()
        comparator = _comparators()["after", after[0]]
    if found.comparator in ("range",) or found.status == "verbal":
        comparator = found.comparator
    return replace(found, comparator=comparator, hedge=hedge)
