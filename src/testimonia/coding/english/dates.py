"""Dates of an English passage, as EDTF where the words allow it.

A date keeps its preposition (“since the early 1990s”). Numbers inside a date are not figures: “in the past
three years” counts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from testimonia import vocabulary
from testimonia.coding.english.reading import Reading, Term
from testimonia.coding.english.words import word_set

__all__ = ["DateFound", "find_dates", "terms"]


class DateFound(NamedTuple):
    """A date at text[start:end]; `value` is EDTF or None for what only the context can place."""

    start: int
    end: int
    value: str | None
    dtype: str


_MONTHS = {row["form"]: int(row["value"]) for row in vocabulary.rows("en/calendar") if "month" in row["kind"]}
_SEASONS = {row["form"]: row["value"] for row in vocabulary.rows("en/calendar") if row["kind"] == "season"}
_DAYS = "|".join(row["form"] for row in vocabulary.rows("en/calendar") if row["kind"] == "weekday")
_TRIGGERS = word_set("date_trigger")
_REFERENCE = "last|past|next|previous|following|same|current|coming|recent|prior|preceding|subsequent|ensuing"
_COUNT = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty"
    r"|fifty"
)
_COUNT += r"|few|several|couple\ of|many|dozen|half|1\.5)(?:\ (?:and\ a\ half|or\ (?:two|three|more)))?"
_SPAN = r"(?:day|week|weekend|month|quarter|year|decade|century|centurie|hour)s?"
_GAP = r"[\s\u00a0]+"
_M = "(?i:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_Y = r"(?:1[5-9]|20)\d\d(?![\d,.]*\d|%)"
_ORD = r"(?:st|nd|rd|th)?"

_DATE = re.compile(
    rf"""\b(?:
    (?P<prep>(?i:since|during|throughout|until|till|by|before|after|from|between|in|on|for|over|within
      |as\ of|at|through
        |around|following|prior\ to|as\ early\ as|starting|beginning|ending|dated|to|and|into|up\ to|toward
          |towards)\s+)?
    (?P<qual>(?i:the\s+)?(?i:(?:very\s+)?(?:late|early|mid|middle|end|beginning|start|first\s+half
      |second\s+half|latter\s+half
        |(?:first|second|third|fourth|last|final)\s+(?:quarter|months?|weeks?|days?)
        |first\s+\w+\s+months)(?:\s+of|\s+in)?[\s-]+)?(?i:the\s+)?(?i:year\s+|fiscal\s+year\s+|FY\s?
          |spring\s+(?:of\s+)?
        |summer\s+(?:of\s+)?|autumn\s+(?:of\s+)?|fall\s+(?:of\s+)?|winter\s+(?:of\s+)?)?)
    (?:
        (?P<iso>{_Y}-[01]\d(?:-[0-3]\d)?)(?!\d)
      | (?P<dmy>(?:[0-3]?\d{_ORD}(?:\s?[-–]\s?|\ (?:to
        |and)\ ))?[0-3]?\d{_ORD}{_GAP}(?:of\ )?(?P<m1>{_M}),?(?:{_GAP}(?P<y1>{_Y}))?)
      | (?P<mdy>(?P<m2>{_M}){_GAP}(?P<d2>[0-3]?\d){_ORD}(?![\d,]*\d|%|\ (?:percent|people|men|women))
          (?:\s?[-–]\s?[0-3]?\d{_ORD}|\ (?:and|to)\ [0-3]?\d\b)?(?:,?{_GAP}(?P<y2>{_Y}))?)
      | (?P<my>(?P<m3>{_M})(?:,?{_GAP}(?:of\ )?(?P<y3>{_Y}))?)
      | (?P<range>(?P<ya>{_Y})(?:\s?[-–/]\s?|\ and\ |\ to\ |\ through\ |\ until\ )(?P<yb>{_Y}|\d\d(?!\d)))
      | (?P<decade>(?P<y4>(?:1[5-9]|20)\d0)['’]?s\b|['’](?P<y6>[2-9]0)s\b)
      | (?P<y5>{_Y})(?![\w/]|-\w)
    )
    |(?i:(?:on|last|next|this|by|since|until|before|after|from)\s+)?(?P<weekday>(?:{_DAYS}))\b(?:\s(?:morning
        |afternoon|evening|night))?
    |(?i:(?:in|over|during|for|within|from|throughout|on|at|since|by|until|before|after|as\ of
      |to)\s+)?(?P<rel>(?i:
        (?:the|that|this)\s+(?:{_REFERENCE})\s+(?:{_COUNT}\s+)?(?:calendar\s+
          |fiscal\s+)?{_SPAN}\b(?:\s+of\s+{_Y}|\s+in\s+{_Y})?
       |(?:{_REFERENCE})\s+(?:{_COUNT}\s+)?{_SPAN}\b
       |(?:more\ than\ |less\ than\ |about\ |over\ |nearly\ |almost\ )?(?:a|an|{_COUNT})\s+{_SPAN}
          \s+(?:ago|earlier|later|previously|prior|beforehand)\b
       |(?<=during\ )(?:the|that)\s+(?:reporting\ )?(?:year|period|month|week)\b|(?<=throughout\ )(?:the
         |that)\s+year\b
       |(?:the\ )?(?:end|beginning|start|close|middle|rest|remainder|course|most|much|all
         |part)\s+of\s+(?:the|that|this)\s+
          (?:year|month|week|decade|century|reporting\ period)
       |(?:the\ )?year['’]s\ end|year-?\ ?end|(?:that|this)\s+(?:year|month|week|weekend|decade)\b
       |(?<=since\ )then\b|(?<=to\ )date\b|yesterday\b
       |(?:the\ )?(?:first|second|third|fourth)\s+quarter\b
       |(?:the\s+)?\d\d(?:st|nd|rd|th)\s+century\b|(?:the\ )?(?:turn|middle|end)\s+of\s+the\s+century))
    |(?P<era>(?i:since|during|after|before|following|prior\s+to|amid|throughout|until)\s+(?:(?i:the|its|his
      |their)\s+)?
        (?:(?i:onset|start|beginning|height|outbreak|end)\s+of\s+(?i:the\s+)?)?
        (?:(?:COVID(?:-|\u2011)19|(?i:corona\s?virus)|Covid)(?:\s+(?i:pandemic|outbreak|lockdowns?
          |border\s+closures?))?
        |(?i:global\s+|worldwide\s+|great\s+)?(?i:pandemic|famine|lockdown)\b
        |(?:Vietnam|Korean|Second\ World|First\ World|Cold|Gulf|Civil|World)\s+(?i:war)(?:\ II?)?(?:\ era)?
        |Cultural\ Revolution|Arduous\ March|Great\ Leap\ Forward|\w+\s+era\b))
    |(?P<season>(?i:in|during|over|since|by|throughout)\s+(?i:the\s+)?(?i:early\s+|late\s+|following\s+)?
        (?P<sname>(?i:spring|summer|autumn|fall|winter))\b(?:\s+(?:of\s+)?(?P<y7>{_Y}))?)
    )""",
    re.VERBOSE,
)
_HINT = re.compile(
    r"(?i:last|past|next|previous|following|same|coming|recent|prior|preceding|subsequent|ensuing|current|ago\b"
    r"|earlier|later|that|this|end|start|beginning|rest|remainder|course|during|throughout|first|second|third"
    r"|fourth"
    r"|since|before|after|amid|\d(?:st|nd|rd|th)\b|to\ date|until)"
)
_LEFT = 44  # how far left of its trigger a date may begin
_RIGHT = 48


def terms() -> Iterator[Term]:
    """What makes it worth looking for a date."""
    for row in vocabulary.rows("en/calendar"):
        yield Term(row["form"], "date", row["kind"], "" if row["kind"] == "season" else "title")
    for word in _TRIGGERS:
        yield Term(word, "date", "word")


def find_dates(reading: Reading, digits: list[tuple[int, int]]) -> list[DateFound]:
    """Dates in text order; `digits` are the runs of digits of the passage."""
    text = reading.text
    triggers = [
        (start, end)
        for start, end, term in reading.found.get("date", ())
        if term.data != "word" or _HINT.search(text, max(0, start - 32), end + 10)
    ]
    triggers += [(s, e) for s, e in digits if e - s == 4 and text[s] in "12" and text[s : s + 4].isdigit()]
    triggers.sort()
    dates: list[DateFound] = []
    done = 0
    for start, end in triggers:
        if start < done:
            continue
        for match in _DATE.finditer(text, max(done, start - _LEFT), min(len(text), end + _RIGHT)):
            if match.start() > start:
                break
            if match.end() > start and (found := _read(match, reading)):
                dates.append(found)
                done = found.end
                break
    return dates


def _read(match: re.Match[str], reading: Reading) -> DateFound | None:
    start, end = match.span()
    prep = (match["prep"] or "").strip().lower()
    if prep in ("to", "and"):
        start = match.end("prep")
    elif not prep and (match["qual"] or "").strip().lower() == "the":
        start = match.end("qual")
    value, dtype = _value(match)
    if match["m3"] and not match["y3"]:
        word = match["m3"].rstrip(".")
        if word in ("May", "March") and not _is_month(match, reading.text):
            return None
        if word[0].islower() and not reading.damaged:
            return None
    if dtype == "year" and _is_label(reading.text, match.start("y5")):
        return None
    while reading.text[end - 1] in "., \n\u00a0":
        end -= 1
    return DateFound(start, end, value, dtype)


_LABEL = re.compile(
    r"(?:No\.?|Nos\.?|Article|Resolution|Section|Order|Decree|Room|Unit|Law|Act|page|p\.|§|#|[$€£¥₩/])\s*$"
)
_MODAL = re.compile(r"\s+(?:be|have|not|also|only|still|well|face|take|include|seem|need|\w+ly|his|her|their|God)\b")


def _is_label(text: str, start: int) -> bool:
    return bool(_LABEL.search(text, max(0, start - 14), start)) or text[start - 1 : start] in ("/", "$", "-")


def _is_month(match: re.Match[str], text: str) -> bool:
    before = match["prep"] or match["qual"]
    return bool(before) or not (_MODAL.match(text, match.end()) or text[: match.start()].strip() == "")


def _value(match: re.Match[str]) -> tuple[str | None, str]:
    kind = match.lastgroup
    prep = (match["prep"] or "").strip().lower()
    if match["iso"]:
        return match["iso"], "day" if len(match["iso"]) > 7 else "month"
    if match["dmy"]:
        day = re.findall(r"\d+", match.string[match.start("dmy") : match.start("m1")])[-1]
        return _day(match["y1"], match["m1"], int(day)), "day"
    if match["mdy"]:
        return _day(match["y2"], match["m2"], int(match["d2"])), "day"
    if match["my"]:
        return f"{match['y3'] or 'XXXX'}-{_month(match['m3']):02}", (
            "month" if match["y3"] or kind else "month_no_year"
        )
    if match["range"]:
        last = match["yb"] if len(match["yb"]) == 4 else match["ya"][:2] + match["yb"]
        return f"{match['ya']}/{last}", "period"
    if match["decade"]:
        value = f"{match['y4'][:3]}X" if match["y4"] else f"19{match['y6'][0]}X"
        return (f"{value}/..", "period_open") if prep == "since" else (value, "decade")
    if match["y5"]:
        return _year(match["y5"], prep, (match["qual"] or "").lower())
    if match["season"]:
        return f"{match['y7'] or 'XXXX'}-{_SEASONS[match['sname'].lower()]}", "season"
    return (None, "period" if match["era"] else "relative")


def _month(word: str) -> int:
    return _MONTHS[word.rstrip(".").capitalize()]


def _day(year: str | None, month: str, day: int) -> str:
    return f"{year or 'XXXX'}-{_month(month):02}-{day:02}"


def _year(year: str, prep: str, qualifier: str) -> tuple[str, str]:
    if "first half" in qualifier:
        return f"{year}-01/{year}-06", "period"
    if "second half" in qualifier or "latter half" in qualifier:
        return f"{year}-07/{year}-12", "period"
    for season, code in _SEASONS.items():
        if season in qualifier:
            return f"{year}-{code}", "season"
    return (f"{year}/..", "period_open") if prep == "since" else (year, "year")
