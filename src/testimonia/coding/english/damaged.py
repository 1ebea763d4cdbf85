"""Text whose digits, capitals, punctuation and small words are gone: what was a figure is lost, and said so.

Never a number here: “crew work hours day” had two, and nobody can know them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from testimonia import vocabulary
from testimonia.coding.english.reading import Reading
from testimonia.coding.english.statement import Statement, clause

__all__ = ["LostFigure", "lost_figures", "stripped_orgs", "stripped_statements"]


@dataclass(frozen=True, slots=True)
class LostFigure:
    """A quantity that once stood at text[start:end]; `number` is what is left of it, for verbal ones."""

    start: int
    end: int
    unit: str
    status: str
    number: tuple[int, int] | None = None
    low: float | None = None


def _alternatives(forms: set[str]) -> str:
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))


_MONEY = {
    row["form"].lower(): row["unit"]
    for row in vocabulary.rows("en/units")
    if row["measure"] == "money" and " " not in row["form"]
}
_PEOPLE = _alternatives(
    {
        row["form"]
        for row in vocabulary.rows("en/people")
        if row["form"].endswith(("s", "men", "people", "children")) and " " not in row["form"]
    }
)
_VERBAL = {row["form"]: row["value"] for row in vocabulary.rows("en/numbers") if row["kind"] == "verbal"}
_WORDS = r"(?:[a-z]+ ){0,3}"
_TIME = r"(?:minutes?|hours?|days?|nights?|weeks?|months?|years?)"
_LOST = re.compile(
    rf"""(?P<rate>{_WORDS}(?P<a>hours|days|times|minutes|meals)\ (?P<b>day|week|month|year)\b)
    |(?P<scale>{_WORDS}\b(?P<s>million|billion|trillion|thousand
      |hundred)\b(?:\ (?P<sp>{_PEOPLE})\b)?(?:\ (?P<sm>{_alternatives(set(_MONEY))})\b)?)
    |(?P<money>{_WORDS}\b(?P<m>{_alternatives(set(_MONEY))})\b(?:\ per\ (?P<per>person|worker|head|day
      |month|week|year|night)\b)?)
    |(?P<age>(?:[a-z]+\ )?\b(?:ages|aged|age)\b(?:\ [a-z]+)?|{_WORDS}years\ old\b)
    |(?P<time>{_WORDS}\b(?P<t>{_TIME})\b(?<!per\ year)(?<!per\ month)(?<!per\ day))
    |(?P<percent>{_WORDS}\b(?:percent|per\ cent)\b)
    |(?P<length>{_WORDS}\b(?P<l>kilometers|kilometres|km|miles|meters|metres|tons|tonnes|kilograms)\b)
    |(?P<acted>(?:[a-z]+\ ){{0,2}}\b(?:sold|jailed|charged|fined|recruited|sheltered
      |trained|assisted|employed|hired|interrogated|questioned|totall?ed|freed|arrested|detained|rescued|killed|deported|repatriated
      |convicted|identified|interviewed|prosecuted|sentenced|registered
        |resettled|recorded|counted|surveyed|estimated|nearly|approximately|least|least|around|roughly
          |almost)\ (?:[a-z]+\ )?(?:{_PEOPLE})\b)
    |(?P<verbal>\b(?P<v>{_alternatives(set(_VERBAL))}|small\ share|large\ share
      |majority)\b(?:\ [a-z]+){{0,2}})""",
    re.VERBOSE | re.IGNORECASE,
)
_ANCHOR = re.compile(
    rf"""\b(?:hours|days|times|minutes|meals|million|billion|trillion|thousand|hundred|{_alternatives(set(_MONEY))}
    |ages|aged|age|years|{_TIME}|percent|per\ cent|kilomet(?:er|re)s|km|miles|meters|metres|tons|tonnes|kilograms
    |sold|jailed|charged|fined|recruited|sheltered|trained|assisted|employed|hired|interrogated|questioned|totall?ed
    |freed|arrested|detained|rescued|killed|deported|repatriated|convicted|identified|interviewed|prosecuted|sentenced
    |registered|resettled|recorded|counted|surveyed|estimated|nearly|approximately|least|around|roughly|almost
    |{_alternatives(set(_VERBAL))}|small\ share|large\ share|majority)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = 3  # words of a lost figure that may stand before its anchor
_KINDS = ("rate", "scale", "money", "age", "time", "percent", "length", "acted", "verbal")
_PLAIN_UNITS = {"age": "years_of_age", "percent": "percent", "acted": "persons"}
_PER = {"worker": "person", "head": "person"}
_LENGTHS = {"kilometers": "km", "kilometres": "km", "meters": "m", "metres": "m", "tonnes": "tons", "kilograms": "kg"}
_NUMBERED = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|hundred|several|few)\b)[\w\s]{0,12}$",
    re.I,
)
_DATED = re.compile(
    r"\b(?:last|past|next|per|every|each|previous|recent|this|same|following|following|earlier|later)\s+$", re.I
)
_CUE = re.compile(
    r"\b(?P<verb>reported|said|claimed|stated|told|found|estimated|announced|alleged|denied|warned"
    r"|documented|noted|added|confirmed|admitted|insisted|recalled|testified|argued|acknowledged|disputed|rejected"
    r"|concluded|revealed|explained|complained|recorded|believes?|says|suggests?|according)\b"
)
_FILLER = re.compile(
    r"(?:even|also|however|meanwhile|yet|still|though|although|but|and|the|when|while|recently|later|last"
    r"|year|month)\s+"
)
_SOURCE = re.compile(r"((?:[a-z]+ ){0,2}[a-z]+)\s$")
_BODY = re.compile(
    r"\b(?:government|ministry|police|navy|army|authorities|union|watch|group|network|agency|commission"
    r"|committee|council|court|department|association|foundation|project|office"
    r"|centre|center|institute|party|bureau|organization|organisation|international|parliament|workers"
    r"|officials|researchers|charity|alliance)$"
)


