"""Figures: a number put together with its unit, the counted, comparator, hedge and modality."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testimonia.coding.english.labels import is_code, stands_bare
from testimonia.coding.english.numbers import Number
from testimonia.coding.english.rates import in_context
from testimonia.coding.english.reading import Reading
from testimonia.coding.english.units import Counted, counted_after, counted_before

__all__ = ["Quantity", "quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure before anybody is known to claim it. start and end take in the hedge and the counted words."""

    start: int
    end: int
    number: Number
    counted: Counted
    unit: str
    comparator: str
    hedge: str | None
    modality: str
    cue: str | None = None


_COMPARATORS = (
    (
        ">",
        r"more than|over|above|in excess of|upwards? of|greater than|older than|well over|just over|beyond"
        r"|larger than"
        r"|longer than|exceed(?:s|ed|ing)?(?:\s+(?:an?|the)\s+\w+)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)"
        r"|north of|higher than",
    ),
    (
        ">=",
        r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum(?: \w+)? of"
        r"|minimum(?: \w+){0,3} (?:of|was|is)|starting at"
        r"|not under|minimum age(?: \w+){0,3} (?:is|was|of|at)|least",
    ),
    (
        "<=",
        r"up to|as many as|as much as|at most|(?:no|not) (?:more|longer|greater|higher|later) than"
        r"|not (?:to )?exceed(?:ing)?"
        r"|(?:a )?maximum(?: \w+){0,3} (?:of|was|is)|as high as|as long as|not exceed|limited to"
        r"|a ceiling of|a cap of|within|upto|cap(?:s|ped)?(?: \w+){0,3} at|limit(?:s|ed)(?: \w+){0,3} to",
    ),
    (
        "<",
        r"fewer than|less than|under|below|younger than|lower than|just under|well below|short of"
        r"|shorter than|not yet",
    ),
    ("min", r"as young as|as little as|as low as|as few as|from as young as"),
    (
        "~",
        r"about|around|approximately|approx\.?|some|roughly|nearly|almost|(?:an )?estimated|circa|ca?\."
        r"|close to|near|perhaps"
        r"|possibly|probably|(?:an )?averag(?:e|es|ed|ing)(?: of)?|on average|or so|in the (?:region"
        r"|order) of|an approximate"
        r"|believed to be|estimated at|estimated to be|thought to be|virtually|practically|perhaps even"
        r"|maybe|just about"
        r"|more or less",
    ),
)
_HEDGE = re.compile(
    r"\b(?:" + "|".join(f"(?P<c{i}>{words})" for i, (_, words) in enumerate(_COMPARATORS)) + r")"
    r"(?:\s+(?:of|to|the|a|an|another|an additional|a further|an extra"
    r"|the age of|ages?|aged|even|only|just|nearly|about|approximately|some"
    r"|around|roughly|almost"
    r"|an estimated|those|all))?\s*[$€£¥₩(]?$",
    re.I,
)
_HEDGE_WORDS = frozenset(
    word for _, words in _COMPARATORS for phrase in words.split("|") for word in re.findall(r"[a-z]+\.?", phrase)[-1:]
) | frozenset({"exceeded", "exceeds", "exceeding", "exceed", "surpassed", "topped", "averaged", "averaging", "average"})
_AFTER_HEDGE = re.compile(r"\s+(?:\w+\s+)?(?:or so|on average|approximately|more or less|each on average)\b")
_AGE_RIGHT = re.compile(
    r"[-\s\u00a0](?:and\s+a\s+half[-\s])?years?[-\s]olds?\b|\s+years?\s+of\s+age\b|[-\s]month[-\s]olds?\b"
)
_AGE_OLDER = re.compile(r"\s+(?:(?:or|and)\s+)(?:older|younger|over|under|above|below)\b")
_AGE_LEFT = re.compile(
    r"\b(?:aged?|ages|age group)(?:\s+(?:of|about|between|from|under|over|at least|as young as|is|was|at|to"
    r"|around|approximately"
    r"|range|ranged|ranging|are|were|for|\w+ing|marriage|employment|work|consent|majority))*\s+$"
    r"|\b(?:as (?:young|old) as"
    r"|(?:younger|older) than|turn(?:s|ed|ing)|(?:under|over|below|above) the age of|(?:under|over)-)\s*$",
    re.I,
)
_AGE_IS = re.compile(r"\bage\b[^.;0-9]{0,50}\s(?:is|was|are|were|at|to|from|of|remains?|remained)\s+$", re.I)
_OF_AGE = re.compile(
    r"\b(?:(?:wo)?man|girl|boy|child|youth|person|daughter|son|mother|father|worker|teenager|student|farmer|fisherman"
    r"|(?:wo)?men|girls|boys|children|workers|sister|brother) (?:barely |just |only )?of $"
)
_EXTREME = re.compile(
    r"\b(?P<least>youngest)\b[^.;0-9]{0,30}\b(?:is|was|were|being|aged|at)\s+(?:only\s+|just\s+)?$", re.I
)
_OLDEST = re.compile(
    r"\b(?:oldest|eldest)\b[^.;0-9]{0,30}\b(?:is|was|were|being|aged|at)\s+(?:about\s+|nearly\s+)?$", re.I
)
_LISTED = re.compile(r"\s*(?:and|or|to|,|-|–)\s*")
_CONTRAST = re.compile(r"[^.;]{0,60}\b(?:and|or|to|versus|than)\s+$")
_UNDER = re.compile(r"\b(?:under|over|below|above)\s+$", re.I)
_NAME_AGE = re.compile(r"[A-Z][\w’'-]+,\s$")
_SECOND_PERSON = re.compile(r"\s+(?:who|whom|whose)\b")
_PERSON_VERB = re.compile(
    r"\s+(?:of\s+(?:them|whom)\s+|more\s+|others\s+|in\s+all\s+)?(?:(?:could|may|might|must|can|should|had|have|has|were|was|are|is|would|will|also|later|subsequently"
    r"|reportedly|allegedly|be|been|being)\s+)*"
    r"(?:arriv|di[e]d|dead|fled|flee|escap|defect|return|cross|surviv|left|drown|starv|arrest|detain"
    r"|imprison|sentenc|execut|kill|injur|wound"
    r"|deport|repatriat|releas|convict|charg|prosecut|investigat|rescu|identif|recruit|traffick|sold|abduct"
    r"|kidnap|disappear|miss|tortur|beaten|lock|confin|bought|beat|brought|flown|moved|lost"
    r"|employ|hired|work|said|told|report|born|liv|resid|regist|resettl|admitt|refus|deni|grant|forc|held"
    r"|sent|taken|transferr|interview|suffer"
    r"|attend|enter|remain|stay|protest|sign|vot|elect|appoint|dismiss|expell|punish|fined|hospitali|infect"
    r"|test|vaccin)",
    re.I,
)
_POSSESSED = re.compile(r"\s+had\s+their\s")
_LATER = re.compile(
    r"\s+(?:(?:a|one|two|\w+)\s+(?:year|month|week)s?\s+(?:earlier|before|ago|later)|in\s+(?:19|20)\d\d"
    r"|last\s+year|the\s+(?:previous"
    r"|following)\s+year|[,.;)]|to\b|from\b|as\s+of|at\s+the|during\b|by\b)"
)
_DECADE = re.compile(r"(?:['’]?s)\b")
_THEIR_AGE = re.compile(r"\b(?:in|into)\s+(?:their|her|his|my|our)\s+(?:early\s+|mid-?\s?|late\s+)?$")
_ONE_FITS = re.compile(
    r"\b(?:at least|only|just|more than|less than|up to|fewer than|no more than|another|about|nearly"
    r"|every)\s+$",
    re.I,
)
_ONE_LIST = re.compile(r"\b(?:\w+)\s+(?:and|or)\s+$|,\s+$")
_ONE_NOT = re.compile(
    r"\s+(?:of|another|such|or\s+(?:another|both)|thing|way|day\b(?!\s+(?:off|a|per|of|in|each|every))|side"
    r"|hand|time)\b"
)

