"""What the words that name a source say: who, of what sort, and whether they point back to somebody.

A mention is read by its own words alone; `testimonia.linkage.origins.looking` then looks back through those before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from testimonia import vocabulary

__all__ = ["Mention", "Sort", "key", "quoted_bodies", "read"]

Sort = Literal["report", "organisation", "official", "person", "testimony", "unnamed", "self", "legal", "agentless"]
Points = Literal["report", "organisation", "official", "person"]

LONGEST_NAME = 200  # characters of what may be a name; longer stretches are not remembered
CAPITALISED = re.compile(r"[A-Z][\w&.’'-]*(?:(?: of| for| the| and| in| on| &| to)*\s[A-Z][\w&.’'-]*)*", re.UNICODE)
POSSESSIVE = re.compile(r"[’']s?\b\s*")
QUOTED = re.compile("[“\"「『《〈‘']([^”\"」』》〉’']{2,80})[”\"」』》〉’']")
BOOK = re.compile("[『《〈]([^』》〉]{2,80})[』》〉]")
TRAILING_REPORT = re.compile(r"\s(?:White Paper|Annual Report|Report|Survey|Study|Yearbook)$")
LATIN = re.compile("[A-Za-z]")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
HANGUL = re.compile("[가-힣]")
HAN = re.compile("[\u4e00-\u9fff]")
KOREAN_PARTICLE = re.compile("(?:은|는|이|가|을|를|의|에|에서|도|과|와|측|측은|에 따르면)$")
KOREAN_OWNER = re.compile("^(.{2,24}?)의 (.+)$")
CHINESE_DESCRIPTION = re.compile("^(?:一名|一位|某|两名|兩名|多名|部分|多数|多數|一些|逾.成|有)")
CHINESE_OWNER = re.compile(
    "^(.{3,20}?)(?:的|发布的|發布的|发表的|所做的)?(?:年度)?(?:报告|報告|白皮书|白皮書|调查|調查)$"
)
CHINESE_ROLE = re.compile(
    "(?:例行记者会|新闻)?(?:发言人|發言人|研究员|研究員|负责人|負責人|主任|代表|工作人员|工作人員|官员|官員)$"
)
KOREAN_ROLE = re.compile(
    "([가-힣]{2,4}) (?:대표|소장|국장|이사장|사무국장|팀장|연구원|연구위원|교수|대변인|장관|위원장|활동가|간사)$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A source as one stretch of text names it.

    `name` is empty where nobody is named. `points` says what an expression points back to; `head` is the noun
    it does so with ("network", 中心). `year` and `title` are those of a report.
    """

    text: str
    sort: Sort
    name: str = ""
    points: Points | None = None
    head: str = ""
    title: str = ""
    year: str = ""
    language: str = "en"


@cache
def _words(language: str, group: str) -> frozenset[str]:
    rows = vocabulary.rows("linkage/sources")
    return frozenset(r["term"] for r in rows if r["language"] == language and r["class"] == group)


@cache
def _bodies() -> dict[str, str]:
    rows = vocabulary.rows("linkage/bodies")
    return {_folded(name): row["id"].casefold() for row in rows for name in row["names"].split("|")}


def key(name: str) -> str:
    """What a name is the same by: that of a public body in three languages, else its letters."""
    folded = _folded(name)
    return _bodies().get(folded, folded)


def _folded(name: str) -> str:
    return _folded_name(name) if len(name) <= LONGEST_NAME else _fold(name)


def _fold(name: str) -> str:
    """NFKC, case, outer articles and quotation marks aside, no white space in CJK."""
    folded = unicodedata.normalize("NFKC", name).casefold().strip(" .,;:'\"“”‘’()[]「」『』《》")
    folded = re.sub("^(?:the|a|an) ", "", folded)
    folded = POSSESSIVE.sub(" ", folded) if folded.endswith(("’s", "'s")) else folded
    joined = re.sub(r"\s+", "" if HANGUL.search(folded) or HAN.search(folded) else " ", folded)
    return re.sub("[·・‧]", "", joined).strip()


_folded_name = lru_cache(maxsize=16384)(_fold)  # a document names the same few sources again and again


def script(text: str) -> str:
    """Which of the three languages' rules read a mention."""
    if HANGUL.search(text):
        return "ko"
    return "zh" if HAN.search(text) else "en"


