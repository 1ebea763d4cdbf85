"""Places, peoples and languages, bodies, laws, people by title or cue, functions of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from testimonia.coding.chinese.scan import Name, Scan
from testimonia.coding.lexicon import Hit

__all__ = ["find_demonyms", "find_places", "find_roles", "is_people"]

_PERSON = (
    r"(?:女性|妇女|女子|女人|女孩|女童|女工|女|男子|男性|男人|男孩|难民|公民|居民|国民|人民(?!政府|军|币"
    r"|共|民主|保|法|检|代|日|网)|儿童|孩子|孤儿|学者|人士|专家|教授|律师|青年|老人|司机|农民|渔民|船员"
    r"|外交官|劳务人员|务工人员|士兵|军人|劳工|"
    r"劳动者|工人|"
    r"新娘|媳妇|姑娘|侨民|裔|逃亡者|出逃者|越境者|偷渡者|脱北者|脱逃者|受害者|被害人|受访者|商人|游客"
    r"|学生|留学生|移民(?!局|法|监|官|署|部|管理|政策|拘|当局|警)|"
    r"记者|牧师|传教士|朋友|亲戚|同胞|证人|被遣返者|寻求庇护者|庇护申请者|非法入境者|官员|官兵|警察"
    r"|人贩子|买家|老板|媒人|中间人|中介)"
)
_ATTRIBUTIVE = re.compile(_PERSON)
_BELONGING = re.compile(
    r"(?:国籍|籍)|族(?!自治|乡)|人(?!民|士|权|口|均|数|员|类|大|才|间|质)|语(?!言)|话(?!题|剧)"
    r"|文(?=[、，。书写版字])|裔"
)
_SHORT = re.compile(
    r"(?<![前当今历清])[朝韩中](?:国)?籍(?!贯)|汉族|满族|藏族|回族|蒙古族|维吾尔族|鲜族|维族"
    r"|(?<![好老男])汉人|华侨|华裔|朝侨|华人"
)
_HUA = re.compile(r"(?<=[在来赴访驻入抵离])华(?![丽人侨裔夏中北东南盛语文山府沙尔国])")
_HAN = re.compile(r"(?<=[在来赴访驻入抵])韩(?![国方元流语币籍半正美朝裔])")
_CHO = re.compile(r"(?<=[赴访驻返回])朝(?=[，。、；的后期开女妇人者]|$)")
_FOLLOWING = re.compile(
    r"[\u4e00-\u9fff]{2,5}?(?:自治州|自治县|县级市|市|县|郡|镇|乡|屯|村|区|洞|里|旗)(?![委政长场民口内民域干支子])"
)
_NOT_NAME = re.compile(
    r"(?:某|该|各|有|个|地|边境|农村|偏远|一|两|几|多|的|等|山区|城|和|及|与|或|在|到|从|沿|内|邻|所|全"
    r"|本|当|以|第|数|郊|州|乡镇)"
)
_DIRECTION = re.compile(r"(?:东北|西北|东南|西南|东|西|南|北|中)部(?:地区)?(?![长队门])")


def is_people(text: str, end: int) -> bool:
    """Whether a country's name that ends here is said of people, a people or a language."""
    return bool(_BELONGING.match(text, end) or _ATTRIBUTIVE.match(text, end))


def find_places(scan: Scan) -> Iterator[Name]:
    """Places: gazetteer names that are not said of people, units named after a known place, 在华."""
    text = scan.text
    last = -1
    for hit in _in_context(scan.hits["place"], text):
        if hit.start < last or (hit.row["ptype"] == "country" and _of_people(hit, text)):
            continue
        last = hit.end + (text.startswith("府", hit.end) and hit.row["ptype"] != "country")
        yield Name(hit.start, last, "place", hit.row["value"], {"ptype": hit.row["ptype"]}, "place.gazetteer")
        if hit.row["ptype"] in ("admin1", "admin2") and (unit := _unit(scan, hit.end)):
            last = unit.end
            yield unit
    for pattern, value in ((_HUA, "CHN"), (_HAN, "KOR"), (_CHO, "PRK")):
        for match in pattern.finditer(text):
            yield Name(match.start(), match.end(), "place", value, {"ptype": "country"}, "place.short")


def _of_people(hit: Hit, text: str) -> bool:
    if text.startswith("人民", hit.end):
        return False
    return bool(_BELONGING.match(text, hit.end)) or (
        bool(_ATTRIBUTIVE.match(text, hit.end)) and hit.row["form"] not in ("大陆",)
    )


def _in_context(hits: Sequence[Hit], text: str) -> Iterator[Hit]:
    """Names that are also words count only right after another place."""
    before = -1
    for hit in hits:
        if hit.row.get("near") and hit.start != before:
            continue
        if (
            hit.row["form"] == "北韩"
            or hit.start == 0
            or text[hit.start - 1] + hit.row["form"][0] not in ("其中", "当中", "集中")
        ):
            before = hit.end
            yield hit


def _unit(scan: Scan, start: int) -> Name | None:
    """A county or village right after its province: 吉林省某某县 names no place, 平安北道龙川郡 does."""
    if any(other.start == start for other in scan.hits["place"]):
        return None
    match = _FOLLOWING.match(scan.text, start)
    if (
        not match
        or _NOT_NAME.search(match[0])
        or any(h.start < match.end() and start < h.end for h in scan.hits["role"])
    ):
        return None
    return Name(start, match.end(), "place", match[0], {"ptype": "county"}, "place.unit")


def find_demonyms(scan: Scan) -> Iterator[Name]:
    """朝鲜籍, 朝鲜族, 韩国人, 朝鲜话, and the bare country's name before a word for people."""
    text = scan.text
    for hit in scan.hits["place"]:
        if hit.row["ptype"] not in ("country", "region") or hit.row["form"] in ("大陆", "内地"):
            continue
        value = hit.row["value"]
        if text.startswith("人民", hit.end):
            continue
        if match := _BELONGING.match(text, hit.end):
            norm = f"KOR-{value}" if match[0] == "族" and value == "PRK" else value
            norm = "KOR-CHN" if norm == "KOR-PRK" else norm
            yield Name(hit.start, match.end(), "demonym", norm, {}, "demonym.suffix")
        elif hit.row["ptype"] == "country" and _ATTRIBUTIVE.match(text, hit.end):
            yield Name(hit.start, hit.end, "demonym", value, {"attributive": "true"}, "demonym.attributive")
    covered = [(h.start, h.end) for h in scan.hits["place"]]
    for match in _SHORT.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in covered):
            yield Name(match.start(), match.end(), "demonym", match[0], {}, "demonym.short")


def find_roles(scan: Scan) -> Iterator[Name]:
    """Every mention of a function."""
    for hit in scan.hits["role"]:
        yield Name(hit.start, hit.end, "role", hit.row["norm"], {"speaker": hit.row["speaker"]}, "role.lexicon")