_REQUIRED = re.compile(
    r"\b(?:must|shall|should|recommend\w*|urge[sd]?\b|call(?:s|ed)? (?:on|for)|ought to|(?:is|are|was|were|be"
    r"|been) (?:required|obliged|supposed|expected by law"
    r"|to be|allowed|permitted|entitled)|requir\w+|quota\w*"
    r"|targets?\b|goals?\b|punishable|punished (?:by|with)|penalt\w+|subject to|liable"
    r"|(?:is|are|was|were|been|being|be) (?:told|asked|instructed|assigned|expected|compelled|obligated"
    r"|under orders) to"
    r"(?! (?:rise|reach|grow|increase|fall|total|exceed|double|remain|arrive|drop|decline))"
    r"|(?:has|have|had|having) to\b|need(?:s|ed)? to\b|work norms?|norms? of|demand(?:s|ed|ing)?\b|assign(?:s|ed)\b"
    r"|compulsory|threshold|limit(?:s|ed)? (?:of|to|at|on)|caps?\b|capped|deadline|oblig\w+|not allowed"
    r"|forbid\w*|bann?(?:s|ed)\b"
    r"|instruct\w*|order(?:s|ed|ing)? (?:that|each|every|all|them|him|her|officers|guards|police|residents|units|the)\b"
    r"|aims?\b|aimed (?:to|at)|seeks? to|sought to|envisag\w+|calls? for|called for"
    r"|(?:has|have|had|was|were|been|is|are) (?:set|fixed|capped) (?:at|for|to)|sets? (?:a|the|each|every|out(?! how)) "
    r"|fix(?:ed|es) (?:a|the|at)|expects? (?:\w+ ){1,3}to\b"
    r"|directives?|notice\b|expects? (?:each|every|them|its|officers|workers)|quarterly plan|annual plan|plan calls"
    r"|laws?\b(?!\s+(?:enforcement|school|firm"
    r"|suit|student|professor))|legal\s+(?:minimum|maximum|age|limit|working)"
    r"|legally\s+(?:required|mandated|permitted|allowed|obliged|entitled|binding|limited)|legislation"
    r"|fines?\s+of|fac(?:e|es)\s+(?:a\s+)?(?:fine|up|at\s+least|sentence|penalt)|imprisonment"
    r"|statut\w+|penal code|criminal code|code\b|constitution|regulations?|minimum|maximum|prescrib\w+"
    r"|stipulat\w+|mandat\w+"
    r"|carr(?:y|ies|ied)\b|ceiling|capped|ordered to|instructed to|obligat\w+|decree\w*|rules?\b"
    r"|article\s+\d+|is set at|was set at"
    r"|provides? for|authoriz\w+|authoris\w+|criminaliz\w+|criminalis\w+|allows?|no longer than"
    r"|may be (?:sentenced|fined|held|detained))\b",
    re.I,
)
_TARGET_AFTER = re.compile(
    r"[^.;,]{0,30}\b(?:quota|target|goal|limit|minimum|ceiling|maximum|requirement|deadline)s?\b"
    r"|[^.;,]{0,50}\b(?:must|shall|requires?|(?:has|have|had) to"
    r"|(?:is|are|were|was) (?:to be|required|obliged|supposed|due to))\b",
    re.I,
)
_KNOWN = re.compile(r"\b(?:the|these|those|its|their|all)\s+(?:\w+\s+)?$")
_PAGE_COUNTER = re.compile(
    r"\s+(?:updates?\b|(?:people\s+)?(?:watching|online|viewing|reading)\b|min(?:ute)?s?\s+(?:listen|read|watch)\b"
    r"|views?\b|shares?\b|likes?\b|comments?\b|followers\b|subscribers\b|retweets\b|replies\b)(?=\s*(?:$|[|•·\n]|now\b))"
)
_NEAR = 62  # characters behind a number in which its verb stands
_MIGHT_AFTER = re.compile(r"[^.;,]{0,50}?\s(?:may|might|could)\s(?!not\b)", re.I)
_WILL_AFTER = re.compile(r"[^.;,]{0,40}?\s(?:will|shall)\s", re.I)
_HAPPENED = re.compile(
    r"\b(?:was|were|had been|has been|have been|been) (?:sentenced|fined|arrested|detained|convicted"
    r"|ordered|given|held)\b|\bsentenced\s+\w+"
    r"|\bfined\b|\breport(?:ed|s)\b|\bestimated?\b|\bsaid\b|\baccording to\b|\brecorded\b|\bserv(?:ed"
    r"|ing)\b|\breceived\b|\bin violation of\b"
    r"|\bwarn(?:s|ed|ing)\b"
    r"|[;,]\s(?:(?:but|and|while|whereas|yet|only)\s)?(?:[A-Z]\w+|it|they|he|she|the\s\w+|officials|police)\s(?:\w+ly\s)?"
    r"(?:completed|achieved|managed|delivered|filed|reached|collected|produced|recorded|opened|built|spent|found)\b"
    r"|\bdespite\b|\bprosecut\w+|\bconvict\w+|\binvestigat\w+",
    re.I,
)
_ORDERED = re.compile(
    r"\b(?:must|shall|(?:has|have|had) to|quotas?|targets?|required to|obliged to|told to|ordered to"
    r"|supposed to|asked to|assigned|need(?:s|ed)? to|goals?|norms?|ceiling"
    r"|expected to|aims?|aimed|seeks? to|sought to|demand(?:s"
    r"|ed)?|compelled to|ordered|instructed|told|calls? for|called for"
    r"|envisag\w+|sets?|fixed|fixes|allowed|permitted|entitled|recommend\w*|urge[sd]?|should|caps?|capped|compulsory"
    r"|limit(?:ed)?|minimum|maximum|no (?:fewer|less))\b",
    re.I,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:expected to|project(?:ed|s|ion\w*)|forecast\w*|could(?! (?:not|only|never|confirm|verify|establish)\b)"
    r"|might|likely to|potential(?:ly)?"
    r"|perhaps even|possibly|predict\w*"
    r"|(?-i:may )(?!be (?:sentenced|fined)|not\b)|anticipat\w+"
    r"|would\s+(?:need|require|mean|cost|rise|fall)|if )[^.;]*$",
    re.I,
)
_ANNOUNCED = re.compile(
    r"\b(?:promis(?:ed|es)|pledg(?:ed|es)|plans?|planned|vow(?:ed|s)|will|intend(?:s|ed)|commit(?:s"
    r"|ted)\s+(?:itself\s+)?to|announced (?:plans|that [^.;]{0,60}would))"
    r"\b[^.;]{0,80}$",
    re.I,
)
_NONE = re.compile(
    r"\b(?:no such|not a single|(?:denie[sd]|den(?:y|ying)) (?:that|it|having|they|he|she|ever|any|reports?|claims?"
    r"|allegations?|the)|no (?:case|report|record|one)s?\b|never)[^.;]{0,60}$",
    re.I,
)
_COUNTING = frozenset({None, "persons", "count"})


