"""Statements that nobody is named for: “reportedly”, “is believed to”, “there were reports of”, “an estimated”."""

from __future__ import annotations

import re

from testimonia.coding.english.sources import trailing_source
from testimonia.coding.english.statement import Cue, Statement, clause, made
from testimonia.coding.english.words import word_set

__all__ = ["bare", "distanced", "is_passive", "noun", "passive", "sense_of"]

_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|got)(?:\s+(?:also|widely|often|commonly|generally|reliably"
    r"|variously|initially|first|later|not|now|still"
    r"|officially|reportedly|\w+ly))*\s+$",
    re.I,
)
_PASSIVE_CUES = word_set("passive_cue")
_PASSIVE_GO = re.compile(r"\s+(?:to\b|that\b|as\b|by\b|in\b|at\b)|\s*[.,;]", re.I)
_BY = re.compile(r"(?:\s+\w+){0,2}?\s+by\s+", re.I)
_LEAD = re.compile(
    r"(?:\bthere\s+(?:were|was|are|have\s+been|continued\s+to\s+be|remain(?:ed)?)\s+(?:\w+\s+){0,4}$|^\s*$"
    r"|[.:]\s*$|^(?:\w+\s+){0,2}$)",
    re.I,
)
_NOUN_OF = re.compile(
    r"\s+(?:(?:also\s+)?(?:continued|persisted|emerged|surfaced|circulated"
    r"|increased)\b[^.;]{0,40}?\s)?(?:of|that|regarding|about|concerning|indicating|suggesting|alleging)\b"
    r"|\s+(?:vary|varied|ranged?)\b",
    re.I,
)
_BY_WHOM = word_set("passive_by")
_TO = re.compile(r"\s+(?:to|that)\b")
_TO_OR_THAT = re.compile(r"\s+(?:to|that|as\s+saying)\b")
_WEAK = frozenset({"considered", "known", "described", "documented"})
_THAT = re.compile(r"\s*(?:,?\s*(?:that|whether|how|why|what)\b|:(?:\s|$)|,?\s*[“\"‘])")
_SENSE = re.compile(r"\s+((?:the\s+)?[\w\s]{3,40}?)\s+that\b")
_NONE = re.compile(r"\b(?:no|any)\s+(?:\w+\s+){0,2}$")
_OWN_VERB = re.compile(
    r"[^.;]{0,80}?\b(?:indicat|suggest|stat|show|reveal|said|say|claim|alleg|estimat|report|found|describ|not)\w*\b"
)
_OF_OR_BY = re.compile(r"\b(?:of|by)\s+$")


def bare(cue: Cue, stance: str | None = None, rule: str = "adverb") -> Statement:
    """A cue that stands alone."""
    content = clause(cue.text, cue.end, cue.finish)
    return Statement(cue.start, cue.end, (cue.start, cue.end), None, content, stance or cue.stance, rule)


def distanced(cue: Cue) -> Statement | None:
    """“an estimated 200,000”, “for alleged contact”."""
    if cue.form == "alleged":
        return bare(cue, "distancing", "agentless")
    if cue.form == "estimated" and not _OF_OR_BY.search(cue.left(8)):
        return bare(cue, "estimate", "agentless")
    return None


def sense_of(cue: Cue) -> Statement | None:
    """“It is the sense of Congress that …”."""
    match = _SENSE.match(cue.text, cue.end, cue.finish)
    if match is None:
        return None
    at = cue.start + cue.form.index("sense")
    content = clause(cue.text, match.end(), cue.finish)
    return Statement(cue.start, match.end(), (at, at + 5), match.span(1), content, "position", "sense-of")


def noun(cue: Cue) -> Statement | None:
    """“There were reports of …”, “Estimates of …”."""
    match = _NOUN_OF.match(cue.text, cue.end, cue.finish)
    lead = cue.text[cue.begin : cue.start]
    if match is None or not _LEAD.search(lead) or (_NONE.search(lead) and cue.form != "reports"):
        return None
    if " from " in cue.text[cue.end : cue.end + 12] and _OWN_VERB.match(cue.text, match.end(), cue.finish):
        return None
    content = clause(cue.text, match.end(), cue.finish)
    return Statement(cue.start, match.end(), (cue.start, cue.end), None, content, cue.stance, "noun")


def is_passive(cue: Cue) -> bool:
    """“was reported”, “are widely believed”."""
    return (
        cue.inflection == "past" and not cue.form.startswith(("was ", "were ")) and bool(_PASSIVE.search(cue.left(32)))
    )


def passive(cue: Cue) -> Statement | None:
    """“is believed to have doubled”, “was denied by the ministry”, “were told that”."""
    by = _BY.match(cue.text, cue.end, cue.finish)
    if by and (cue.word in _PASSIVE_CUES or cue.word in _BY_WHOM):
        return made(cue, trailing_source(cue.reading, by.end(), cue.finish), "passive-by")
    if cue.word == "told":
        return made(cue, None, "passive") if cue.follows(_THAT) else None
    if cue.word not in _PASSIVE_CUES or cue.word in _WEAK or not cue.follows(_PASSIVE_GO):
        return None
    if cue.word in ("said", "reported") and not cue.follows(_TO_OR_THAT):
        return None
    verb = _PASSIVE.search(cue.text, max(cue.begin, cue.start - 40), cue.start)
    begun = verb.start() if verb else cue.start
    to = _TO.match(cue.text, cue.end, cue.finish)
    stance = "estimate" if cue.word in ("estimated", "expected", "projected") else "hearsay"
    subject = clause(cue.text, cue.begin, begun)
    return Statement(begun, to.end() if to else cue.end, (cue.start, cue.end), None, subject, stance, "agentless")
