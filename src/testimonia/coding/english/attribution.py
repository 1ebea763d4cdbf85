"""Attributions: a cue, who is behind it, and what is attributed, one sentence at a time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from testimonia import vocabulary
from testimonia.coding.english.reading import Found, Reading, Term
from testimonia.coding.english.sources import is_testimony, source_after, source_before, trailing_source

__all__ = ["Statement", "statements", "terms"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """A cue with its source and content, in offsets of the passage."""

    start: int
    end: int
    cue: Span
    source: Span | None
    content: Span | None
    stance: str
    rule: str
    testimony: bool = False
    via: Span | None = None


_THAT = re.compile(r"\s*(?:,?\s*(?:that|whether|how|why|what)\b|:(?:\s|$)|,?\s*[“\"‘])")
_NOUN_AFTER = re.compile(r"\s+(?:are|is|was|were|have|has|had|will|would|could|to|of|and|or|in|for|from|on|by|at|against|with|about|regarding|found|said|shows?|showed|noted|provided|included|made|gave|held|that\s+(?:was|were|is|are)|(?!indeed|need)\w+ed)\b|\s*[.,;)]")
_CLAUSE = re.compile(r"\s+(?:there|it|he|she|they|we|the|this|these|those|his|her|their|its|some|many|most|all|no|authorities|officials|prisoners"
                     r"|police|women|men|children|several|at least|more than|nearly|approximately|about|only|\d|[A-Z])", re.I)
_OBJECT = re.compile(r"[\s,]*(?:[“\"‘]?[\w$€£¥₩])")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|get|got)(?:\s+(?:also|widely|often|commonly|generally|reliably|variously|initially|first|later|not|now|still"
                      r"|officially|reportedly|\w+ly))*\s+$", re.I)
_PASSIVE_CUES = frozenset(
    "reported believed estimated thought alleged said expected rumored rumoured understood claimed assumed suspected feared projected considered known"
    " presumed calculated predicted forecast documented described".split())
_PASSIVE_GO = re.compile(r"\s+(?:to\b|that\b|as\b|by\b|in\b|at\b)|\s*[.,;]", re.I)
_BY = re.compile(r"(?:\s+\w+){0,2}?\s+by\s+", re.I)
_INFINITIVE = re.compile(r"\b(?:to|not|n[’']t|cannot|never|could|can|may|might|must|shall|will|let|without|of|for|by|from|in|on|upon|against|about)\s+$", re.I)
_ALLOWED_TO = re.compile(r"\b(?:continue[sd]?|continuing|began|begun|begins?|went on|goes on|go on|sought|seek|seeks|appear(?:s|ed)?|seem(?:s|ed)?|tend(?:s|ed)?)\s+to\s+$", re.I)
_ADJECTIVE = re.compile(r"\b(?:the|a|an|any|no|this|that|its|their|his|her|our|all|such|other|for|of|in|with|over|about|some|most|many|few|by|on|from|as|or)\s+$", re.I)
_NOUNISH = re.compile(r"(?:\b(?:the|a|an|any|no|this|that|these|those|its|their|his|her|our|all|such|other|each|every|some|many|several|numerous|credible|recent|such|of|for|in"
                      r"|with|by|on|from|to|previous|official|annual|media|press|news|false|police|written|public|independent|first|new|similar|various|unconfirmed"
                      r"|multiple|state|anecdotal|following|human rights|\d+|’s|'s))\s+$", re.I)
_NOUN_FORMS = frozenset(
    "report reports claim claims estimate estimates call demand demands request requests note notes comment comments charge charges appeal promise promises pledge"
    " pledges warn state states account document documents record records question project projects blame figure figures plan detail details remark remarks view views"
    " fear fears hope hopes measure show shows label labels brand brands post posts quote quotes rule rules judge judges signal signals recall vow vows dispute"
    " disputes contest contests caution broadcast deny read hold mention suspect suspects urge forecast post".split())
_DOCUMENT = re.compile(r"\b(?:reports?|data|surveys?|study|studies|records?|research|statistics|figures|documents?|footage|images?|imagery|polls?|analys[ei]s|reviews?|interviews?"
                       r"|assessments?|evidence|videos?|photos?|investigations?|inquiry|audits?|findings|results|census|commission|congress|court|tribunal|committee|papers?|letter"
                       r"|testimon(?:y|ies)|group|organization|network|researchers|investigators|NGOs?|media|HRW|OHCHR|KINU|it)\b", re.I)
_AS = re.compile(r"\s+(?!as\b)[^.;:]{2,90}?\s(?:as|to be)\s", re.I)
_LEAD = re.compile(r"(?:\bthere\s+(?:were|was|are|have\s+been|continued\s+to\s+be|remain(?:ed)?)\s+(?:\w+\s+){0,4}$|^\s*$|[.:]\s*$|^(?:\w+\s+){0,2}$)", re.I)
_NOUN_OF = re.compile(r"\s+(?:(?:also\s+)?(?:continued|persisted|emerged|surfaced|circulated|increased)\b[^.;]{0,40}?\s)?(?:of|that|regarding|about|concerning|indicating|suggesting|alleging)\b"
                      r"|\s+(?:vary|varied|ranged?)\b", re.I)
_NOUN_ESTIMATE = re.compile(r"\b(?:an?|some|the)\s+$", re.I)
_POST = re.compile(r"\s*(?:[.;]|,?\s*(?:on|in|last|at)\b[^,;]{0,40}[.;]|$|,\s)")
_LAW_SPEAKS = re.compile(r"\b(?:law|laws|constitution|code|act|article(?:\s\w+)?|regulations?|legislation|statute)$", re.I)
_MANNER = re.compile(
    r"(?:\w+\s+){0,3}?(?:laws?|code|standards?|models?|rules?|regulations?|procedures?|plans?|schedules?|principles?|criteria|gender|age|ability|background|classification|wishes"
    r"|needs?|merit|size|type|tradition|custom|agreements?)\b", re.I)
_NESTED = frozenset({"demand", "commitment"})


def terms() -> Iterator[Term]:
    """The cues."""
    for row in vocabulary.rows("en/cues"):
        yield Term(row["form"], "cue", (row["class"], row["inflection"], row["stance"]))


def statements(reading: Reading) -> list[Statement]:
    """The attributions of a passage in text order."""
    found: list[Statement] = []
    for hit in reading.found.get("cue", ()):
        begin, finish = reading.sentence(hit[0])
        begin = max(begin, reading.heading)
        if hit[0] < begin or (reading.text[hit[0]].isupper() and reading.text[begin : hit[0]].strip(" “(\"") and not reading.damaged):
            continue
        statement = _statement(reading, hit, begin, finish, found)
        if statement:
            found.append(statement)
    return found


def _statement(reading: Reading, hit: Found, begin: int, finish: int, before: list[Statement]) -> Statement | None:
    kind, inflection, stance = hit[2].data
    if kind == "adverb":
        return _bare(reading, hit, finish, stance, "adverb")
    if kind == "sense":
        return _sense(reading, hit, finish)
    if kind == "according":
        return _according(reading, hit, begin, finish)
    if kind == "noun" and inflection == "plural":
        found = _noun(reading, hit, begin, finish, stance)
        if found or hit[2].form not in ("reports", "estimates", "claims"):
            return found
        kind, inflection, stance = "say", "third", "neutral_report"
    return _verb(reading, hit, begin, finish, kind, inflection, stance, before)


def _bare(reading: Reading, hit: Found, finish: int, stance: str, rule: str) -> Statement:
    start, end, _ = hit
    content = _clause_after(reading.text, end, finish)
    return Statement(start, end, (start, end), None, content, stance, rule)


def _sense(reading: Reading, hit: Found, finish: int) -> Statement | None:
    """“It is the sense of Congress that …”."""
    start, end, term = hit
    match = re.match(r"\s+((?:the\s+)?[\w\s]{3,40}?)\s+that\b", reading.text[end:finish])
    if match is None:
        return None
    cue = start + term.form.index("sense")
    source, stop = (end + match.start(1), end + match.end(1)), end + match.end()
    return Statement(start, stop, (cue, cue + 5), source, _clause_after(reading.text, stop, finish), "position", "sense-of")


def _clause_after(text: str, start: int, finish: int) -> Span | None:
    while start < finish and text[start] in " ,:\n“\"\u00a0":
        start += 1
    stop = finish
    while stop > start and text[stop - 1] in " .\n”\"’\u00a0;,":
        stop -= 1
    return (start, stop) if stop > start else None


def _according(reading: Reading, hit: Found, begin: int, finish: int) -> Statement | None:
    start, end, term = hit
    source = source_after(reading, end, finish)
    if source is None:
        return None
    if term.form.endswith(" by") and not re.match(r"(?:the\s|a\s)?[A-Z]|(?:the|local|state|several)\s", reading.text[source[0] : source[0] + 12]):
        return None
    if _MANNER.match(reading.text, source[0], source[1]) and term.form == "according to":
        return None
    lead = reading.text[begin:start].strip(" ,“")
    content = _clause_after(reading.text, source[1], finish) if len(lead) < 12 else (begin, start)
    if content and len(lead) >= 12:
        content = _clause_after(reading.text, begin, start)
    testimony = is_testimony(reading.text[source[0] : source[1]])
    return Statement(start, source[1], (start, end), source, content, "according_to", "according-to", testimony)


def _noun(reading: Reading, hit: Found, begin: int, finish: int, stance: str) -> Statement | None:
    """“There were reports of …”, “Estimates of …”: a statement that nobody is named for."""
    start, end, term = hit
    text = reading.text
    match = _NOUN_OF.match(text, end, finish)
    if match is None or term.form in ("testimony", "testimonies", "evidence", "accounts", "complaints", "concerns", "accusations"):
        return None
    lead = text[begin:start]
    if not _LEAD.search(lead) or re.search(r"\b(?:no|any)\s+(?:\w+\s+){0,2}$", lead) and term.form != "reports":
        return None
    following = re.match(r"[^.;]{0,80}?\b(?:indicat|suggest|stat|show|reveal|said|say|claim|alleg|estimat|report|found|describ|not)\w*\b", text[match.end() : finish])
    if following and not text[match.start() : match.end()].strip().endswith("that") and not lead.lower().startswith("there"):
        if re.search(r"\bfrom\b", text[end : end + 12]):
            return None
    return Statement(start, match.end(), (start, end), None, _clause_after(text, match.end(), finish), stance, "noun")


def _verb(
    reading: Reading, hit: Found, begin: int, finish: int, kind: str, inflection: str, stance: str, before: list[Statement]
) -> Statement | None:
    start, end, term = hit
    text = reading.text
    left = text[max(begin, start - 60) : start]
    word = term.form.split()[0]
    if _PASSIVE.search(left) and inflection == "past" and not term.form.startswith(("was ", "were ")):
        return _passive(reading, hit, begin, finish, word, stance)
    if kind == "passive":
        return None
    if inflection == "ing":
        return _participle(reading, hit, begin, finish, kind, stance, before)
    if _INFINITIVE.search(left) and not _ALLOWED_TO.search(left):
        return None
    if _adjectival(left, word, inflection, text[end : end + 12]):
        return _distanced(reading, hit, finish, left)
    quoted = re.search(r"[,!?][”\"’]\s*$", text[begin:start])
    if not quoted and not _complemented(reading, hit, begin, finish, kind):
        return None
    if stance in _NESTED and any(s.cue[0] >= begin and s.rule != "adverb" and s.content and s.content[0] <= start < s.content[1] for s in before):
        return None
    if inflection == "past" and re.match(r"\s+by\s", text[end : end + 4]):
        return None
    if word == "state" and not _THAT.match(text, end, finish):
        return None
    if joined := _continued(reading, hit, begin, finish, stance, before):
        return joined
    source = None if quoted else source_before(reading, begin, start)
    if source and _LAW_SPEAKS.search(text[source[0] : source[1]]):
        return None
    if source is None:
        source = _inverted(reading, hit, begin, finish)
        if source is None:
            return None
    return _made(reading, hit, begin, finish, source, stance, "source-cue")


def _adjectival(left: str, word: str, inflection: str, following: str) -> bool:
    if inflection == "past":
        return bool(_ADJECTIVE.search(left))
    return word in _NOUN_FORMS and bool(_NOUNISH.search(left) or _NOUN_AFTER.match(following))


def _distanced(reading: Reading, hit: Found, finish: int, left: str) -> Statement | None:
    """“an estimated 200,000”, “for alleged contact”: nobody is named."""
    word = hit[2].form
    if word in ("estimated", "alleged", "suspected_") and not re.search(r"\b(?:of|by)\s+$", left):
        return _bare(reading, hit, finish, "estimate" if word == "estimated" else "distancing", "agentless")
    if word == "alleged":
        return _bare(reading, hit, finish, "distancing", "agentless")
    return None


def _complemented(reading: Reading, hit: Found, begin: int, finish: int, kind: str) -> bool:
    """Whether what follows the cue is something said."""
    start, end, _ = hit
    text = reading.text
    if kind == "as":
        return bool(_AS.match(text, end, finish))
    if _THAT.match(text, end, finish):
        return True
    if kind == "soft":
        return False
    if kind == "that":
        source = source_before(reading, begin, start)
        clause = _CLAUSE.match(text, end, finish)
        clause = clause or _POST.match(text, end, finish)
        return bool(clause and source and _DOCUMENT.search(text, max(source[0], source[1] - 60), source[1]))
    if kind == "ask":
        return bool(re.match(r"\s+[^.;]{2,80}?\s(?:to|for|that|whether|about)\s", text[end:finish]))
    return bool(_OBJECT.match(text, end, finish)) or bool(_POST.match(text, end, finish))


def _inverted(reading: Reading, hit: Found, begin: int, finish: int) -> Span | None:
    """“…,” said the charity's director."""
    text, (start, end, _) = reading.text, hit
    if re.search(r"[,”\"’]\s*$", text[begin:start]):
        return trailing_source(reading, end, finish)
    return None