def quantities(reading: Reading, numbers: Sequence[Number]) -> Iterator[Quantity]:
    """The figures of a passage, in text order."""
    text, last_unit, previous = reading.text, None, None
    money: tuple[int, str] | None = None
    for number in numbers:
        begin, finish = reading.sentence(number.start)
        if _PAGE_COUNTER.match(text, number.end):
            continue
        counted = counted_after(text, number)
        age = _age(text, number, counted) or _same_age(text, number, counted, previous)
        previous = None
        if number.kind == "article" and not age and not _one_counts(text, number, counted):
            continue
        unit = age or counted.unit
        if unit is None and is_code(text, number.start, number.end):
            continue
        if unit is None:
            before = counted_before(text, number.start, begin)
            unit, counted = _settle(text, number, before, last_unit, counted)
        if unit is None:
            continue
        unit = in_context(reading, number, unit, begin, money)
        money = (max(counted.end, number.end), unit) if unit[:3].isupper() else None
        comparator, hedge_start, hedge = _comparator(text, number, begin)
        end = max(counted.end, number.end)
        last_unit, previous = unit, (number.end, unit)
        yield Quantity(
            hedge_start, end, number, counted, unit, comparator, hedge, *_modality(text, number, begin, finish)
        )


def _same_age(text: str, number: Number, counted: Counted, previous: tuple[int, str] | None) -> str | None:
    """“children ages 16 and 17”: the second number is an age as the first."""
    if previous is None or previous[1] != "years_of_age" or number.unit:
        return None
    between = text[previous[0] : number.start]
    contrasted = counted.unit is None and (number.value or 0) <= 100 and _CONTRAST.match(between)
    return previous[1] if contrasted or _LISTED.fullmatch(between) else None