@lru_cache(maxsize=4096)
def read(text: str) -> Mention:
    """Read a mention by its own words."""
    plain = " ".join(text.split())
    if not plain:
        return Mention("", "agentless")
    language = script(plain)
    bare = _pointing(plain, language)
    if bare is not None:
        return bare
    reader = {"en": _english, "ko": _korean, "zh": _chinese}[language]
    found = reader(plain)
    year = YEAR.search(plain)
    return replace(found, year=year[0] if year else "", language=language)


def _pointing(text: str, language: str) -> Mention | None:
    folded = text.casefold().strip(" ,'\"“”‘’")
    trimmed = KOREAN_PARTICLE.sub("", folded) if language == "ko" else folded
    for candidate in (folded, trimmed):
        if candidate in _words(language, "legal"):
            return Mention(text, "legal", language=language)
        if candidate in _words(language, "self"):
            return Mention(text, "self", language=language)
        for points in ("report", "organisation", "person"):
            if candidate in _words(language, f"anaphor-{points}"):
                sort: Sort = "report" if points == "report" else "organisation" if points != "person" else "person"
                return Mention(text, sort, points=points, head=_head(candidate, language), language=language)
    return None


def _head(text: str, language: str) -> str:
    if language == "en":
        return text.replace("’s staff", "").split()[-1]
    return re.sub("^(?:이|해당|그|该|該|这份|這份|上述|这位) ?", "", text)


def _has(text: str, language: str, group: str) -> bool:
    folded = text.casefold()
    if language == "en":
        words = set(re.findall("[a-z]+", folded))
        return any(term in words or (" " in term and term in folded) for term in _words(language, group))
    return any(term in folded for term in _words(language, group))


def _ends(text: str, language: str, group: str) -> bool:
    return text.endswith(tuple(_words(language, group)))


# --- English --------------------------------------------------------------------------------------------------


def _english(text: str) -> Mention:
    names = _names(text)
    title = next((found[1] for found in QUOTED.finditer(text) if found[1][:1].isupper()), "")
    sort = _english_sort(text, bool(names))
    if not names and re.match(r"[\d,.]+(?: of | women| people| persons|$)", text):
        return Mention(text, "testimony")
    if not names:
        words = re.findall("[a-z]+", text.lower())
        if re.match("(?:the|its|this) ", text, re.IGNORECASE):
            for points in ("organisation", "official"):
                head = next((w for w in words if w in _words("en", points)), "")
                if head and not head.endswith("s"):
                    return Mention(text, points, points=points, head=head)
        return Mention(text, _nameless(sort), head=text.split()[-1].lower())
    return Mention(text, sort, name=_best(names), title=title)


def _names(text: str) -> list[str]:
    """Runs of capitalised words, a leading article and a possessive aside."""
    found = []
    for run in CAPITALISED.finditer(QUOTED.sub(" ", text) if not text.startswith(("“", '"')) else text):
        for piece in POSSESSIVE.split(run[0]):
            name = re.sub(r"^(?:The|A|An|According to|In|On)\b ?", "", piece).strip(" .,-’'")
            name = TRAILING_REPORT.sub("", name)
            if len(name) > 1 and not (run.start() == 0 and name.casefold() in _generic()):
                found.append(name)
    return found


@cache
def _generic() -> frozenset[str]:
    groups = ("report", "unnamed", "testimony", "strip", "ordinary")
    return frozenset().union(*(_words("en", group) for group in groups))


def _best(names: Sequence[str]) -> str:
    """The name of a body before that of a place: one with the noun of a body, an acronym, or the longest."""

    def score(name: str) -> tuple[bool, bool, int]:
        bodied = _has(name, "en", "organisation") or _has(name, "en", "official")
        return bodied, bool(re.fullmatch("[A-Z]{2,8}", name)), len(name.split())

    return max(names, key=score)


def _english_sort(text: str, named: bool) -> Sort:
    bodied = _has(text, "en", "organisation") or _has(text, "en", "official") or _has(text, "en", "report")
    if _has(text, "en", "testimony") and not (named and bodied):
        return "testimony"
    if _has(text, "en", "report"):
        return "report"
    if _has(text, "en", "official"):
        return "official"
    if _has(text, "en", "organisation"):
        return "organisation"
    return "organisation" if named else "unnamed"


def _nameless(sort: Sort) -> Sort:
    return "testimony" if sort == "testimony" else "unnamed"


