"""What an article of a law, or the part of a story around a place, is about.

A criminal code threatens a sale of invoices as it does a sale of people: only articles of the field are read
for trafficking. In a story, the setting tells blows in a cell from blows in a household.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from testimonia.coding.chinese.genre import Genre
from testimonia.coding.chinese.scan import Scan

__all__ = ["held_by_state", "is_furniture", "of_the_field", "printing"]

_ARTICLE = re.compile(r"^\s*第[一二三四五六七八九十百零]+条")
_FIELD = re.compile(
    r"拐[卖骗]|被拐|收买被|贩[卖运](?:人口|妇女)|人口贩|妇女、儿童犯罪|卖淫|强迫(?:他人)?(?:劳动|结婚)"
    r"|强迫职工|奴役|童工|乞讨|非法拘禁|偷越国|偷越边|越境"
    r"|遣[返送]|难民|无国籍|外国人|外籍|涉外|摘取[^，。]{0,10}器官|捐献器官|被监管人|拘留审查|边境|解救"
    r"|不满十[四六]周岁的?(?:儿童|未成年人从事)|未满十六周岁|转卖|移送出境"
)
_CUSTODY = re.compile(
    r"审讯|看守|拘留|关押|羁押|监狱|教化|锻炼队|保卫部|保卫员|保安[署员]|警备队|集结所|劳教|遣返|公安"
    r"|派出所|收容|号子|牢|营里|劳改|士兵|军人|指导员|便衣|管教|当局|警察|狱|干部|所里|管事的"
)
_PRIVATE = re.compile(
    r"买家|买主|男方|夫家|婆家|婆婆|公公|丈夫|雇主|老板|东家|人贩|蛇头|中介|仲介|中间人|带路|那家|那户"
    r"|家里|男人|媒人|掮客|工头|厂里|工地|工棚|院门|被卖|拐|村里|会所|直播"
)


_FURNITURE = re.compile(
    r"阅读(?:量|数|次数)?[\s：:]*\d|点赞|评论[（(\s：:]*\d|评论数|转发[（(\s：:]*\d|收藏|浏览(?:量"
    r"|次数)?[\s：:]*\d|热度|播放(?:量|次数)|粉丝|订阅|下载(?:量|次数)?[\s：:]*\d|点击(?:领取|查看|量|数|进入)"
    r"|广告|优惠|特惠|限时|包邮|满\d+减|立减|折起|秒杀|促销|℃|°C|多云|空气质量|湿度|风力|上证|深证|汇率"
    r"|油价|开奖|中奖|相关阅读|热门推荐|猜你喜欢|上一篇|下一篇|版权所有|备案号?|ICP|客服|热线[：:]|订票"
    r"|扫码|关注公众号|共\d+页|第\d+页|人(?:正在|已)(?:在看|阅读|参与|报名|围观)|访问量|在线人数|楼盘"
    r"|首付|均价|票价|招聘[：:]|月薪\d"
)


def is_furniture(text: str) -> bool:
    """A line of a web page around the text: counters, weather, offers. Its numbers are nobody's claim."""
    return len(text) <= 120 and text.count("。") == 0 and bool(_FURNITURE.search(text))


_PRINTING = re.compile(
    r"(?:共印|印发|印制|印数|加印|本期印)[:：]?[\d一二三四五六七八九十百千■]+余?[份册本]"
    r"|第[\d一二三四五六七八九十]+页(?:[，,／/ ]?共[\d一二三四五六七八九十]+页)?|共[\d一二三四五六七八九十]+页"
    r"|总第?[\d一二三四五六七八九十百]+期|第[\d一二三四五六七八九十百]+期|[-—－]\s?\d{1,3}\s?[-—－](?=$"
    r"|\n)|编号[:：]?[\dA-Z-]+|页码[:：]?\d+|密级[^，。]{0,4}\d+年"
    r"|(?:电话|热线|专线|传真|邮编|邮政编码|信箱|值班室)[^，。\d]{0,6}[\d-]{3,}|(?:共|各|张贴|散发|发放)?印\d+[份张]"
    r"|(?:共|各)(?:张贴|散发)\d+[份张]"
)


def printing(text: str) -> list[tuple[int, int]]:
    """Page numbers, issues and print runs: digits of the sheet and not of what it says."""
    return [match.span() for match in _PRINTING.finditer(text)]


def of_the_field(scans: Sequence[Scan], genre: Genre) -> list[bool]:
    """For each passage, whether what it lays down concerns the field; outside laws always true."""
    if genre != "law":
        return [True] * len(scans)
    out: list[bool] = []
    begun = 0
    for i, scan in enumerate(scans):
        if _ARTICLE.match(scan.text):
            begun = i
        out.append(bool(_FIELD.search(scan.text)) or (begun < i and any(out[begun:i])))
    share = sum(out) / max(1, len(out))
    return [True] * len(scans) if share >= 0.4 else out


def held_by_state(text: str, at: int, end: int) -> bool:
    """Whether the last setting named before, or in the clause, is custody and not a household or a trade."""
    custody = [m.start() for m in _CUSTODY.finditer(text, max(0, at - 160), end)]
    private = [m.start() for m in _PRIVATE.finditer(text, max(0, at - 160), end)]
    return bool(custody) and (not private or max(custody) > max(private))