def _one_counts(text: str, number: Number, counted: Counted) -> bool:
    if _ONE_NOT.match(text, number.end):
        return False
    if counted.unit not in _COUNTING and counted.unit != "times":
        return "/" in counted.unit if counted.unit and counted.unit.startswith(("count", "persons")) else True
    left = text[max(0, number.start - 24) : number.start]
    return counted.unit is not None and bool(_ONE_FITS.search(left))


def _settle(
    text: str, number: Number, before: Counted | None, last: str | None, counted: Counted
) -> tuple[str | None, Counted]:
    """A bare number takes its unit from what was counted before, or from what is said of it."""
    if _SECOND_PERSON.match(text, number.end):
        return "persons", counted
    if before:
        return before.unit, Counted(before.unit, counted.end, before.noun)
    if last and last.split("/")[0] == "persons" and not number.unit:
        return "persons", counted
    if _PERSON_VERB.match(text, number.end) or _POSSESSED.match(text, number.end):
        return "persons", counted
    if last and last.split("/")[0] == "count" and not number.unit:
        return "count", counted
    if last and _LATER.match(text, number.end):
        return last, counted
    if number.kind in ("verbal",) and text[number.start : number.end].lower() in (
        "several",
        "a few",
        "a couple",
        "a fraction",
    ):
        return ("fraction" if "fraction" in text[number.start : number.end] else None), counted
    return (None if stands_bare(text, number.start, number.end) else "count"), counted