# --- Korean ---------------------------------------------------------------------------------------------------


def _korean(text: str) -> Mention:
    book = BOOK.search(text)
    quoted = QUOTED.search(BOOK.sub("", text))
    trimmed = KOREAN_PARTICLE.sub("", text.strip(" ,"))
    pointed = re.match("(이 단체|단체|이 기관|이 센터|이 모임|해당 단체)(?:의|을|를)? ", trimmed)
    if pointed:
        return Mention(text, "organisation", points="organisation", head=_head(pointed[1], "ko"))
    if quoted:
        return Mention(text, "organisation", name=quoted[1], title=book[1] if book else "")
    if _has(trimmed, "ko", "testimony"):
        return Mention(text, "testimony")
    owner = KOREAN_OWNER.match(trimmed)
    if owner and _has(owner[2], "ko", "report"):
        return Mention(text, "report", name=owner[1], title=book[1] if book else owner[2])
    person = KOREAN_ROLE.search(trimmed)
    if person:
        body = trimmed[: person.start()].strip()
        if body and not body.startswith("한 "):
            return Mention(text, "organisation", name=body)
        return Mention(text, "person", name=person[1], points="organisation")
    return _korean_body(text, trimmed)


def _korean_body(text: str, trimmed: str) -> Mention:
    generic = trimmed in _words("ko", "unnamed") or trimmed in _words("ko", "report")
    if generic or trimmed.startswith(("한 ", "익명", "현지", "대북", "복수의")) or _ends(trimmed, "ko", "unnamed"):
        return Mention(text, "unnamed")
    if _ends(trimmed, "ko", "official"):
        return Mention(text, "official", name=trimmed)
    words = trimmed.split()
    if words and _ends(words[-1], "ko", "organisation") and len(words[-1]) > 3:
        return Mention(text, "organisation", name=words[-1])
    return Mention(text, "organisation", name=trimmed) if len(trimmed) <= 14 else Mention(text, "unnamed")


# --- Chinese --------------------------------------------------------------------------------------------------


def _chinese(text: str) -> Mention:
    book = BOOK.search(text)
    quoted = QUOTED.search(BOOK.sub("", text))
    trimmed = re.sub("^(?:据|據|根据|根據|按照)", "", text).strip(" ，,")
    latin = _names(text) if len(LATIN.findall(text)) > 5 else []
    if latin and not quoted:
        return Mention(text, "organisation", name=_best(latin))
    pointed = re.match("(?:该|該)[\u4e00-\u9fff]{1,4}", trimmed)
    if pointed and _has(pointed[0], "zh", "organisation"):
        held = [term for term in _words("zh", "organisation") if term in pointed[0]]
        head = max(held, key=lambda term: (len(term), term))
        return Mention(text, "organisation", points="organisation", head=head)
    if quoted and not CHINESE_DESCRIPTION.match(trimmed):
        return Mention(text, "organisation", name=quoted[1], title=book[1] if book else "")
    if _has(trimmed, "zh", "testimony"):
        return Mention(text, "testimony")
    owner = CHINESE_OWNER.match(trimmed)
    if owner:
        return Mention(text, "report", name=owner[1], title=book[1] if book else "")
    if CHINESE_DESCRIPTION.match(trimmed) or "不愿具名" in trimmed or "一名" in trimmed or "一位" in trimmed:
        return Mention(text, "unnamed")
    return _chinese_body(text, trimmed)


def _chinese_body(text: str, trimmed: str) -> Mention:
    body = CHINESE_ROLE.sub("", trimmed)
    if not body or trimmed in _words("zh", "unnamed") or trimmed in _words("zh", "report"):
        return Mention(text, "unnamed")
    if _has(body, "zh", "official"):
        return Mention(text, "official", name=body)
    if _ends(trimmed, "zh", "unnamed") and not _has(body, "zh", "organisation"):
        return Mention(text, "unnamed")
    return Mention(text, "organisation", name=body) if len(body) <= 20 else Mention(text, "unnamed")


def quoted_bodies(text: str) -> Iterator[re.Match[str]]:
    """Names in quotation marks that end as the names of bodies do, in Korean and Chinese."""
    for found in QUOTED.finditer(text):
        language = script(found[1])
        if language != "en" and len(found[1]) <= 24 and _ends(found[1], language, "organisation"):
            yield found
