"""Cuts passages into paragraphs with a voice (narration, question, answer, rule) and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from testimonia.model import Part, Passage

__all__ = ["Paragraph", "Voice", "paragraphs"]

Voice = Literal["narration", "question", "answer", "rule", "heading"]

_TURN = re.compile(
    r"^[ \t]*(?P<who>문|답|질문|물음|대답|답변|Q|A|면담자|면접자|조사자|기자|진행자|구술자|증언자|응답자|피면담자)"
    r"\s?\d*\s?[:：.)]\s?",
    re.MULTILINE,
)
_ASKERS = frozenset({"문", "질문", "물음", "Q", "면담자", "면접자", "조사자", "기자", "진행자"})
_ARTICLE = re.compile(r"^[ \t#*]*제\s?\d+\s?조(?:의\d+)?\s?[(（]")
_ITEM = re.compile(
    r"^[ \t#*]*(?:[(（]?\d{1,2}\s?[.)）]|[①-⑳]|[일이삼사오육칠팔구십]\.|"
    r"[(（]?[가나다라마바사아자차카타파하]\s?[.)）]|[-○◦□▪•]|제\s?\d+\s?조)\s",
    re.MULTILINE,
)
_NOTICE = re.compile(
    r"포고|통고|공고|고시|훈령|지시|명령|규정|규칙|세칙|수칙|결정|방침|령(?=\s|$)|다음과\s?같이\s?[가-힣]{2,4}한다"
)
_LAYS_DOWN = re.compile(
    r"(?:[야]\s?한다|[지]\s?못한다|수\s?없다|아니한다|않는다|아니\s?된다|안\s?된다|수\s?있다|한다|된다|준다|린다|"
    r"낸다|킨다|긴다|둔다|진다|할\s?것|말\s?것|금지|불허)[.\s]*$"
)
_STATUTE = re.compile(r"^법령구분:|^[\s\S]{0,40}?이\s(?:법|영|규칙|조례|시행령)(?:은|에서)\s", re.MULTILINE)
_FIRST_PERSON = re.compile(
    r"(?<![가-힣])(?:나는|내가|나를|나도|제가|저는|저를|저도|저희|우리는|우리가|우리를)(?![가-힣])"
)
_SPOKEN = re.compile(r"(?:습니다|습네다|습디다|입니다|어요|아요|했지요|지요|거든요|니까요|단 말입니다)[.,!?]")
LONGEST = 2000
_SPACE = re.compile(r"\s")
_GAP = re.compile(r"[ \t]+")
_STOP = re.compile(r"[.!?。…]+[\"”’')」』]*(?=\s|$|[가-힣])")
_QUOTED = re.compile(r"[\"“][^\"“”\n]{1,400}[\"”]|‘[^‘’\n]{1,200}’|(?<![가-힣\w])'[^'\n]{1,200}'")
_HEADING = re.compile(
    r"\s*(?:제\s?\d+\s?[장절편]|\d+(?:\.\d+)*\.?(?=\s)|[가-하]\.|[IVXⅠ-Ⅹ]+\.|부록|부칙)\s?[^\d\s][^\d]*$"
)


@dataclass(frozen=True)
class Paragraph:
    """A stretch of one passage in one voice; offsets inside are its own, `start` lifts them to the rendering."""

    start: int
    text: str
    role: str
    voice: Voice
    damaged: bool
    statute: bool = False

    def part(self, start: int, end: int, value: str | None = None) -> Part:
        """The stretch text[start:end] as a part of a coding."""
        return Part(self.start + start, self.start + end, self.text[start:end], value)

    @cached_property
    def _gaps(self) -> list[int]:
        """For each white space of `text`, how many characters of `solid` stand before it."""
        return [match.start() - index for index, match in enumerate(_SPACE.finditer(self.text))]

    def at(self, place: int) -> int:
        """Where the character at `place` of `solid` stands in `text`."""
        return place + bisect_right(self._gaps, place)

    @cached_property
    def solid(self) -> str:
        """The text without white space: Korean spacing is optional, and scans lose it."""
        return _SPACE.sub("", self.text)

    @cached_property
    def quotes(self) -> list[tuple[int, int]]:
        """Stretches in quotation marks, marks included."""
        return [match.span() for match in _QUOTED.finditer(self.text)]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Sentences; a stop inside quotation marks ends none."""
        cuts = [0]
        for match in _STOP.finditer(self.text):
            inside = self.quotes and any(a < match.start() and match.end() < b for a, b in self.quotes)
            if not inside and not (match[0] == "." and _is_list_mark(self.text, match.start())):
                cuts.append(match.end())
        cuts.append(len(self.text))
        return [(a, b) for a, b in pairwise(cuts) if self.text[a:b].strip()]

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence that holds the character at `place`."""
        found = self.sentences[max(0, bisect_right(self._starts, place) - 1)] if self._starts else (0, 0)
        return found if place < found[1] else (0, len(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def in_quote(self, place: int) -> tuple[int, int] | None:
        """The quotation that holds the character at `place`."""
        return next(((a, b) for a, b in self.quotes if a <= place < b), None)


def _is_list_mark(text: str, stop: int) -> bool:
    line = text[text.rfind("\n", 0, stop) + 1 : stop].strip()
    return len(line) <= 3 and (line.isdigit() or line in tuple("가나다라마바사아자차카타파하"))


def _looks_damaged(text: str) -> bool:
    """Whether spaces are missing as no written Korean misses them."""
    gaps = len(_GAP.findall(text))
    if gaps >= len(text) * 0.12:
        return False
    hangul = sum("가" <= char <= "힣" for char in text)
    return hangul >= 30 and gaps < hangul * 0.12


def _turns(passage: Passage, interview: bool) -> Iterator[tuple[int, int, Voice]]:
    turns = _TURN.finditer(passage.text) if interview else ()
    cuts = [(match.start(), match["who"]) for match in turns]
    if not cuts or cuts[0][0] > 0:
        cuts.insert(0, (0, ""))
    for (start, who), (end, _) in zip(cuts, [*cuts[1:], (len(passage.text), "")], strict=True):
        if passage.text[start:end].strip():
            voice: Voice = "narration" if not who else "question" if who in _ASKERS else "answer"
            for cut in _short_enough(passage.text, start, end):
                yield *cut, voice


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of about LONGEST characters that end where a sentence does, so that work stays linear."""
    while end - start > 2 * LONGEST:
        stop = _STOP.search(text, start + LONGEST, start + 2 * LONGEST)
        cut = stop.end() if stop else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _is_first_person(passages: Iterable[Passage]) -> bool:
    """Whether the whole text is someone's own account."""
    text = "\n".join(p.text for p in passages if p.role in ("body", "quote"))
    outside = _QUOTED.sub("", text)
    mine, spoken = len(_FIRST_PERSON.findall(outside)), len(_SPOKEN.findall(outside))
    return mine >= 3 and mine * 400 >= len(outside) and (spoken >= 3 or mine * 150 >= len(outside))