def _age(text: str, number: Number, counted: Counted) -> str | None:
    if number.kind not in ("plain", "article") or (number.value or number.high or number.low or 0) > 120:
        return None
    if _AGE_RIGHT.match(text, number.end):
        return "years_of_age" if "month" not in text[number.end : number.end + 7] else "months"
    left = text[max(0, number.start - 40) : number.start]
    if counted.unit is None and (_OF_AGE.search(left) or _EXTREME.search(left) or _OLDEST.search(left)):
        return "years_of_age"
    if counted.unit is None and _AGE_IS.search(text, max(0, number.start - 80), number.start):
        return "years_of_age"
    if _AGE_LEFT.search(left) and counted.unit in (None, "years", "count", "persons"):
        return "years_of_age"
    if counted.unit is None and _AGE_OLDER.match(text, number.end):
        return "years_of_age"
    if (
        counted.unit is None
        and _UNDER.search(left)
        and (number.value or 0) <= 99
        and re.search(
            r"(?i)\b(?:child|minor|girl|boy|person|people|those|men|women|anyone|youth|adult)\w*\s+\w+\s+$", left
        )
    ):
        return "years_of_age"
    if (
        counted.unit is None
        and _NAME_AGE.search(left)
        and text[number.end : number.end + 1] in ",)"
        and 9 < (number.value or 0) < 100
    ):
        return "years_of_age"
    return None


def _comparator(text: str, number: Number, begin: int) -> tuple[str, int, str | None]:
    left = max(begin, number.start - 48)
    hedged = not _HEDGE_WORDS.isdisjoint(text[left : number.start].lower().split()[-6:])
    match = _HEDGE.search(text, left, number.start) if hedged else None
    sign = "min" if _EXTREME.search(text, max(begin, number.start - 60), number.start) else None
    if match:
        sign = next(sign for i, (sign, _) in enumerate(_COMPARATORS) if match[f"c{i}"])
    start = match.start() if match else number.start
    hedge = match.group().strip() if match else None
    if number.comparator:
        return number.comparator, _between(text, number, start), hedge
    if sign == ">" and number.kind == "verbal" and (number.low or 0) < 20:
        sign, start, hedge = None, number.start, None
    if number.kind == "verbal":
        return (sign or (">=" if (number.low or 0) >= 1000 and number.high is None else "~")), start, hedge
    if sign is None and _AFTER_HEDGE.match(text, number.end):
        sign = "~"
    return sign or "=", start, hedge


def _between(text: str, number: Number, start: int) -> int:
    at = text.rfind("etween", max(0, number.start - 30), number.start)
    return min(start, at - 1) if at > 0 else start


def _modality(text: str, number: Number, begin: int, finish: int) -> tuple[str, str | None]:
    left = text[begin : number.start]
    if rule := _rule(left):
        return "required", rule
    if match := _NONE.search(left):
        return "denied", match.group()[:12]
    if match := _ANNOUNCED.search(left):
        return "announced", match.group().split()[0]
    if match := _HYPOTHETICAL.search(left):
        return "hypothetical", match.group().split()[0]
    if not _KNOWN.search(left) and (match := _TARGET_AFTER.match(text, number.end, finish)):
        return "required", match.group().split()[-1]
    near = text[number.end : min(finish, number.end + _NEAR)]
    if ("may " in near or "might " in near or "could " in near) and (match := _MIGHT_AFTER.match(near)):
        return "hypothetical", match.group().split()[-1]
    if ("will " in near or "shall " in near) and (match := _WILL_AFTER.match(near)):
        return "announced", match.group().split()[-1]
    return "reported", None


def _rule(left: str) -> str | None:
    """The last word of rule before a number, unless something is said to have happened after it."""
    rules = list(_REQUIRED.finditer(left))
    happened = _HAPPENED.search(left, rules[-1].end()) if rules else None
    if not rules or happened:
        return None
    before = _HAPPENED.search(left)
    return None if before and not _ORDERED.search(left, before.end()) else rules[-1].group()
