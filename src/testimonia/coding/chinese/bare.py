"""Numerals without a unit that are quantities all the same: by a noun of number, people, a wage, a price, an age."""

from __future__ import annotations

import re
from dataclasses import replace

from testimonia.coding.chinese.measure_words import bound_before
from testimonia.coding.chinese.numbers import NUMERAL, Numeral, read_numeral
from testimonia.coding.chinese.quantity import Quantity, quantity_of

__all__ = ["JOIN", "bare_quantity"]

JOIN = r"(?:至|到|—+|–|-|~|～|、|或)"
_STOP_BARE = re.compile(
    r"(?:人数|人口|总数|数量|总人数|件数|起数|合计|共计|总计)(?:应|约|已|可能)?(?:为|在|是|达到?|有|：|:"
    r"|超过|约|介于|近)*$"
)
_SPENT = re.compile(
    r"(?:[收花付卖赚给要值价借欠挣拿掏得分交赔]|彩礼|价格|金额|身价|人民币|费用?)(?:了|到|过|我家?|他家?"
    r"|她|人家|人|是|走|出|为|达|在|手|过来|一共|总共|足足|整整)*$"
)
_PAID_TO = re.compile(
    r"(?:[付给交收要]给?|塞给)[^，。；\d]{1,6}$"
    r"|(?:涨到|降到|跌到|升到|抬到|涨至|涨成|开到|喊到|不过|也就)(?:了)?$"
)
_SECOND = re.compile(rf"{JOIN}({NUMERAL})")
_SECOND_FAR = re.compile(rf"(?:至|到|—+|-|~)({NUMERAL})")
_WAGE = re.compile(r"(?:一天|一个月|每天|每月|一年|每人)[^，。；]{0,6}(?:挣|赚|给|拿|收|付)(?:到|个)?$")
_MONEY_TALK = re.compile(r"价|行情|付|卖|买|挣|路费|中间人|蛇头|走一趟|金额|人民币|彩礼|[万千百]元|费|收入|工资|块钱")
_CLAUSE_END = re.compile(
    r"[，。；！”、）]|$|不等|左右|上下|出头|光景|以上|以下|开外|[买娶赎雇托换](?:的|了|回|来)"
    r"|[的了](?=[，。；]|$)"
)
_AGE = re.compile(r"年龄[^，。]{0,6}(?:在|介于|为|从|：)$|(?:年仅|时年|现年|年方)$")
_AGE_END = re.compile(r"(?:出头|上下|挂零|好几|多)?了?(?=[，。；！”、]|$|的(?:人|年纪))")
_AGE_START = re.compile(
    r"(?:(?:^|[，。；“])(?:不过|也就|也|才|都|快|刚|大概|大约)?|(?:今年|现在|那时|当时|那年|如今)(?:该|都"
    r"|已经?|也|才|刚|应该|快)?(?:有|是)?"
    r"|(?:岁数|年纪)[^，。]{0,3}|(?:说是|看着|看上去|像是|才满|刚满|刚过|年过|年近)(?:有|也就|不过)?"
    r"|(?:那口子|男人|丈夫|婆婆|他|她)(?:都|已经?|快)?)$"
)
_PEOPLE = (
    r"(?:余名)?(?:妇女|女性|女子|男子|男性|儿童|孩子|难民|脱北者|村民|官员|士兵|军人|警察|民警|嫌疑人"
    r"|犯罪嫌疑人|被告人|被害人|受害人|受害者|"
    r"受访者|工人|劳工|劳动者|劳教人员|囚犯|犯人|在押人员|越境者|偷渡者|非法越境人员|非法入境人员|家庭"
    r"|人家|朝鲜人|韩国人|中国人|北韩人|北韩女性|北韩妇女|朝鲜女性|朝鲜妇女)"
)
_PEOPLE_NEXT = re.compile(rf"(?:的)?{_PEOPLE}")


def bare_quantity(match: re.Match[str]) -> Quantity | None:
    """A numeral without a unit: after a noun of number, before people, after a verb of paying, as an age."""
    text, start, end = match.string, match.start(), match.end("bare")
    numeral = read_numeral(match["bare"])
    if numeral is None or numeral.high < 2:
        return None
    before = text[max(0, start - 12) : start]
    if noun := _STOP_BARE.search(before):
        second = _SECOND.match(text, end)
        unit = "persons" if "人" in noun[0] else "count"
        found = quantity_of(
            numeral, start, end, end, unit, "person" if unit == "persons" else "thing", "figure.noun_of_number"
        )
        return _widened(found, second) if second else found
    if numeral.low >= 1000 and (second := _SECOND_FAR.match(text, end)):
        wide = _widened(quantity_of(numeral, start, end, end, *_by_context(text, start), "figure.bare_range"), second)
        return wide if wide and wide.comparator == "range" and (wide.high or 0) > (wide.low or 0) else None
    if (len(match["bare"]) > 1 or match["bare"].isdigit()) and (people := _PEOPLE_NEXT.match(text, end)):
        home = people[0].endswith(("家庭", "人家"))
        return quantity_of(numeral, start, end, end, "count" if home else "persons", "person", "figure.people")
    if _is_age(text, start, end, numeral):
        return quantity_of(numeral, start, end, end, "years_of_age", "age", "figure.bare_age")
    if numeral.low >= 10 and _CLAUSE_END.match(text, end) and _WAGE.search(before):
        return quantity_of(numeral, start, end, end, "CNY", "money", "figure.wage")
    if (
        numeral.low >= 1000
        and "年" not in text[end : end + 1]
        and _CLAUSE_END.match(text, end)
        and _is_price(text, start, before)
    ):
        return quantity_of(numeral, start, end, end, "CNY", "money", "figure.paid")
    return None


def _is_age(text: str, start: int, end: int, numeral: Numeral) -> bool:
    """二十出头, 五十多了, 今年该三十四了: a number of years that stands alone in its clause."""
    if not (10 <= numeral.low <= 99) or numeral.low != numeral.high:
        return False
    if not _AGE_END.match(text, end):
        return False
    return bool(_AGE_START.search(text[max(0, start - 10) : start]))


def _by_context(text: str, start: int) -> tuple[str, str]:
    """Unit and sort of large bare numbers: money where the sentence speaks of prices, else people or things."""
    sentence = text[text.rfind("。", 0, start) + 1 : start]
    if _MONEY_TALK.search(sentence):
        return "CNY", "money"
    return ("persons", "person") if re.search(r"人|者|妇女|女性|难民|居民", sentence) else ("count", "thing")


def _is_price(text: str, start: int, before: str) -> bool:
    """收了四万八; or a bounded number in a sentence that speaks of prices: 多半不到两万."""
    if _SPENT.search(before) or _PAID_TO.search(before):
        return True
    sentence = text[text.rfind("。", 0, start) + 1 : start]
    return bool(bound_before(text, start) and _MONEY_TALK.search(sentence))


def _widened(found: Quantity, second: re.Match[str]) -> Quantity | None:
    high = read_numeral(second[1])
    if high is None or found.value is None:
        return found
    return replace(found, end=second.end(1), tail=second.end(1), value=None, low=found.value, high=high.high,
                   comparator="range")  # fmt: skip
