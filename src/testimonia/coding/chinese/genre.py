"""What kind of document it is, as far as modality hangs on it: law, notice, judgment, first person, news, report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from testimonia.coding.chinese.scan import Scan

__all__ = ["Genre", "genre_of"]

Genre = Literal["law", "notice", "judgment", "first", "news", "report"]

_ARTICLE = re.compile(r"^\s*第[一二三四五六七八九十百零]+条")
_LAW_TITLE = re.compile(r"^[#\s]*[^，。]{0,40}(?:法|条例|的解释|修正案|公约|议定书|协定|协议)\s*$")
_NOTICE = re.compile(
    r"通告如下|公告如下|通知如下|特此通告|特此公告|特此通知|^[^，。]{0,40}的?(?:通告|公告|通知|办法|决定"
    r"|意见|规定|守则|方案)\s*$"
)
_JUDGMENT = re.compile(
    r"公诉机关|经审理查明|本院认为|法院认为|判决如下|被告人[\u4e00-\u9fff]某|裁判要旨|刑事判决书|裁定书"
)
_ME = re.compile(r"我(?![国州省市县方院局部社会党军]|们(?:国家|党)|中心)")
_NEWS = re.compile(
    r"(?:日|月)[电讯](?:\s|（|$)|本报讯|本网讯|（记者|记者[^，。]{1,10}报道|本社|来源：|据[^，。]{2,8}(?:社|网|报)报道"
)


def genre_of(scans: Sequence[Scan]) -> Genre:
    """The kind of the whole document; where nothing decides, a report."""
    bodies = [scan.text for scan in scans if scan.reading.passage.role != "boilerplate"]
    texts = [scan.text for scan in scans]
    size = sum(map(len, bodies)) or 1
    articles = sum(bool(_ARTICLE.match(text)) for text in bodies)
    if (articles >= 3 and articles * 600 > size) or (articles and any(_LAW_TITLE.match(text) for text in bodies[:3])):
        return "law"
    if sum(len(_JUDGMENT.findall(text)) for text in bodies) * 1500 > size + 1500:
        return "judgment"
    if any(_NOTICE.search(text) for text in (*bodies[:6], *bodies[-4:])):
        return "notice"
    if sum(len(_ME.findall(text)) for text in bodies) * 120 > size:
        return "first"
    return "news" if any(_NEWS.search(text) for text in (*texts[:8], *texts[-3:])) else "report"
