"""What goes on from sentence to sentence: who is at work, and whether those who lived it are still speaking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from testimonia.coding.english.modality import moods_in
from testimonia.coding.english.reading import Reading
from testimonia.coding.english.statement import Span, Statement

__all__ = ["Course"]

_PRONOUN = re.compile(r"(?:he|she|they|I|we|one of them|some|others|another)$", re.I)
_FIRST = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|me|my|myself)\b")
_FIRST_WORDS = ("i ", "my ", " me ", "myself ")  # in folded text
_FIRST_OF_MANY = re.compile(r"\b(?:[Ww]e|us|our)\b")
_GOES_ON = re.compile(r"\b(?:he|she|they|him|her|them|his|hers|their|I|my|me|we|our|us)\b", re.I)
_TELLER = re.compile(
    r"(?:One|Another|An|The|A (?:second|third|fourth|former|young)|Two|Three|Several|Some|Most)\s(?:of (?:the|our)\s)?"
    r"(?:interviewees?|respondents?|survivors?|returnees?|former detainees?|former inmates?|former prisoners?)\s"
)
_TELLERS = ("interviewee", "respondent", "survivor", "returnee", "former detainee", "former inmate", "former prisoner")
_QUOTE = re.compile(r"“[^”]{3,600}(?:”|$)|\"[^\"]{3,600}\"")
_ANSWER = re.compile(r"\s*(?:A|Answer|Interviewee|Witness|Respondent)\s?\d{0,2}\s?[:.]\s")


class Course:
    """Follows a document passage by passage."""

    def __init__(self, won: str) -> None:
        self._won = won
        self._setting = ""
        self._lived = False

    def follow(self, reading: Reading, said: Sequence[Statement]) -> list[Statement]:
        """Note the setting and the told sentences in `reading`; the statements, those of a pronoun settled."""
        reading.setting, reading.won = self._setting, self._won
        around = moods_in(reading, 0, len(reading.text)) & {"state", "trade"}
        if len(around) == 1:
            (self._setting,) = around
        settled = [self._settled(reading, statement) for statement in said]
        reading.lived = list(_told(reading, settled))
        return settled

    def _settled(self, reading: Reading, statement: Statement) -> Statement:
        if statement.source is None:
            return statement
        words = reading.text[statement.source[0] : statement.source[1]]
        if not _PRONOUN.match(words):
            self._lived = statement.testimony
            return statement
        lived = statement.testimony or self._lived or words in ("I", "We")
        return replace(statement, testimony=lived) if lived else statement


def _told(reading: Reading, said: Sequence[Statement]) -> Iterator[Span]:
    """Sentences in which those who lived it speak: answers, the first person, what goes on after they were named."""
    text, lived = reading.text, False
    first = any(word in reading.folded for word in _FIRST_WORDS) and _FIRST.search(text) is not None
    if not first and not any(s.testimony for s in said) and not any(word in reading.folded for word in _TELLERS):
        return
    if _ANSWER.match(text):
        yield 0, len(text)
        return
    quoted = first and ("“" in text or '"' in text)
    for begin, finish in zip(reading.sentences, [*reading.sentences[1:], len(text)], strict=True):
        here = [s for s in said if s.source and begin <= s.cue[0] < finish]
        if here:
            lived = here[-1].testimony
        elif text[begin : begin + 1] in "OATSM" and _TELLER.match(text, begin):
            lived = True
            yield begin, finish
        elif (lived and _GOES_ON.search(text, begin, finish)) or (first and _FIRST.search(text, begin, finish)):
            yield begin, finish
        else:
            lived = False
        for quote in _QUOTE.finditer(text, begin, finish) if quoted or lived else ():
            if _FIRST.search(quote.group()) or (lived and _FIRST_OF_MANY.search(quote.group())):
                yield quote.span()
