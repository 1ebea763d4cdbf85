"""Organisations and laws: full names, offices with the places before them, quoted names, articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from testimonia.coding.chinese.scan import Name, Scan
from testimonia.coding.lexicon import Hit

__all__ = ["find_laws", "find_orgs", "learned_names"]

_MODIFIER = re.compile(
    r"(?:县级以上|上一级|乡镇|街道|镇|乡|各级|地方|当地|两地|三地|省级|市级|县级|乡级|××?[省市县州区]?"
    r"|某[省市县州区镇乡]|[省市县州区]|(?<=[市县省州区])级|人民政府|边境|边防|出入境|有关|国家|高级|中级)$"
)
_UNIT = re.compile(r"[\u4e00-\u9fff]{2,5}[省市县州郡府]$")
_BRANCH = re.compile(r"(?:驻)?(?:办事处|代表处|办公室|分部|分会|总部|支部|分社|分局|联络处|区域办|地区办事处|国别办)")
_QUOTED = re.compile(
    r"“[^”，。“]{2,16}(?:中心|协会|组织|联盟|网|社|委员会|基金会|团体|联合会|机构|研究所|研究院|之家|行动"
    r"|论坛|学会|日报|周刊|电台|联合|同盟|会)”"
)
_APPOSED = re.compile(r"(?:机构|团体|组织|协会|媒体|网站|杂志|通讯社|电台|基金会)(“[^”，。“]{2,10}”)(?!的)")
_SOURCE = re.compile(r"(?:来源|稿源|转自|来自|编译自|出处)(?:：|:)\s*([\u4e00-\u9fffA-Za-z]{2,12})(?=[\s，。）|]|$)")
_DATELINE = re.compile(
    r"^\s*(?:【|（|\[)?([\u4e00-\u9fff]{2,6}(?:社|网|报|通讯社|电视台"
    r"|电台))(?=[\u4e00-\u9fff]{0,6}\d{1,2}月\d{1,2}日[电讯])"
)
_NEWS = re.compile(
    r"(?:据|援引|引述|引用)([\u4e00-\u9fff]{2,8}(?:社|网|日报|晚报|时报|周刊|电视台|电台|通讯社"
    r"|新闻))(?=\d|报道|援引|消息|的|引述|网站|披露|记者|，)"
)
_NAMED = re.compile(
    r"(?:^|(?<=[，。、；：（”由与和对向在据及称经]))((?:[\u4e00-\u9fff]{2,10})(?:人权(?:中心|协会|联盟"
    r"|组织|观察|团体)|研究中心|救援(?:中心|会|"
    r"组织)|基金会|联合会|协会|研究院|研究所|大学))(?![长生])"
)
_CONJUNCTION = re.compile(r"(?:以及|包括|由|经|及|和|与|如|例如|而|但|对于|对)?")
_BOOK = re.compile(
    r"《[^《》]{1,40}?(?:法|法典|条例|办法|规定|解释|公约|条约|协定|协议|议定书|宣言|决定|修正案|宪章"
    r"|规则|准则|章程|通则|意见|议定|细则|法案|约|原则|合约|"
    r"盟约)(?:（[^）]{1,12}）)?(?:（草案）)?》"
)
_ARTICLES = re.compile(
    r"(?:的)?(?:第[零〇一二三四五六七八九十百千\d]+(?:条(?:之[一二三四五六七八九十])?|款|项|章|节|编)"
    r"|第（[一二三四五六七八九十\d]+）项)"
    r"(?:[、和及至]?(?:第[零〇一二三四五六七八九十百千\d]+(?:条(?:之[一二三四五六七八九十])?|款|项|章|节)"
    r"|第（[一二三四五六七八九十\d]+）项))*"
)
_TITLE = re.compile(
    r"^[#\s]*((?:最高人民法院|最高人民检察院|全国人民代表大会常务委员会|国务院|公安部|民政部"
    r"|司法部)[^，。；《》]{0,24}?关于[^，。；]{4,60}?(?:的解释|的决定|的规定|"
    r"的意见|的通知|的批复|办法|条例)"
    r"|中华人民共和国[\u4e00-\u9fff]{2,24}?(?:法|法典|条例|办法|规定|细则))\s*$"
)
_NATIONAL = re.compile(r"(?:中华人民共和国|中国|我国|韩国|朝鲜|美国)$")
_NOT_LAW = re.compile(r"(?:违|司|非|合|执|守|依|立|民|方|办|无|枉|不|宪|刑|国|人)$")
_PLAN = re.compile(
    r"(?<=[把将对据照的合反违废定和及、])([\u4e00-\u9fff]{4,10}(?:矫治法|保护法|保障法|促进法|管理法"
    r"|处罚法|诉讼法|惩治法|教养法|禁止法|特别法|人权法|"
    r"安全法))(?![律院官制定])"
)


def learned_names(scans: Sequence[Scan]) -> dict[str, str]:
    """Names of bodies that the document itself shows as such: datelines, sources, names in quotation marks."""
    found: dict[str, str] = {}
    for scan in scans:
        for pattern, otype in ((_SOURCE, "media"), (_DATELINE, "news_agency"), (_NEWS, "media")):
            for match in pattern.finditer(scan.text):
                found.setdefault(_without_place(match[1], scan), otype)
    return {name: otype for name, otype in found.items() if len(name) >= 2}


def _without_place(name: str, scan: Scan) -> str:
    """东边社首尔3月14日电: the place of a dateline is no part of the agency's name."""
    return re.split(r"(?<=社)|(?<=通讯社)", name)[0] if "社" in name[2:-1] else name