def _continued(reading: Reading, hit: Found, begin: int, finish: int, stance: str, before: list[Statement]) -> Statement | None:
    """“says that …, and denies that …”: a second cue of the same subject."""
    start = hit[0]
    last = before[-1] if before else None
    if not re.search(r"(?:,\s*)?\b(?:and|but|or)\s+(?:\w+ly\s+|also\s+|has\s+|have\s+|then\s+)*$", reading.text[max(begin, start - 30) : start]):
        return None
    own = last.source if last and last.cue[0] >= begin else None
    source = own or _sentence_subject(reading, begin, start)
    return replace(_made(reading, hit, begin, finish, source, stance, "second-cue"), start=start) if source else None


def _participle(reading: Reading, hit: Found, begin: int, finish: int, kind: str, stance: str, before: list[Statement]) -> Statement | None:
    """“…, noting that …”: the subject of the sentence goes on speaking."""
    start, end, term = hit
    text = reading.text
    left = text[max(begin, start - 24) : start]
    strong = _THAT.match(text, end, finish) or (term.form in ("citing", "accusing", "urging", "calling for", "calling on", "denying", "claiming", "alleging", "describing", "blaming"))
    if kind == "as" or not strong or not re.search(r",\s+(?:\w+\s+)?$|\b(?:statement|letter|report|while|interview|post|article|video|as|testimony|assessment)\s+$", left):
        return None
    last = next((s for s in reversed(before) if s.cue[0] >= begin and s.source), None)
    source = last.source if last else None
    if source is None and before and before[-1].cue[0] < begin:
        source = None
    if source is None:
        source = _sentence_subject(reading, begin, start)
    made = _made(reading, hit, begin, finish, source, stance, "participle")
    return replace(made, start=start)


