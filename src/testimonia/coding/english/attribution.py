"""Attributions: a cue, who is behind it, and what is attributed, one sentence at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from testimonia import vocabulary
from testimonia.coding.english.agentless import bare, distanced, is_passive, noun, passive, sense_of
from testimonia.coding.english.reading import Found, Reading, Term
from testimonia.coding.english.sources import is_testimony, source_after, source_before, trailing_source
from testimonia.coding.english.statement import Cue, Span, Statement, clause, made, postposed
from testimonia.coding.english.words import word_set

__all__ = ["statements", "terms"]

_THAT = re.compile(r"\s*(?:,?\s*(?:that|whether|how|why|what)\b|:(?:\s|$)|,?\s*[“\"‘])")
_NOUN_AFTER = re.compile(
    r"\s+(?:are|is|was|were|have|has|had|will|would|could|to|of|and|or|in|for|from|on|by|at|against|with"
    r"|about|regarding|found|said|shows?|showed|noted|provided|included|made|gave|held|that\s+(?:was|were"
    r"|is|are)|(?!indeed|need)\w+ed)\b|\s*[.,;)]"
)
_CLAUSE = re.compile(
    r"\s+(?:there|it|he|she|they|we|the|this|these|those|his|her|their|its|some|many|most|all|no"
    r"|authorities|officials|prisoners"
    r"|police|women|men|children|several|at least|more than|nearly|approximately|about|only|\d|[A-Z])",
    re.I,
)
_OBJECT = re.compile(r"[\s,]*(?:[“\"‘]?[\w$€£¥₩])")
_INFINITIVE = re.compile(
    r"\b(?:to|not|n[’']t|cannot|never|could|can|may|might|must|shall|will|let|without|of|for|by|from|in|on"
    r"|upon|against|about)\s+$",
    re.I,
)
_ALLOWED_TO = re.compile(
    r"\b(?:continue[sd]?|continuing|began|begun|begins?|went on|goes on|go on|sought|seek|seeks|appear(?:s"
    r"|ed)?|seem(?:s|ed)?|tend(?:s|ed)?)\s+to\s+$",
    re.I,
)
_ADJECTIVE = re.compile(
    r"\b(?:the|a|an|any|no|this|that|its|their|his|her|our|all|such|other|for|of|in|with|over|about|some"
    r"|most|many|few|by|on|from|as|or)\s+$",
    re.I,
)
_NOUNISH = re.compile(
    r"(?:\b(?:the|a|an|any|no|this|that|these|those|its|their|his|her|our|all|such|other|each|every|some"
    r"|many|several|numerous|credible|recent|such|of|for|in"
    r"|with|by|on|from|to|previous|official|annual|media|press|news|false|police|written|public|independent"
    r"|first|new|similar|various|unconfirmed"
    r"|multiple|state|anecdotal|following|human rights|\d+|’s|'s))\s+$",
    re.I,
)
_NOUN_FORMS = word_set("noun_or_verb")
_DOCUMENT = re.compile(
    r"\b(?:reports?|data|surveys?|study|studies|records?|research|statistics|figures|documents?|footage"
    r"|images?|imagery|polls?|analys[ei]s|reviews?|interviews?"
    r"|assessments?|evidence|videos?|photos?|investigations?|inquiry|audits?|findings|results|census"
    r"|commission|congress|court|tribunal|committee|papers?|letter"
    r"|testimon(?:y|ies)|group|organization|network|researchers|investigators|NGOs?|media|HRW|OHCHR|KINU"
    r"|it)\b",
    re.I,
)
_AS = re.compile(r"\s+(?!as\b)[^.;:]{2,90}?\s(?:as|to be)\s", re.I)
_LAW_SPEAKS = re.compile(
    r"\b(?:law|laws|constitution|code|act|article(?:\s\w+)?|regulations?|legislation|statute)$", re.I
)
_MANNER = re.compile(
    r"(?:\w+\s+){0,3}?(?:laws?|code|standards?|models?|rules?|regulations?|procedures?|plans?|schedules?"
    r"|principles?|criteria|gender|age|ability|background|classification|wishes"
    r"|needs?|merit|size|type|tradition|custom|agreements?)\b",
    re.I,
)
_NESTED = frozenset({"demand", "commitment"})
_QUOTE_BEFORE = re.compile(r"[,!?][”\"’]\s+[^,.;:“”\"]{2,80}$")
_QUALIFIED = re.compile(
    r"\b(?:with|of|by|for|in|from|about|to|on|against)\s+(?:\w+\s+)?[a-z]+(?:ic|al|ous|ive|ful|less|ing|ed|ary|ent|ant|ble)\s+$"
)
_NO_SPEAKER = re.compile(r"(?:dated|issued|effective|published|no additional)\b", re.I)
_AFTER_COMMA = re.compile(r",\s+$")
_ALLEGATION = re.compile(
    r"\s+(?:(?:the|any|all|these|those|such|its|their|his|her|both|this|an?|as|it|reported|most"
    r"|repeated)\s+)*(?:\w+\s+){0,3}?"
    r"(?:allegations?|claims?|charges?|reports?|accusations?|criticisms?|findings?|existence|involvement"
    r"|responsibility|wrongdoing"
    r"|knowledge|having|being|doing|using|holding|assertions?|suggestions?|characteri[sz]ations?|statements?"
    r"|abuses?|accounts?"
    r"|it|them|recommendations?|calls?|complaints?|conclusions?|groundless|baseless|false|untrue|violations?"
    r"|concerns?|figures?|numbers?|estimates?|totals?|counts?|tall(?:y|ies)|versions?|stor(?:y|ies)|ideas?|notions?"
    r"|narratives?|descriptions?|suggestion)\b",
    re.I,
)
_WANTED = re.compile(r"\s+(?!to\b)[^.;,]{2,60}?\sto\s")
_WANTING = re.compile(
    r"\b(?:authors?|campaigners?|activists|lawmakers?|critics|groups?|advocates?|charit(?:y|ies)|union|lawyers"
    r"|commission|committee|report|rapporteur|NGOs?|organi[sz]ations?|families|ministry|government|Seoul|Washington)\b",
    re.I,
)
_ASKED = re.compile(r"\s+[^.;]{2,80}?\s(?:to|for|that|whether|about)\s")
_QUOTED = re.compile(r"[,!?][”\"’]\s*$")
_AFTER_QUOTE = re.compile(r"[,”\"’]\s*$")
_BY = re.compile(r"\s+by\s")
_NAMED = re.compile(r"(?:the\s|a\s)?[A-Z]|(?:the|local|state|several)\s")
_JOINED = re.compile(r"(?:,\s*)?\b(?:and|but|or)\s+(?:\w+ly\s+|also\s+|has\s+|have\s+|then\s+)*$")
_SPEAKING = re.compile(
    r",\s+(?:\w+\s+)?$|\b(?:statement|letter|report|while|interview|post|article|video|as|testimony|assessment)\s+$"
)
_SUBJECT = re.compile(r"((?:[\w’'-]+\s){0,5}?[\w’'-]+)\s(?:has|have|had|was|were|is|are|\w+ed|\w+s)\b")
_STRONG_PARTICIPLES = word_set("speaking_participle")
_LONGEST_VIEWER = 9  # words in the name of one who considers, deems or treats as
_FRONTED = 12  # so many characters may stand before a fronted “according to”


def terms() -> Iterator[Term]:
    """The cues."""
    for row in vocabulary.rows("en/cues"):
        yield Term(row["form"], "cue", (row["class"], row["inflection"], row["stance"]))


def statements(reading: Reading) -> list[Statement]:
    """The attributions of a passage in text order."""
    found: list[Statement] = []
    for hit in reading.found.get("cue", ()):
        cue = _cue(reading, hit, found)
        if cue and (statement := _statement(cue)):
            if reading.passage.role == "table" and not (statement.rule == "according-to" or cue.follows(_THAT)):
                continue
            found.append(replace(statement, via=_via(cue, statement)))
    return found


def _cue(reading: Reading, hit: Found, found: list[Statement]) -> Cue | None:
    """The cue with its sentence; None in a heading, and for a capital inside a sentence (“the United States”)."""
    start, end, term = hit
    begin, finish = reading.sentence(start)
    begin = max(begin, reading.heading)
    if start < begin or (reading.text[start].isupper() and reading.text[begin:start].strip(' “("')):
        return None
    kind, inflection, stance = term.data
    return Cue(reading, start, end, term.form, kind, inflection, stance, begin, finish, found)


def _via(cue: Cue, statement: Statement) -> Span | None:
    """Who passes it on: of “according to media, the service disclosed”, the media."""
    outer = [s for s in cue.spoken() if s.source and s.content and s.content[0] <= cue.start < s.content[1]]
    passed = outer[-1].source if outer and statement.source else None
    return passed if passed != statement.source else None


def _statement(cue: Cue) -> Statement | None:
    if cue.kind == "adverb":
        return bare(cue)
    if cue.kind == "sense":
        return sense_of(cue)
    if cue.kind == "according":
        return _according(cue)
    if cue.kind == "noun":
        found = noun(cue)
        if found or cue.form not in ("reports", "estimates", "claims"):
            return found
        cue = replace(cue, kind="say", inflection="third", stance="neutral_report")
    return _verb(cue)


def _according(cue: Cue) -> Statement | None:
    text = cue.text
    source = source_after(cue.reading, cue.end, cue.finish)
    if source is None or (cue.form.endswith(" by") and not _NAMED.match(text, *source)):
        return None
    if cue.form == "per" and not _per(cue, source):
        return None
    if cue.form == "according to" and _MANNER.match(text, *source):
        return None
    fronted = len(text[cue.begin : cue.start].strip(" ,“")) < _FRONTED
    content = clause(text, source[1], cue.finish) if fronted else clause(text, cue.begin, cue.start)
    words = text[source[0] : source[1]]
    return Statement(
        cue.start, source[1], (cue.start, cue.end), source, content, cue.stance, "according-to", is_testimony(words)
    )


def _per(cue: Cue, source: Span) -> bool:
    """“Per numerous reports, …”: not the per of a rate, nor per a law."""
    words = cue.text[source[0] : source[1]]
    opens = cue.text[cue.start] == "P" or cue.left(2) in (", ", "; ")
    return opens and bool(_DOCUMENT.search(words)) and len(words.split()) <= 12


def _verb(cue: Cue) -> Statement | None:
    if is_passive(cue):
        return passive(cue)
    if cue.kind == "passive":
        return None
    if cue.inflection == "ing":
        return _participle(cue)
    left = cue.left(18)
    if _INFINITIVE.search(left) and not _ALLOWED_TO.search(left):
        return None
    if _is_modifier(cue, left):
        return distanced(cue)
    quoted = bool(_QUOTED.search(left))
    if not (quoted or _is_complemented(cue)) or _is_inner(cue):
        return None
    if _JOINED.search(cue.left(30)):
        return _second(cue)
    source = None if quoted else source_before(cue.reading, cue.begin, cue.start)
    if source and _LAW_SPEAKS.search(cue.text[source[0] : source[1]]):
        return None
    if source and _NO_SPEAKER.match(cue.text, *source):
        return None
    if source and cue.kind == "as" and len(cue.text[source[0] : source[1]].split()) > _LONGEST_VIEWER:
        return None
    source = source or _inverted(cue, left)
    return made(cue, source, "source-cue") if source else None


def _is_modifier(cue: Cue, left: str) -> bool:
    """“the reported number”, “asylum requests are”: an adjective or a noun, no verb."""
    if cue.inflection == "past":
        return bool(_ADJECTIVE.search(left)) or cue.follows(_BY)
    if cue.word in _NOUN_FORMS and _QUALIFIED.search(cue.left(60)) and not cue.follows(_THAT):
        return True
    if cue.inflection == "base" and _AFTER_COMMA.search(left) and not cue.follows(_THAT):
        return cue.word in _NOUN_FORMS
    return cue.word in _NOUN_FORMS and (bool(_NOUNISH.search(left)) or cue.follows(_NOUN_AFTER))


def _is_inner(cue: Cue) -> bool:
    """A demand inside what another says is that other's content."""
    return cue.stance in _NESTED and any(
        s.rule != "adverb" and s.content and s.content[0] <= cue.start < s.content[1] for s in cue.spoken()
    )