def _rules_from(passages: Sequence[Passage]) -> int | None:
    """Where the rules of a law or a notice begin, in articles or in numbered points; None in any other text."""
    found = [p.start for p in passages if _ARTICLE.match(p.text)]
    if len(found) >= 2:
        return found[0]
    body = [p for p in passages if p.role not in ("boilerplate", "table")]
    points = [p for p in body if _ITEM.match(p.text)]
    full = [p for p in points if len(p.text) > 25 or p.text.rstrip().endswith(".")]
    ruling = [p for p in full if _LAYS_DOWN.search(p.text) or _is_present(p.text)]
    if len(ruling) < 3 or len(ruling) * 10 < len(full) * 6:
        return None
    head = [p for p in body if p.start < points[0].start]
    if not any(_NOTICE.search(p.text) for p in head):
        return None
    opening = [p.start for p in head if "다음과" in p.text and _NOTICE.search(p.text)]
    return opening[0] if opening else points[0].start


def _is_present(text: str) -> bool:
    """Whether the last sentence ends in the present (지급한다), as rules do and reports do not."""
    text = text.rstrip(" .\n")
    if len(text) < 2 or text[-1] != "다" or not "가" <= text[-2] <= "힣":
        return False
    past = (ord(text[-2]) - 0xAC00) % 28 == 20
    return not past or text[-2] in "있겠"


def _is_statute(passages: Sequence[Passage], rules_from: int | None) -> bool:
    """Whether rules are an act of parliament or an ordinance, which call themselves 이 법 or 이 영."""
    if rules_from is None:
        return False
    near = [p for p in passages if p.start <= rules_from + 2000]
    return any(_STATUTE.search(p.text) for p in near)


def paragraphs(passages: Sequence[Passage]) -> list[Paragraph]:
    """All paragraphs to be coded, in text order; boilerplate is left out."""
    rules_from = _rules_from(passages)
    statute = _is_statute(passages, rules_from)
    turns = sum(len(_TURN.findall(p.text)) for p in passages)
    own = turns < 2 and _is_first_person(passages)
    found = []
    for passage in sorted(passages, key=lambda p: p.start):
        if passage.role == "boilerplate":
            continue
        damaged = "damaged_text" in passage.flags or _looks_damaged(passage.text)
        for start, end, voice in _turns(passage, turns >= 2):
            spoken = _voice(passage, passage.text[start:end], voice, own, rules_from)
            law = statute and spoken == "rule"
            text = passage.text[start:end]
            found.append(Paragraph(passage.start + start, text, passage.role, spoken, damaged, law))
    return found


def _voice(passage: Passage, text: str, turn: str, own: bool, rules_from: int | None) -> Voice:
    if turn in ("question", "answer"):
        return "question" if turn == "question" else "answer"
    if rules_from is not None and passage.start >= rules_from:
        return "rule"
    if passage.role == "title" or (_HEADING.match(text) and len(text) < 40 and not text.rstrip().endswith(".")):
        return "heading"
    return "answer" if own else "narration"
