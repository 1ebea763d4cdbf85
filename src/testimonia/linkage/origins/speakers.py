"""Who speaks for a coding within its document, by the parts and attributions the coder found there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from testimonia.linkage.origins import sources
from testimonia.linkage.origins.looking import Mentions
from testimonia.linkage.origins.passing import looks_back
from testimonia.linkage.origins.sources import Mention
from testimonia.model import Coding, Document, Part

__all__ = ["Cover", "Names", "named_part"]

SPEAKERS = ("claimant", "source")
AHEAD = 400  # characters after a pointing word in which a lead may name whom it means
NEAR = 12  # attributions before a coding that may span it
MOST = 200  # places of one name that are looked at, and names of one sentence
TOPIC = re.compile("[’'”\"」』)）]*[은는이가] ")
SAYING = re.compile(
    "[”」』]?(?:[（(][^)）]{1,60}[)）])?(?:于|於)?(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:发布报告|發布報告)?"
    "(?:表示|称|稱|说|說|指出|认为|認為|透露|估计|估計)"
)
BRACKET = re.compile(r"[’'”\"」』]?\s?\([^)]{1,60}\)")
SENTENCE = re.compile("[.!?。！？]")


def named_part(coding: Coding) -> Part | None:
    """The part of a coding that names who says it."""
    return next((coding.parts[name] for name in SPEAKERS if name in coding.parts), None)


class Cover:
    """Which attribution speaks for a coding that has no speaker of its own."""

    def __init__(self, document: Document) -> None:
        self._attributions = [c for c in document.codings if c.kind == "attribution"]
        self._passages = [p.start for p in document.passages]
        self._scoped: dict[int, Coding] = {}
        for coding in self._attributions:
            if coding.attributes.get("scope") in ("paragraph", "passage"):
                self._scoped[bisect_right(self._passages, coding.start)] = coding
        wide = [c for c in self._attributions if c.attributes.get("scope") == "document"]
        self._document = wide[0] if wide else None
        self._spans = sorted((*_span(c), i) for i, c in enumerate(self._attributions))

    def speaker(self, coding: Coding) -> tuple[Coding, Part | None] | None:
        """The coding that names the speaker, and the part that does; None where the document itself speaks."""
        if named_part(coding) is not None or coding.kind == "attribution":
            return coding, named_part(coding)
        if coding.attributes.get("claimant_norm"):
            return coding, None
        held = self._holding(coding)
        if held is None:
            held = self._scoped.get(bisect_right(self._passages, coding.start), self._document)
        return (held, named_part(held)) if held is not None else None

    def _holding(self, coding: Coding) -> Coding | None:
        """The tightest attribution whose source, cue and content span the coding."""
        last = bisect_right(self._spans, (coding.start, 1 << 60, 0))
        best: tuple[int, int] | None = None
        for start, end, index in self._spans[max(0, last - NEAR) : last]:
            if end >= coding.end and (best is None or end - start < best[0]):
                best = (end - start, index)
        return self._attributions[best[1]] if best else None


def _span(coding: Coding) -> tuple[int, int]:
    held = [coding.parts[name] for name in ("content", "cue", "source") if name in coding.parts]
    return min([coding.start, *(p.start for p in held)]), max([coding.end, *(p.end for p in held)])


class Names:
    """The named sources of a document, by where they stand.

    They are those its codings name, the organisations coded in it, and the places where its own publisher and
    other names in quotation marks stand.
    """

    def __init__(self, document: Document, publisher: str = "") -> None:
        self._text = document.text
        found = dict(_in_text(document, publisher))
        found.update(_coded(document))
        self._starts = sorted(found)
        self._mentions = [found[start][1] for start in self._starts]
        self._ends = [found[start][0] for start in self._starts]
        self._known = Mentions(self._mentions)
        self._marks = [mark.start() for mark in SENTENCE.finditer(self._text)]
        self._saying: Mapping[int, bool] = _Told(lambda end: bool(SAYING.match(self._text, end)))
        self._topics: Mapping[int, bool] = _Told(self._is_topic)

    def stands_for(self, mention: Mention, norm: str, place: int) -> Mention | None:
        """The named source a mention at a place stands for: its own, the coder's, or one of the text's."""
        upto = bisect_left(self._starts, place)
        if mention.points is not None and norm:
            given = sources.read(norm)
            if given.name and given.points is None:
                return self._known.resolve(given, upto)
            if given.points == "official" and (office := self._known.resolve(given, upto)):
                return office
        found = self._known.resolve(mention, upto)
        if found is None and mention.points in ("report", "organisation"):
            ahead = self._mentions[upto : bisect_right(self._starts, place + AHEAD)]
            found = Mentions(ahead[:1]).resolve(mention, 1)
        return found

    def speaking(self, start: int) -> Mention | None:
        """The named source that a Chinese sentence opens with and a word of saying follows: 「…」表示，…"""
        return self._in_sentence(start, self._saying)

    def topic(self, start: int) -> Mention | None:
        """The named source that is the topic of the Korean sentence an agentless cue at `start` stands in."""
        return self._in_sentence(start, self._topics)

    def looking_back(self, end: int) -> Mention | None:
        """The named source that the next sentence says told what ends at `end`: …는 이같이 밝혔다."""
        place = looks_back(self._text, end)
        return self.topic(place) if place is not None else None

    def _in_sentence(self, start: int, told: Mapping[int, bool]) -> Mention | None:
        """The last mention before `start` that is told so by what follows it, if no sentence ends in between."""
        mark = bisect_left(self._marks, start)
        ended = self._marks[mark - 1] if mark else -1
        first = bisect_left(self._starts, start) - 1
        for index in range(first, max(-1, first - MOST), -1):
            if self._ends[index] <= ended:
                return None
            if told[self._ends[index]]:
                return self._mentions[index]
        return None

    def _is_topic(self, end: int) -> bool:
        bracket = BRACKET.match(self._text, end)
        return bool(TOPIC.match(self._text, bracket.end() if bracket else end))


class _Told(dict[int, bool]):
    """What is told of a place, worked out when it is first asked for."""

    def __init__(self, tell: Callable[[int], bool]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, place: int) -> bool:
        self[place] = told = self._tell(place)
        return told


def _coded(document: Document) -> Iterator[tuple[int, tuple[int, Mention]]]:
    for coding in document.codings:
        part = named_part(coding)
        if part is not None:
            mention = sources.read(part.quote)
            if mention.name and mention.points is None:
                yield part.start, (part.end, mention)
        elif coding.kind == "org" and coding.attributes.get("named") != "false":
            mention = sources.read(coding.quote)
            if mention.points is None:
                named = replace(mention, name=mention.name or coding.quote, sort=_body(mention))
                yield coding.start, (coding.end, named)


def _body(mention: Mention) -> sources.Sort:
    return mention.sort if mention.sort in ("official", "report") else "organisation"


def _in_text(document: Document, publisher: str) -> Iterator[tuple[int, tuple[int, Mention]]]:
    for quoted in sources.quoted_bodies(document.text):
        yield quoted.start(1), (quoted.end(1), Mention(quoted[1], "organisation", name=quoted[1]))
    if publisher:
        office = sources.read(publisher).sort == "official"
        own = Mention(publisher, "official" if office else "report", name=publisher)
        for number, found in enumerate(re.finditer(re.escape(publisher), document.text)):
            if number >= MOST:
                return
            yield found.start(), (found.end(), own)
