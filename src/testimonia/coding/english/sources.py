"""Who says it: the noun phrase that governs a cue, left of it, right of it, or before a relative “who”."""

from __future__ import annotations

import re

from testimonia.coding.english.reading import Reading

__all__ = ["is_testimony", "source_after", "source_before", "trailing_source"]

Span = tuple[int, int]

_ADVERB = (
    r"(?:has|have|had|also|further|reportedly|then|later|again|still|all|both|previously|recently"
    r"|subsequently|once|did|does|do|would|now|even"
    r"|never|always|often|sometimes|thus|therefore|nevertheless|nonetheless|too|long|since|first|just"
    r"|already|earlier|himself|herself|itself"
    r"|themselves|jointly|in\s+turn|at\s+times|in\s+part|continue[sd]?\s+to|began\s+to|go\s+on\s+to"
    r"|went\s+on\s+to|sought\s+to|seeks?\s+to|tend(?:s|ed)?\s+to"
    r"|wish(?:es|ed)?\s+to|want(?:s|ed)?\s+to|was\s+able\s+to|were\s+able\s+to|\w+ly|and|or"
    r"|and\s+at\s+the\s+\w+\s+levels?"
    r"|not\s+only|further(?:more)?|have\s+long|been|to\s+this\s+day|on\s+record|should|must|shall)"
)
_TAIL = re.compile(rf"(?:[\s,]+{_ADVERB})+$", re.I)
_EDGE = re.compile(
    r"[;:—–“”\"(\[]\s*|,\s+(?:and|but|while|when|although|though|whereas|as|so|yet|or|which|who|where"
    r"|because|since|if|that)\s+|,\s+"
    r"|\b(?:that|but|while|when|because|although|though|if|whether|whereas|where"
    r"|(?<!ore\s)(?<!ewer\s)(?<!ess\s)than)\s+|\b(?:and|as)\s+(?=(?:the|he|she|it|they|a|an|one|some"
    r"|[A-Z])\b)",
    re.I,
)
_WHO = re.compile(r"[,\s]+(?:who|which|that|whom)$", re.I)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|will|would|could|should|may|might|must|can|be|been"
    r"|remained|became|continued|began|faced|died"
    r"|[a-z]{3,}(?<!hundr)(?<!ne)(?<!indee)ed)\b"
)
_PARTICIPLE = re.compile(
    r"\b(?:issued|published|released|written|produced|conducted|seen|provided|compiled|recorded|documented"
    r"|surveyed|based"
    r"|interviewed|located|reviewed|prepared|collected|detained|repatriated|imprisoned|arrested|trafficked"
    r"|displaced"
    r"|released|rescued|affected|accused|involved|concerned|unnamed|united|informed|elected|appointed"
    r"|retired|registered|exiled"
    r"|armed|organized|leaked|unspecified|authorized|related|limited|forced|forcibly|deported|returned"
    r"|unidentified|commissioned"
    r"|submitted|dated|entitled|titled|gathered|dedicated|sponsored|funded|resettled|respected"
    r"|drafted|married|wounded|injured|convicted|sentenced|escaped|experienced|trusted)\b",
    re.I,
)
_FRONT = re.compile(
    r"(?:In|At|On|During|After|Before|By|For|From|With|Since|Under|Despite|Throughout|Within|Over|Following"
    r"|Upon|As|Like|Unlike|Among|Amid"
    r"|Between|Until|Through|Without|Besides|Beyond|Speaking|Reporting|Writing|Citing|Responding|Asked"
    r"|Meanwhile|However|Moreover|Furthermore|Additionally|Similarly|Separately|Also"
    r"|Further|Finally|Later|Earlier|Recently|Yet|Still|Then|Thus|And|But|So|Although|While|When|If|Because"
    r"|Nevertheless|Nonetheless|Instead|Indeed|Likewise|Subsequently"
    r"|Previously|Once|Today|Sometimes|Occasionally|Often|Even|Only|Consequently|Accordingly|Therefore"
    r"|For\s+example|For\s+instance)\b",
    re.I,
)
_START = re.compile(
    r"\b(?:the|a|an|one|two|three|some|several|many|most|other|another|both|her|his|their|its|our|my"
    r"|international|local|foreign|former|media|press|news"
    r"|human|state|officials?|activists?|observers?|NGOs?|experts?|authorities|police|he|she|it|they|we"
    r"|[A-ZÀ-Þ][\w’'.-]*)\b"
)
_NO_SOURCE = re.compile(
    r"^(?:there|here|that|this|these|those|which|what|who|how|why|as|not|no|such|so|than|it\s+was|and|or"
    r"|but|to|of|in|on|at|by|for|with|from|if|whether)$",
    re.I,
)
_DANGLING = re.compile(
    r"\b(?:of|in|on|at|by|for|with|from|to|the|a|an|and|or|but|be|is|are|was|were|been|being|not|no|any|its"
    r"|their|his|her|this|these|than|as|would|could"
    r"|may|might|must|should|can|cannot|will|shall|about|into|who|which|that|these|those|let|let’s|only"
    r"|more|most|very|such|so|if|when|while|each|every"
    r"|failing|refusing|without|after|before|including)$",
    re.I,
)
_TESTIMONY = re.compile(
    r"\b(?:defectors?|escapees?|survivors?|witness(?:es)?|eyewitness\w*|victims?|refugees?|returnees?"
    r"|detainees?|prisoners?|inmates?|interviewees?|respondents?"
    r"|migrants?|workers|fishers|women|woman|girls?|mothers?|residents|villagers?|families|relatives"
    r"|repatriates?|deportees?|asylum seekers?"
    r"|wi(?:fe|ves)|brides?|^(?:\d{1,3}|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)$"
    r"|lawyers?|testimon(?:y|ies)|former (?:guard|official|soldier|prisoner|detainee|inmate)s?|nearly half"
    r"|former \w+|a (?:young |former |elderly |middle-aged |\d+-year-old )*(?:man|woman|girl|boy|mother|father|teacher"
    r"|farmer|student|driver|cook|trader|soldier|sister|brother|neighbou?r|cousin|fisherman|worker|resident)"
    r"|those who|half)\b",
    re.I,
)
_ASIDE = re.compile(r",\s|\s(?:that|which)\s|\s(?:published|released|issued|commissioned)\s")
_BODY = re.compile(
    r"\b(?:reports?|surveys?|stud(?:y|ies)|data|groups?|organi[sz]ations?|charit(?:y|ies)|NGOs?|agenc(?:y|ies)"
    r"|ministr(?:y|ies)|department|association|union|network|foundation|commission|committee|office|researchers?"
    r"|lawyers? for|spokes\w+|adviser|director|head)\b",
    re.I,
)
_ACCOUNTS = re.compile(r"\b(?:testimon(?:y|ies)|accounts?|interviews?|statements?|words)\b", re.I)
_RELATIVE_END = re.compile(r"[,.;:]|\s(?:that|which|who|said|says|reported|states?)\b|[“\"]")
_LIST = re.compile(r"(?:^|,\s)(?:the\s+)?[\w’'.\s-]{2,50}(?:,\s+[\w’'.\s-]{2,50})*,\s+and\s+[\w’'.\s-]{2,50}$")


