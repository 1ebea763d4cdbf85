"""Measure words, units and bounds: what makes a numeral a quantity, and what it counts."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from testimonia import vocabulary

__all__ = ["Unit", "bound_after", "bound_before", "counts", "is_article", "unit_pattern", "units", "what_is_counted"]


class Unit(NamedTuple):
    """A unit of the codebook, the sort of quantity it makes, and whether a bare digit is too weak for it."""

    unit: str
    sort: str
    weak: bool


@cache
def unit_pattern() -> str:
    """All forms of units as one alternation, the longest first, each with what may not follow."""
    rows = sorted(vocabulary.rows("zh/units"), key=lambda row: -len(row["form"]))
    forms = (re.escape(r["form"]) + (f"(?!{r['unless']})" if r["unless"] else "") for r in rows)
    return "(?:" + "|".join(forms) + ")"


@cache
def units() -> dict[str, Unit]:
    """Units by their forms."""
    return {r["form"]: Unit(r["unit"], r["sort"], r["weak"] == "weak") for r in vocabulary.rows("zh/units")}


def _hedges(side: str) -> str:
    rows = [r for r in vocabulary.rows("zh/hedges") if r["side"] == side]
    rows.sort(key=lambda r: -len(r["form"]))
    return "|".join(r["pattern"] or re.escape(r["form"]) for r in rows)


@cache
def _comparators() -> dict[tuple[str, str], str]:
    return {(r["side"], r["form"]): r["comparator"] for r in vocabulary.rows("zh/hedges")}


@cache
def _before() -> re.Pattern[str]:
    filler = "(?:在|有|为|达到?|到|是|占|共|了|人民币|已|仅|应|要)*"
    return re.compile(
        rf"(?P<h>{_hedges('before')}){filler}$|(?P<f>最[高多长低少]|至少|至多|不得超过)[^，。；、\d]{{1,6}}$"
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"(?:{_hedges('after')})")


@cache
def _last_signs() -> frozenset[str]:
    """The signs a bounding word or the filler after it can end with."""
    return frozenset(r["form"][-1] for r in vocabulary.rows("zh/hedges")) | frozenset("在有为达到是占共了币已仅应要")


def bound_before(text: str, start: int) -> tuple[int, int, str] | None:
    """The bounding words before a numeral at `start`: where they stand, and the comparator they mean."""
    window = text[max(0, start - 12) : start]
    if (
        text[start - 1 : start] not in _last_signs()
        and "最" not in window
        and "至" not in window
        and "得" not in window
    ):
        return None
    shift = max(0, start - 12)
    match = _before().search(text[shift:start])
    if match is None:
        return None
    name = "h" if match["h"] else "f"
    return shift + match.start(), shift + match.end(name), _comparators()["before", match[name]]


def bound_after(text: str, tail: int, sort: str) -> tuple[int, int, str] | None:
    """The bounding words after a unit that ends at `tail`."""
    match = _after().match(text, tail)
    if match is None or (match[0] == "内" and sort not in ("duration", "measure")):
        return None
    return match.start(), match.end(), _comparators()["after", match[0]]


_PERSON_NEAR = re.compile(
    r"(?:[^，。；、\d]{0,8}?)(?:女孩|姑娘|孩子|小孩|儿童|警察|民警|公安|人(?![家民次均])|男的|女的|妇女"
    r"|女人|男人|媳妇|女性|男性|女子|男子|学生|亲戚|朋友|"
    r"兄弟|姐妹|儿子|女儿|兵|士兵|军人|干部|官员|大汉|同伴|同乡|老乡|邻居|看守|狱友|中介|人贩子|蛇头"
    r"|脱北者|难民|新娘|男孩|丫头|小子|男娃|女娃|娃|后生|婴儿|老人|老太太|便衣|工人|劳工|囚犯|犯人|受害者"
    r"|被害人|嫌疑人|小伙|闺女|妹妹|姐姐|弟弟|哥哥|[男女]的|[跟和像][^，。；]{1,3}一样|像[^，。；]{1,3}这样|在押)"
)
_PERSON_BEFORE = re.compile(r"(?:人|媳妇|女孩|孩子|妇女|女性|新娘|同乡|同伴|脱北者|难民|者)[^。；]{0,12}$")
_LIKE_HER = re.compile(r"(?:这样|那样|一样|同样|同屋|同村|同车)的?[^，。；\d]{0,4}$")
_PERSON_VERB = re.compile(r"(?:被|遭|死|逃|跑|走|回|没|活|带|抓|送|是|，|。)")
_TAKEN = re.compile(r"(?:抓|收走|带走|送走|押|遣返|送回|跑了|死了|卖了|卖掉|捉|拐)[^，。；]{0,6}$")
_OF_THEM = re.compile(r"(?:逃|跑|活|回|走|留|送|抓|带|剩|出)(?:了)?[^，。；]{0,4}的(?:人)?[^，。；]{0,5}$")
_FULL_TERM = re.compile(r"判了?$|将近$|差不多$|足足$|整整?$")
_LEGAL_YEAR = re.compile(
    r"(?:有期徒刑|拘役|管制|缓刑|剥夺政治权利|刑期|期限为|判处|处|羁押|关押|关了|监禁|劳教|拘留)[^，。；\d]{0,6}$"
)


def counts(numeral: str, unit: str, text: str, start: int) -> bool:
    """Whether numeral and unit are a quantity and not a word or a name that looks like one."""
    if unit == "日" and numeral.isdigit() and text[start - 1 : start] == "月":
        return False
    if unit == "月":
        return numeral in ("数", "好几", "几")
    if unit == "成" or (unit == "个" and numeral in ("百", "千", "万")):
        return False
    if unit in ("年", "位") and numeral.isdigit() and len(numeral) == 4:
        return False
    return not (numeral in ("百", "千", "万", "亿", "十") and text[start - 1 : start] in "老上成数几")


def is_article(numeral: str, sort: str, text: str, start: int, tail: int) -> bool:
    """一名受访者, 一个村子: "one" that only introduces; it counts with a bound, as an age, a price or a term."""
    if numeral not in ("一", "壹"):
        return False
    before, after = text[max(0, start - 14) : start], text[tail : tail + 4]
    if sort in ("age", "money", "ratio"):
        return False
    if bound_before(text, start) or re.match(r"以上|以下|以内|之内|内(?!部|容|地|心)", after):
        return False
    if sort == "duration":
        return "每" in before[-8:] or not (
            _LEGAL_YEAR.search(before) or _FULL_TERM.search(before) or after.startswith("昼夜")
        )
    alone = re.search(r"(?:仅有?|只有)$", before) or (before.endswith("其中") and after[:1] in "被遭死已获逃失")
    return not (sort == "person" and alone)


def what_is_counted(unit: str, text: str, start: int, tail: int) -> tuple[str, str]:
    """Unit and sort behind 个 and 件: people, cases or things."""
    if unit == "件":
        case = re.match(r"[^，。；]{0,14}(?:案|判决|裁定)", text[tail : tail + 24]) or re.search(
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
    if _LIKE_HER.search(text[max(0, start - 14) : start]) and re.match(r"[，。；]|$", after):
        return "persons", "person"
    if _PERSON_VERB.match(after) and _PERSON_BEFORE.search(text[max(0, start - 20) : start]):
        return "persons", "person"
    if _OF_THEM.search(text[max(0, start - 14) : start]) and re.match(r"[，。；]|$", text[tail : tail + 1]):
        return "persons", "person"
    if _TAKEN.search(text[max(0, start - 8) : start]) and re.match(r"[，。；]|$", text[tail : tail + 1]):
        return "persons", "person"
    return "count", "thing"