def _sentence_subject(reading: Reading, begin: int, start: int) -> Span | None:
    match = re.compile(r"((?:The|A|An|Some|Several|Many|Other)?\s?(?:[\w’'-]+\s?){1,6}?)\s(?:has|have|had|was|were|is|are|\w+ed|\w+s)\b").match(reading.text, begin, start)
    return match.span(1) if match else None


def _passive(reading: Reading, hit: Found, begin: int, finish: int, word: str, stance: str) -> Statement | None:
    start, end, _ = hit
    text = reading.text
    left = text[max(begin, start - 40) : start]
    by = _BY.match(text, end, finish)
    if word == "told":
        that = _THAT.match(text, by.end() if by else end, finish)
        if not by:
            return _made(reading, hit, begin, finish, None, stance, "passive") if that else None
    if by and (word in _PASSIVE_CUES or word in ("told", "accused", "criticized", "condemned", "quoted", "cited", "confirmed", "denied", "rejected", "disputed", "documented", "announced")):
        source = trailing_source(reading, by.end(), finish)
        return _made(reading, hit, begin, finish, source, stance, "passive-by")
    if word not in _PASSIVE_CUES or not _PASSIVE_GO.match(text, end):
        return None
    if word in ("said", "known", "described", "documented", "considered", "reported") and not re.match(r"\s+(?:to|that|as\s+saying)\b", text[end:finish]):
        return None
    if word in ("considered", "known", "described", "documented"):
        return None
    verb = _PASSIVE.search(left)
    begun = max(begin, start - 40) + verb.start() if verb else start
    to = re.match(r"\s+to\b", text[end:finish])
    stop = end + to.end() if to else end
    subject = _clause_after(text, begin, begun)
    return Statement(begun, stop, (start, end), None, subject, "estimate" if word in ("estimated", "expected", "projected") else "hearsay", "agentless")


def _made(reading: Reading, hit: Found, begin: int, finish: int, source: Span | None, stance: str, rule: str) -> Statement:
    start, end, _ = hit
    text = reading.text
    that = re.match(r"\s+that\b", text[end : end + 8])
    stop = end + that.end() if that else end
    after = _clause_after(text, stop, finish)
    postposed = _POST.match(text, end, finish) and not that and source and source[0] - begin > 12
    content = _clause_after(text, begin, source[0]) if postposed and source else after
    first = min(source[0], start) if source else start
    words = text[source[0] : source[1]] if source else ""
    return Statement(first, max(stop, source[1] if source else stop), (start, end), source, content, stance, rule, is_testimony(words))


def governing(found: list[Statement], position: int) -> int:
    """Index of the last statement that begins at or before `position`, or -1."""
    return bisect_right([s.start for s in found], position) - 1