def source_before(reading: Reading, begin: int, cue: int) -> Span | None:
    """The noun phrase that is the subject of a cue at `cue`, within the sentence that begins at `begin`."""
    text = reading.text
    stop = _without_tail(text, begin, cue)
    if match := _WHO.search(text, max(begin, stop - 24), stop):
        return _phrase(reading, begin, match.start())
    if stop and text[stop - 1 : stop] == ",":
        stop = _before_insert(text, begin, stop - 1)
    if stop <= begin:
        return None
    return _phrase(reading, begin, stop)


def _without_tail(text: str, begin: int, cue: int) -> int:
    stop = cue
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    match = _TAIL.search(text, max(begin, stop - 90), stop)
    if match and match.start() > begin:
        stop = match.start()
    return stop


def _before_insert(text: str, begin: int, comma: int) -> int:
    """Step over “, who runs a shelter,” to the end of the phrase it belongs to."""
    other = text.rfind(",", begin, comma)
    if other <= begin:
        return begin
    further = text.rfind(",", begin, other)
    if further > begin and _INSERT.match(text[further + 1 : other]):
        return further
    return other


_ACRONYM = 16  # a longer bracket is an aside, not a short name
_REACH = 300  # characters left of a cue within which its subject begins
_INSERT = re.compile(r"\s*(?:\d+$|an?\s|the\s|who\s|which\s|whose\s|formerly\s)")


def _phrase(reading: Reading, begin: int, stop: int) -> Span | None:
    text = reading.text
    if text[stop - 1 : stop] == ")" and begin < (opened := text.rfind("(", begin, stop)) < stop - _ACRONYM:
        stop = opened
    while stop > begin and text[stop - 1] in " ,\n\u00a0":
        stop -= 1
    start = _listed(text, begin, stop)
    if start is None:
        start = begin
        for match in _EDGE.finditer(text, max(begin, stop - 220), stop):
            if match.end() < stop and not _inside_phrase(text, match, stop):
                start = match.end()
    start = _past_front(reading, max(start, stop - _REACH), stop)
    start = _past_verb(text, start, stop)
    while start < stop and text[start] in " ,\n\u00a0“\"‘'([*#-•":
        start += 1
    words = text[start:stop]
    if (
        len(words) < 2
        or len(words) > 200
        or _NO_SOURCE.match(words)
        or _DANGLING.search(words)
        or not any(map(str.isalnum, words))
    ):
        return None
    return start, stop