def _is_complemented(cue: Cue) -> bool:
    """Whether what follows the cue is something said."""
    if cue.kind == "as":
        return cue.follows(_AS)
    if cue.follows(_THAT):
        return True
    if cue.kind == "deny":
        return cue.follows(_ALLEGATION) or postposed(cue)
    if cue.kind == "soft" or cue.word == "state":
        return postposed(cue) and bool(_QUOTE_BEFORE.search(cue.left(100)))
    if cue.kind == "that":
        source = source_before(cue.reading, cue.begin, cue.start)
        spoken = cue.follows(_CLAUSE) or postposed(cue)
        return bool(spoken and source and _DOCUMENT.search(cue.text, max(source[0], source[1] - 60), source[1]))
    if cue.word in ("project", "projects"):
        return False
    if cue.kind == "want":
        source = source_before(cue.reading, cue.begin, cue.start)
        speaks = source and _WANTING.search(cue.text, *source)
        return bool(speaks) and cue.follows(_WANTED)
    if cue.kind == "ask":
        return cue.follows(_ASKED)
    return cue.follows(_OBJECT) or postposed(cue)


def _inverted(cue: Cue, left: str) -> Span | None:
    """“…,” said the charity's director."""
    return trailing_source(cue.reading, cue.end, cue.finish) if _AFTER_QUOTE.search(left) else None


def _second(cue: Cue) -> Statement | None:
    """“says that …, and denies that …”: a second cue of the same subject."""
    last = cue.spoken()[-1:]
    source = (last[0].source if last else None) or _subject(cue)
    return made(cue, source, "second-cue", first=cue.start) if source else None


def _participle(cue: Cue) -> Statement | None:
    """“…, noting that …”: the subject of the sentence goes on speaking."""
    strong = cue.follows(_THAT) or cue.form in _STRONG_PARTICIPLES
    if cue.kind == "as" or not strong or not _SPEAKING.search(cue.left(24)):
        return None
    last = next((s.source for s in reversed(cue.spoken()) if s.source), None)
    return made(cue, last or _subject(cue), "participle", first=cue.start)


def _subject(cue: Cue) -> Span | None:
    match = _SUBJECT.match(cue.text, cue.begin, cue.start)
    return match.span(1) if match else None