def find_orgs(scan: Scan, learned: dict[str, str]) -> Iterator[Name]:
    """Bodies, the longest at each place, none inside a law's title."""
    laws = [(law.start, law.end) for law in scan.of("law")]
    found = sorted((*_listed(scan), *_shown(scan, learned)), key=lambda n: (n.start, -(n.end - n.start)))
    last = -1
    for name in found:
        if name.start >= last and not any(a <= name.start and name.end <= b for a, b in laws):
            last = name.end
            yield name


def _listed(scan: Scan) -> Iterator[Name]:
    places = {place.end: place.start for place in scan.of("place")}
    begins = {place.start: place.end for place in scan.of("place")}
    hits = scan.hits["org"]
    ends = {hit.end: hit.start for hit in hits if hit.row["part"] in ("name", "head")}
    for hit in hits:
        part = hit.row["part"]
        if part in ("skip", "suffix"):
            continue
        start = hit.start
        if part in ("head", "headonly"):
            start = _with_modifiers(scan.text, start, places, ends)
            if part == "headonly" and start == hit.start:
                continue
        elif part == "name" and hit.row["otype"] in ("state", "party", "ngo") and places.get(start) is not None:
            start = places[start] if hit.row["form"] not in ("中方",) else start
        end = hit.end
        if part in ("name", "head") and (branch := _BRANCH.match(scan.text, begins.get(end, end))):
            end = branch.end()
        yield Name(start, end, "org", hit.row["form"], {"otype": hit.row["otype"]}, f"org.{part}")


def _with_modifiers(text: str, start: int, places: dict[int, int], ends: dict[int, int]) -> int:
    while True:
        if text[start - 1 : start] == "驻" and start - 1 in places:
            start = places[start - 1]
        elif start in places or start in ends:
            start = places.get(start, ends.get(start, start))
        elif match := _MODIFIER.search(text[max(0, start - 6) : start]):
            start -= len(match[0])
        elif match := _UNIT.search(text[max(0, start - 6) : start]):
            start = _unlisted(text, start, len(match[0]), places)
            if text[start - 1 : start] != "驻" and start not in places:
                break
        else:
            break
    while start < len(text) and text[start] in "级有":
        start += 1
    return start


def _unlisted(text: str, start: int, longest: int, places: dict[int, int]) -> int:
    """Where a county nobody listed begins: right after a known place, or after a mark: 老挝琅南塔省."""
    for size in range(longest, 2, -1):
        at = start - size
        if at in places or at == 0 or text[at - 1] in "，。；：、“（\n由被据经与和":
            return at
    return start


def _shown(scan: Scan, learned: dict[str, str]) -> Iterator[Name]:
    text = scan.text
    if "“" in text:
        for match in _APPOSED.finditer(text):
            yield Name(match.start(1), match.end(1), "org", match[1][1:-1], {"otype": "ngo"}, "org.quoted")
        for match in _QUOTED.finditer(text):
            yield Name(
                match.start(),
                match.end(),
                "org",
                text[match.start() + 1 : match.end() - 1],
                {"otype": "ngo"},
                "org.quoted",
            )
    for name, otype in learned.items():
        for match in re.finditer(re.escape(name), text):
            yield Name(match.start(), match.end(), "org", name, {"otype": otype}, "org.learned")
    for match in _NAMED.finditer(text):
        otype = "university" if match[1].endswith("大学") else "ngo"
        start = match.start(1) + len(_CONJUNCTION.match(match[1])[0])  # type: ignore[index]
        if not re.search(r"[的在了被是有等该本一]", text[start : match.end(1)]):
            yield Name(start, match.end(1), "org", text[start : match.end(1)], {"otype": otype}, "org.pattern")


def find_laws(scan: Scan) -> Iterator[Name]:
    """Titles of instruments with the articles named after them, and instruments named without a title."""
    text = scan.text
    found = [(m.start(), m.end(), m[0]) for m in _BOOK.finditer(text)] if "《" in text else []
    inside = [(a, b) for a, b, _ in found]
    for hit in scan.hits["law"]:
        if any(a < hit.end and hit.start < b for a, b in inside) or not _is_law(text, hit):
            continue
        before = _NATIONAL.search(text[max(0, hit.start - 7) : hit.start])
        found.append((hit.start - (len(before[0]) if before else 0), hit.end, hit.row["norm"]))
    if title := _TITLE.match(text):
        found = [(title.start(1), title.end(1), title[1])]
    for match in _PLAN.finditer(text):
        if not any(a < match.end(1) and match.start(1) < b for a, b, _ in found):
            found.append((match.start(1), match.end(1), match[1]))
    for start, end, norm in sorted(found):
        articles = _ARTICLES.match(text, end)
        yield Name(
            start,
            articles.end() if articles else end,
            "law",
            norm,
            {"norm": norm},
            "law.title" if "《" in norm else "law.name",
        )


def _is_law(text: str, hit: Hit) -> bool:
    after = text[hit.end : hit.end + 1]
    return after not in ("学", "院", "官", "律", "系", "庭") and not (
        hit.row["named"] == "0" and hit.row["form"].startswith("本") and text[hit.start - 1 : hit.start] in ("基", "根")
    )