def _listed(text: str, begin: int, stop: int) -> int | None:
    """“the United States, other donor governments, and UNHCR” is one source."""
    lower = max(begin, stop - 140)
    match = _LIST.search(text[lower:stop])
    if match is None or _FINITE.search(match.group()) or _FRONT.match(match.group().lstrip(", ")):
        return None
    return lower + match.start() + len(match.group()) - len(match.group().lstrip(", "))


def _inside_phrase(text: str, match: re.Match[str], stop: int) -> bool:
    """An “and” or “as” inside a noun phrase, a colon inside a title, the comma of “Ms. Kim, a lawyer”."""
    word = match.group().strip(" ,").lower()
    if word in ("(", "[") and (")" in text[match.end() : stop] or "]" in text[match.end() : stop]):
        return True
    if match.group().lstrip().startswith(","):
        return False
    if word in ("and", "as"):
        left = text[max(0, match.start() - 60) : match.start()]
        return not _FINITE.search(_PARTICIPLE.sub("x", left))
    return False


def _past_front(reading: Reading, start: int, stop: int) -> int:
    """Step over what stands in front: a date, “In a statement”, “However,”."""
    text = reading.text
    for _ in range(3):
        for s, e in reading.dates:
            if s <= start + 4 and start < e < stop and text[start:s].strip(" ,") in ("", "In", "On", "and", "(", "the"):
                start = e
        while start < stop and text[start] in " ,":
            start += 1
        match = _FRONT.match(text, start, stop)
        if match is None:
            return start
        following = [m.start() for m in _START.finditer(text, match.end(), stop)]
        if not following:
            return start
        start = _subject(text, following, stop)
    return start


def _subject(text: str, starts: list[int], stop: int) -> int:
    """After a fronted phrase without a comma the last noun phrase is the subject, with its “of …”."""
    best = starts[-1]
    for position in reversed(starts[:-1]):
        between = text[position:best]
        if re.fullmatch(
            r"(?:[A-Z][\w’'.-]*|the|a|an|other|local|foreign|international|human|state|former|(?i:senior"
            r"|news|media|press|official)\w*)\s+"
            r"|(?:[\w’'-]+\s+){1,3}(?:of|for|on|and|in|from)\s+(?:the\s+)?",
            between,
        ):
            best = position
        else:
            break
    return best


def _past_verb(text: str, start: int, stop: int) -> int:
    """Where a finite verb is left inside, the source begins after it."""
    masked = text[start:stop]
    verb = None
    for verb in _FINITE.finditer(masked):
        if _PARTICIPLE.fullmatch(verb.group()) or masked[verb.end() : verb.end() + 4] == " by ":
            verb = None
    if verb is None:
        return start
    following = _START.search(masked, verb.end())
    return start + following.start() if following else start


def source_after(reading: Reading, begin: int, finish: int) -> Span | None:
    """The noun phrase after “according to”: up to the comma that closes it, titles with commas taken in."""
    text = reading.text
    start = begin
    while start < finish and text[start].isspace():
        start += 1
    stop = _closing_comma(text, start, finish)
    while stop > start and text[stop - 1] in ' .,;:\n”"’)\u00a0':
        stop -= 1
    return (start, stop) if stop - start > 1 else None


_CLOSE = re.compile(r",\s|[.;]\s*$|[.;][”\"]|\s[—–]\s|[”\"]\s|\)\s|,[“”\"]")
_GOES_ON = re.compile(
    r",\s+(?:[A-Z][\w’'-]*(?:-ri|-gun|-si|-do|-dong)\b|including\b|(?:published|released|issued|based|a|an"
    r"|the)\s[^,]{2,60},\s|and\s|Inc\b|DC\b|D\.C\.)"
)


def _closing_comma(text: str, start: int, finish: int) -> int:
    position = start
    while match := _CLOSE.search(text, position, finish):
        if match.group().startswith(",") and (on := _GOES_ON.match(text, match.start())):
            following = text[match.end() : match.end() + 10]
            if following.startswith("including") or on.group().rstrip().endswith(","):
                return match.start()
            position = match.end()
            continue
        return match.start()
    return finish


def trailing_source(reading: Reading, begin: int, finish: int) -> Span | None:
    """The subject after the cue: “…”, said the director of the shelter."""
    match = _RELATIVE_END.search(reading.text, begin + 1, finish)
    stop = match.start() if match else finish
    start = begin
    while start < stop and reading.text[start].isspace():
        start += 1
    return (start, stop) if 1 < stop - start < 120 and not _NO_SOURCE.match(reading.text[start:stop]) else None


def is_testimony(words: str) -> bool:
    """Whether a source is someone who lived or saw it."""
    head = _ASIDE.split(words, maxsplit=1)[0]
    match = _TESTIMONY.search(head)
    if match is None or (match.group()[0].isupper() and match.start() and head[0].isupper()):
        return False
    return not _BODY.search(head, 0, match.start()) or bool(_ACCOUNTS.search(head, 0, match.start()))