def lost_figures(reading: Reading) -> Iterator[LostFigure]:
    """Quantities of a damaged passage, each lost or at most verbal."""
    text = reading.text
    for match in _lost(text):
        kind = next(kind for kind in _KINDS if match[kind])
        if (
            kind not in ("verbal", "acted", "age")
            and _NUMBERED.search(match.group()[:-1])
            and any(c.isdigit() for c in match.group())
        ):
            continue
        if kind == "verbal":
            number = match.span("v") if match["v"] else match.span()
            low = (_VERBAL.get(text[number[0] : number[1]].lower(), "") or "").partition("/")[0]
            unit = "fraction" if "share" in match.group() else "persons"
            yield LostFigure(*match.span(), unit, "verbal", number, float(low) if low else None)
        elif not (kind == "time" and _DATED.search(text, max(0, match.start("t") - 24), match.start("t"))):
            yield LostFigure(*match.span(), _unit(kind, match), "lost")


def _lost(text: str) -> Iterator[re.Match[str]]:
    """The matches of _LOST, tried only from the few words before a word that one needs."""
    reached = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() < reached:
            continue
        starts = [anchor.start()]
        while len(starts) <= _BEFORE and starts[-1] > reached:
            starts.append(max(text.rfind(" ", reached, starts[-1] - 1) + 1, reached))
        match = next(filter(None, (_LOST.match(text, start) for start in reversed(starts))), None)
        if match:
            reached = match.end()
            yield match


def _unit(kind: str, match: re.Match[str]) -> str:
    if kind == "rate":
        return f"{match['a']}/{match['b']}".lower()
    if kind == "scale":
        money = _MONEY.get((match["sm"] or "").lower())
        return money or ("persons" if match["sp"] else "currency lost")
    if kind == "money":
        per = (match["per"] or "").lower()
        return _MONEY[match["m"].lower()] + (f"/{_PER.get(per, per)}" if per else "")
    if kind == "time":
        return match["t"].lower().rstrip("s") + "s"
    if kind == "length":
        return _LENGTHS.get(match["l"].lower(), match["l"].lower())
    return _PLAIN_UNITS[kind]


def stripped_statements(reading: Reading) -> list[Statement]:
    """Attributions without punctuation: the words before “reported”, the words after “according”."""
    text, found, last = reading.text, [], 0
    for match in _CUE.finditer(text):
        start, end = match.span()
        rest = clause(text, end, min(len(text), end + 60))
        if match["verb"] == "according":
            after = re.compile(
                r"\s+(?:to\s+)?((?:[a-z]+ ){0,2}?[a-z]+)(?=\s+(?:million|billion|thousand|people|least"
                r"|nearly|\d)|(?:\s[a-z]+)*?$|\s)"
            ).match(text, end)
            source = _named_end(text, after.start(1)) if after else None
            if source:
                found.append(
                    Statement(
                        start,
                        source[1],
                        (start, end),
                        source,
                        clause(text, source[1], min(len(text), end + 80)),
                        "according_to",
                        "stripped",
                    )
                )
            continue
        begin = last
        while filler := _FILLER.match(text, begin):
            begin = filler.end()
        before = _SOURCE.search(text, max(begin, start - 40), start)
        source = before.span(1) if before and start - begin > 2 else None
        if (
            source
            and match["verb"] in ("estimated", "found", "noted", "added")
            and not _BODY.search(text[source[0] : source[1]])
        ):
            source = None
        if source is None and match["verb"] != "estimated":
            continue
        stance = "estimate" if match["verb"] == "estimated" else "neutral_report"
        found.append(Statement(source[0] if source else start, end, (start, end), source, rest, stance, "stripped"))
        last = end + 1
    return found


def _named_end(text: str, start: int) -> tuple[int, int] | None:
    """Up to the first word that ends the name of a body, at most four words."""
    end = start
    for count, word in enumerate(re.finditer(r"[a-z]+", text[start : start + 60])):
        if count > 3:
            break
        end = start + word.end()
        if count and word.group() in (
            "union",
            "watch",
            "group",
            "ministry",
            "network",
            "agency",
            "government",
            "police",
            "report",
            "media",
            "sources",
            "officials",
            "commission",
        ):
            return start, end
    return (start, end) if end > start else None


def stripped_orgs(reading: Reading, said: list[Statement]) -> Iterator[tuple[int, int]]:
    """Sources of a damaged passage that end like the name of a body."""
    for statement in said:
        if statement.source and _BODY.search(reading.text[statement.source[0] : statement.source[1]]):
            yield statement.source
