"""Laws, treaties and their articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from testimonia.coding.korean.lexicon import Found, is_hangul
from testimonia.coding.korean.segments import Paragraph
from testimonia.model import Coding

__all__ = ["ARTICLE", "code_laws"]

ARTICLE = (
    r"\s?제\s?\d+\s?조(?:의\s?\d+)?(?:\s?제?\d+\s?항)?(?:\s?제?\d+\s?호)?(?:\s?(?:및|와|과|,|"
    r"·)\s?제\s?\d+\s?조(?:의\s?\d+)?(?:\s?제?\d+\s?항)?)*"
)
_BRACKETED = re.compile(
    rf"[「『](?P<name>[^」』\n]{{2,60}}?(?:법|법률|령|규칙|조례|협약|의정서|협정|규약|조약|규정|헌장|"
    rf"선언)(?:\s?시행령|\s?시행규칙)?)[」』](?:{ARTICLE})?"
)
_LONG_END = re.compile(
    r"(?:(?:에|의)\s관한\s(?:[가-힣]+\s)?(?:법률|협약|의정서|협정|조례|규약|규정|조약)"
    rf"|(?:을|를)\s위한\s(?:[가-힣]+\s){{0,2}}?[가-힣]{{0,4}}(?:의정서|협정|협약|조약))(?:{ARTICLE})?"
)
_LONG_HEAD = re.compile(r"(?<![가-힣])(?:[가-힣·]*[가-힣](?<![은는가을를도])\s){0,7}[가-힣·]+$")
_NUMBERED = re.compile(ARTICLE)
_OWNED_NAME = re.compile(
    r"(?<![가-힣])(?:(?:중국|북한|조선|한국|대한민국|미국|유엔)\s)?"
    r"(?P<name>[가-힣]{2,16}(?:법|법률|협약|의정서|협정|규약|조약|규정|조례|통고|규칙))$"
)
_ARTICLE_AFTER = re.compile(ARTICLE)
_OWNER = re.compile(r"(?:중국|북한|조선|한국|대한민국|미국|북한의|중국의)\s?$")
_NOT_A_LAW = re.compile(
    r"(?:방|해|문|용|수|사|어|마|요|투|제|조|기|편|불|무|적|합|서|입|처|화|치료|조사|연구|통계|추정)법$"
)
_GOES_ON = re.compile(r"(?:상의?|적|학|원|률가|무부|안(?=이|을|\s)|인(?=\s|이|은))")


def _law(paragraph: Paragraph, start: int, end: int, norm: str, rule: str) -> Coding:
    part = paragraph.part(start, end)
    return Coding(
        kind="law",
        start=part.start,
        end=part.end,
        quote=part.quote,
        value=norm,
        attributes={"norm": norm},
        rule=rule,
        cue=part.quote,
    )


def _listed(paragraph: Paragraph, found: Sequence[Found]) -> Iterator[tuple[int, int, str, str]]:
    text = paragraph.text
    for hit in found:
        if hit.group != "laws" or not (hit.word_start or paragraph.damaged):
            continue
        if is_hangul(text[hit.end : hit.end + 1]) and _GOES_ON.match(text, hit.end):
            continue
        owner = _OWNER.search(text[max(0, hit.start - 5) : hit.start])
        start = hit.start - len(owner[0]) if owner and not owner[0].strip().endswith("의") else hit.start
        article = _ARTICLE_AFTER.match(text, hit.end)
        yield start, article.end() if article else hit.end, hit.row["norm"], "ko.law.list"


def _patterned(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _BRACKETED.finditer(text):
        yield *match.span(), match["name"], "ko.law.brackets"
    for match in _LONG_END.finditer(text) if "한 " in text else ():
        if head := _LONG_HEAD.search(text, max(0, match.start() - 60), match.start()):
            yield head.start(), match.end(), text[head.start() : match.end()], "ko.law.long"
    for match in _NUMBERED.finditer(text) if "조" in text else ():
        name = _OWNED_NAME.search(text, max(0, match.start() - 24), match.start())
        if name and not _NOT_A_LAW.search(name["name"]):
            yield name.start(), match.end(), name[0], "ko.law.article"


def code_laws(paragraph: Paragraph, found: Sequence[Found]) -> list[Coding]:
    """Laws and treaties, with the article where one is named; the longest reading of each."""
    spots = [*_listed(paragraph, found), *(_patterned(paragraph.text) if _may_hold_law(paragraph.text) else ())]
    kept: list[tuple[int, int, str, str]] = []
    for spot in sorted(spots, key=lambda spot: (spot[0], -spot[1])):
        if not kept or spot[0] >= kept[-1][1]:
            kept.append(spot)
    return [_law(paragraph, *spot) for spot in kept]


def _may_hold_law(text: str) -> bool:
    return any(
        word in text for word in ("법", "협약", "의정서", "협정", "조례", "규약", "조약", "규정", "통고", "규칙")
    )
