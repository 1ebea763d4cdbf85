"""How a Chinese passage is read: one script, one width, no stray spaces, every character traceable.

Rules look at `Reading.text`: simplified characters, ASCII digits, spaces between Chinese characters taken out,
common misreadings of a scanner put right. `Reading.span` leads back to the characters of the rendering.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from testimonia import vocabulary
from testimonia.model import Part, Passage

__all__ = ["LOST", "Reading", "read"]

LOST = "■"  # stands in `Reading.text` for digits that are gone

_CJK = "\u3400-\u4dbf\u4e00-\u9fff〇"
_GAP = re.compile(
    rf"(?<=[{_CJK}，。、；：（）“”\"%0-9lIO{LOST}])[ \t\r\n\u00a0]+(?=[{_CJK}，。、；：（）“”\"0-9lIO%{LOST}])"
)
_DIGIT = re.compile(r"[0-9.,]")
_BLANK_RIGHT = re.compile(r"余?(?:%|[万亿]?元|万[名人]|人次)|(?:余?(?:名|起|例|户|人|岁|天))(?=[，。；、）\n]|$)")
_BLANK_WIDE = re.compile(
    r"余?(?:%|[万亿]?元(?![旦首])|万[名人]|人次|名(?![称单义字])|起(?![诉义])|例(?![如外])"
    r"|人(?![数员口民均大])|户(?![口籍主])|岁(?!月)|个(?!人|别)|件(?!数)|次(?!数))"
)
_BLANK_LEFT = "约近达至过超共仅有获名为占余计到女童者案件人性员救"
# Words that end as a number with its measure word would.
_NOT_BLANK = re.compile(
    r"姓名|化名|报名|签名|罪名|知名|匿名|实名|著名|有名|一起|提起|引起|发起|案例|比例|户户|客户|"
    r"账户|农户|用户|惯例|条例|示例|点名|改名|命名|出名|别名|笔名|工人|有人|为人|女人|他人|家人"
)
_MISREAD = re.compile(r"(?<![A-Za-z0-9])[0-9lIO|][0-9lIO.,|]*(?![A-Za-z])")
_LONE = re.compile(r"l[O0l]?(?=[余多几]?[名个人起件岁年月日天万元次处套%])")
_TO_DIGIT = str.maketrans("lI|O", "1110")
_ALREADY = re.compile(r"(?<![自知利克律异])己(?=[被由与于经有达满成将向在从遣抓查])")
_NOT_YET = re.compile(r"(?<![年月周期世纪代始岁])末(?=[遣被满能经获成取婚登办发見见])")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_CLOCK = re.compile(r"(?<=\d)：(?=\d)")
_DAMAGE = re.compile(r"[□▇█◼▢�]")
_MASKED = re.compile(r"[×＊*]+(?=余?(?:名|人次|人|起|万元))")


@cache
def _table() -> dict[int, str]:
    pairs = {ord(row["hant"]): row["hans"] for row in vocabulary.rows("hant_hans")} | {ord("著"): "着"}
    wide = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
    marks = {ord(a): b for a, b in zip("「」『』()!?;:,＂", '“”“”（）！？；：，"', strict=True)}
    kept = {ord(c): c for c in "（），！？；：～"}
    return {**wide, **marks, **pairs, **kept, 0xFFFD: LOST}


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage with the text the rules see.

    `at[i]` is the place in `passage.text` of character i of `text`, with one more entry for the end.
    """

    passage: Passage
    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the rendering of text[start:end]."""
        first, last = self.at[start], self.at[end - 1] + 1
        if self.at[end] > last and self.text[end - 1] == LOST:
            last = self.at[end]
        return self.passage.start + first, self.passage.start + last

    def quote(self, start: int, end: int) -> str:
        """The characters of the rendering behind text[start:end]."""
        a, b = self.span(start, end)
        return self.passage.text[a - self.passage.start : b - self.passage.start]

    def part(self, start: int, end: int, value: str | None = None) -> Part:
        """text[start:end] as a part of a coding."""
        a, b = self.span(start, end)
        return Part(a, b, self.quote(start, end), value)


def read(passage: Passage) -> Reading:
    """The passage as the rules see it; the length changes only where spaces are taken out."""
    text = passage.text.translate(_table())
    at: Sequence[int] = range(len(text) + 1)
    text = _DAMAGE.sub(LOST, text)
    text = _MASKED.sub(lambda m: LOST * len(m[0]), text)
    if _GAP.search(text):
        text, at = _squeezed(text)
    return Reading(passage, _mended(text, passage.flags), at)


def _squeezed(text: str) -> tuple[str, Sequence[int]]:
    pieces: list[str] = []
    at = array("l")
    begun = 0
    for gap in _GAP.finditer(text):
        a, b = gap.span()
        mark = _gap_mark(text, a, b)
        if mark is None:
            continue
        pieces.append(text[begun:a] + mark)
        at.extend(range(begun, a))
        at.extend([a] * len(mark))
        begun = b
    pieces.append(text[begun:])
    at.extend(range(begun, len(text) + 1))
    return "".join(pieces), at


def _gap_mark(text: str, start: int, end: int) -> str | None:
    """What a run of white space is read as: nothing, a lost number, or (None) itself."""
    left, right = text[start - 1], text[end]
    if _blank(text, start, end):
        return LOST
    if _DIGIT.match(left) and _DIGIT.match(right):
        return None
    if left in "lIO" and not _DIGIT.match(right):
        return "" if right >= "\u4e00" else None
    if right in "lIO" and not re.match(r"[lIO][0-9.]|[lIO][ 个名]", text[end : end + 2]):
        return None
    return ""


def _blank(text: str, start: int, end: int) -> bool:
    """Whether a number must have stood in this run of spaces."""
    wide = end - start >= 2 and text[start:end].strip("\r\n") != ""
    left, right = text[start - 1], (_BLANK_WIDE if wide else _BLANK_RIGHT).match(text, end)
    if right is None or _DIGIT.match(left) or left in f"lIO{LOST}" or not "\u4e00" <= left <= "\u9fff":
        return False
    if left in "一二三四五六七八九十百千万亿两几数多成余之分每":
        return False
    if right[0].endswith("%"):
        return True
    if _NOT_BLANK.fullmatch(left + right[0]):
        return False
    return wide or (left in _BLANK_LEFT and "\n" not in text[start:end])


def _mended(text: str, flags: frozenset[str]) -> str:
    if "，" in text:
        text = _THOUSANDS.sub(",", text)
    if "：" in text:
        text = _CLOCK.sub(":", text)
    if re.search(r"[lIO|]", text):
        text = _MISREAD.sub(_digits, text)
        text = _LONE.sub(lambda m: m[0].translate(_TO_DIGIT), text)
    if "己" in text:
        text = _ALREADY.sub("已", text)
    if "末" in text:
        text = _NOT_YET.sub("未", text)
    return text


def _digits(match: re.Match[str]) -> str:
    token = match[0]
    return token.translate(_TO_DIGIT) if any(c.isdigit() for c in token) else token
