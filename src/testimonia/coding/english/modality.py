"""Whether a thing happened, is a rule, a risk, a plan or a denial, as the words around it say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from testimonia.coding.english.attribution import Statement
from testimonia.coding.english.reading import Reading

__all__ = ["covering", "modality_of", "polarity_of", "status_of"]

_RISK = re.compile(
    r"\b(?:at\s+(?:high\s+|serious\s+|grave\s+|great\s+)?risk|risk(?:s|ing|ed)?|danger|vulnerable|fear(?:s|ed|ing)?|threat(?:s|en\w*)?\s+of|would|could|may|might|if\s+(?:they|he"
    r"|she|returned|caught|repatriated)|faces?|facing|faced\s+\w+\s+\w+\s+unless|likely|prevent(?:ing|ed|s)?|avoid(?:ing|ed|s)?|subject\s+to\s+deportation|liable\s+to|prone)\b"
    r"[^.;]{0,110}$", re.I)
_RISK_AHEAD = re.compile(r"[^.;]{0,50}\b(?:unless|if\s+returned|if\s+caught|upon\s+(?:their\s+)?return)\b", re.I)
_POLICY = re.compile(
    r"\b(?:law|laws|code|act|statute|legislation|constitution|regulations?|stipulat\w+|prescrib\w+|punishable|punishment\s+for|penalt\w+|subject\s+to|sentence\s+of|liable"
    r"|authoriz\w+|authoris\w+|criminaliz\w+|criminalis\w+|orders?\s+(?:for|to)|ordered\s+to|instructed\s+to|policy|must|shall|a\s+facility\s+to|facility\s+to|mandat\w+|allows?\b|permits\b)"
    r"[^.;]{0,150}$", re.I)
_TARGET = re.compile(r"\b(?:quota|target|goal|must\s+(?:now\s+)?(?:file|reach|meet|complete|achieve))\w*\b[^.;]{0,90}$", re.I)
_HYPOTHETICAL = re.compile(r"\b(?:could|might|may)\s+(?:have\s+been|be|also\s+be)\s+(?:the\s+result|due|because|a\s+result)[^.;]{0,40}$|\b(?:hypothetical|plans\s+to|planned\s+to)\b[^.;]{0,40}$", re.I)
_ALLEGED = re.compile(r"\b(?:alleged(?:ly)?|accus(?:ed|es|ing)|suspected|allegations?|charg(?:ed|es)\s+with|on\s+suspicion)\b[^.;]{0,50}$", re.I)
_NEGATED = re.compile(
    r"\b(?:no|not|never|neither|nor|without|n[’']t|denie[sd]|deny|denying|nobody|none|free\s+(?:of|from)|halt|stop|end|ban(?:s|ned)?|prohibit(?:s|ed|ing)?|absence\s+of)\s+"
    r"(?:\w+\s+){0,4}$", re.I)
_NO_SUCH = re.compile(r"\b(?:no|not\s+any|never|neither|denie[sd]|denying|nobody|none|did\s+not|was\s+not|were\s+not|is\s+not|are\s+not|had\s+not|has\s+not|have\s+not)\s+(?:\w+\s+){0,5}$", re.I)
_PROPOSED = re.compile(r"\b(?:should|ought|urge[sd]?|call(?:s|ed)?\s+(?:on|for)|recommend\w*|propos\w+|demand\w*|asked|request\w*|appeal\w*|encourag\w+)\b[^.;]{0,160}$", re.I)
_ANNOUNCED = re.compile(r"\b(?:will|would|promis\w+|pledg\w+|plan(?:s|ned)?\s+to|announc\w+|vow\w*|intend\w*|commit(?:ted|ments?|s)?\b|obligated|agreed\s+to|undertook)\b[^.;]{0,160}$", re.I)
_IN_FORCE = re.compile(r"\b(?:law|laws|code|act|regulations?|polic(?:y|ies)|system|continue[sd]?\s+to|must|subject\s+to|criminaliz\w+|stipulat\w+|prohibit\w*|require[sd]?|allow(?:s|ed)|permit(?:s|ted)|does\s+not|do\s+not|did\s+not|remain\w*|is|are)\b", re.I)


def covering(statements: Sequence[Statement], position: int, begin: int) -> Statement | None:
    """The innermost statement of the sentence whose content holds `position`."""
    found = None
    for statement in statements:
        if statement.cue[0] < begin:
            continue
        if statement.content and statement.content[0] <= position < statement.content[1]:
            found = statement
    return found


def modality_of(reading: Reading, position: int, end: int, statement: Statement | None) -> str:
    """Modality of an act at `position`."""
    begin, finish = reading.sentence(position)
    text = reading.text
    left = text[max(begin, position - 170) : position]
    if statement and statement.stance == "denial":
        return "denied"
    if _TARGET.search(left):
        return "target"
    if _HYPOTHETICAL.search(left):
        return "hypothetical"
    if _POLICY.search(left):
        return "policy"
    if _RISK.search(left) or _RISK_AHEAD.match(text, end, finish) and " faced " in f" {left[-24:]} ":
        return "risk"
    if statement and statement.testimony:
        return "testimony"
    return "alleged" if _ALLEGED.search(left) else "reported"


def polarity_of(reading: Reading, position: int) -> bool:
    """Whether the text denies it: no report of, did not."""
    begin, _ = reading.sentence(position)
    return bool(_NO_SUCH.search(reading.text, max(begin, position - 40), position))


def status_of(reading: Reading, start: int, end: int, given: str) -> str:
    """Whether a measure is proposed, announced, in force or told of."""
    if given:
        return given
    begin, _ = reading.sentence(start)
    left = reading.text[max(begin, start - 170) : start]
    if _PROPOSED.search(left):
        return "proposed"
    if _ANNOUNCED.search(left):
        return "announced"
    return "reported_in_force" if _IN_FORCE.search(reading.text[max(begin, start - 60) : end]) else "reported"
