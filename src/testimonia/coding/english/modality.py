"""Whether a thing happened, is a rule, a risk, a plan or a denial, as the words around it say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from testimonia import vocabulary
from testimonia.coding.english.reading import Found, Reading, Term
from testimonia.coding.english.statement import Statement

__all__ = [
    "covering",
    "modality_of",
    "moods_before",
    "moods_in",
    "negated",
    "settle_moods",
    "status_of",
    "terms",
    "told",
]

_REACH = {
    "risk": 110,
    "policy": 150,
    "penal": 150,
    "pledge": 70,
    "target": 90,
    "hypothetical": 60,
    "alleged": 50,
    "proposed": 160,
    "announced": 160,
}
_ORDER = ("target", "hypothetical", "policy", "penal", "pledge", "risk")
_NAMED = {"penal": "policy", "pledge": "policy"}  # a penalty in law; what a body says that it will do
_PENALTIES = frozenset({
    "state.detention", "state.death_penalty", "state.forced_labour", "state.forced_labour_camp", "state.execution",
    "state.forced_return", "state.arrest", "state.forced_relocation", "state.collective_punishment",
    "state.punishment_on_return", "state.movement_restriction", "tip.means.restricting_movement",
})  # fmt: skip
_NOBODY = re.compile(r"(?:nobody|no one|none|no (?:woman|women|person))\b", re.I)
_RULED = re.compile(
    r"[^.;,]{0,40}\s(?:requires?|must|shall|(?:is|are) (?:not |strictly )?(?:prohibited|permitted|allowed|illegal"
    r"|unlawful|punishable|forbidden|banned|outlawed|authori[sz]ed|limited to))\b",
    re.I,
)
_WHEN_RULED = re.compile(
    r"(?:After|Upon|Before|When|Within|Once|Following|On)\s[^.;]{0,160}\b(?:must|shall"
    r"|(?:is|are) (?:required|authori[sz]ed|obliged|permitted|allowed|entitled) to)\b"
)
_BARRIERS = re.compile(r"[.;]|\b(?:because|but|although|though|despite|whereas)\b|^[^(]*\)")
_OWN_BARRIERS = {
    "hypothetical": re.compile(r"[,.;)]"),
    "target": re.compile(r"[.;]|\b(?:was|were|had|faced|received|got|lost|is|are|be)\b"),
}


def terms() -> Iterator[Term]:
    """The words of mood and setting."""
    for row in vocabulary.rows("en/moods"):
        form = row["form"]
        yield Term(form, "mood", row["mood"], "" if form.islower() else "exact", every=True)


def settle_moods(reading: Reading) -> None:
    """Order the words of mood; those inside a phrase that voids them (“law enforcement”) are left out."""
    hits = sorted(reading.found.get("mood", ()), key=lambda hit: hit[:2])
    voids = [(start, end) for start, end, term in hits if term.data == "void"]
    reading.moods = [hit for hit in hits if not any(s <= hit[0] and hit[1] <= e for s, e in voids)] if voids else hits
    reading.mood_starts = [start for start, _, _ in reading.moods]


def _between(reading: Reading, begin: int, finish: int) -> Sequence[Found]:
    return reading.moods[bisect_left(reading.mood_starts, begin) : bisect_left(reading.mood_starts, finish)]


def moods_in(reading: Reading, begin: int, finish: int) -> set[str]:
    """All moods and settings between two positions."""
    return {term.data for _, _, term in _between(reading, begin, finish)}


def moods_before(reading: Reading, begin: int, position: int) -> dict[str, int]:
    """Moods between `begin` and `position`, with where the last of each ends."""
    return {term.data: end for _, end, term in _between(reading, begin, position) if end <= position}


def covering(statements: Sequence[Statement], position: int, begin: int) -> Statement | None:
    """The innermost statement of the sentence whose content holds `position`."""
    found = None
    for statement in statements:
        if statement.cue[0] >= begin and statement.content and statement.content[0] <= position < statement.content[1]:
            found = statement
    return found


def _reaches(reading: Reading, moods: dict[str, int], mood: str, position: int) -> bool:
    end = moods.get(mood)
    if end is None or position - end > _REACH[mood]:
        return False
    return _OWN_BARRIERS.get(mood, _BARRIERS).search(reading.text[end:position]) is None


def modality_of(reading: Reading, position: int, end: int, code: str, statement: Statement | None) -> str:
    """Modality of an act at text[position:end]."""
    if (statement and statement.stance == "denial") or _NOBODY.match(reading.text, position, end):
        return "denied"
    begin, finish = reading.sentence(position)
    moods = moods_before(reading, begin, position)
    for mood in _ORDER:
        if _reaches(reading, moods, mood, position) and (mood != "penal" or code in _PENALTIES):
            return _NAMED.get(mood, mood)
    own = moods_in(reading, position, end)
    if own & {"risk", "policy"}:
        return "risk" if "risk" in own else "policy"
    if "unless" in reading.text[end : min(finish, end + 50)]:
        return "risk"
    if _RULED.match(reading.text, end, finish) or _WHEN_RULED.match(reading.text, begin, finish):
        return "policy"
    if told(reading, position, statement):
        return "testimony"
    return "alleged" if _reaches(reading, moods, "alleged", position) else "reported"


def told(reading: Reading, position: int, statement: Statement | None) -> bool:
    """Whether those who lived it say what stands at `position`."""
    if statement and statement.source and not statement.testimony:
        return False
    return bool(statement and statement.testimony) or any(s <= position < e for s, e in reading.lived)


def negated(reading: Reading, position: int) -> bool:
    """Whether the text denies what begins at `position`: no reports of, did not."""
    begin, _ = reading.sentence(position)
    end = moods_before(reading, max(begin, position - 48), position).get("negated")
    return end is not None and len(reading.text[end:position].split()) <= 5 and "," not in reading.text[end:position]


def status_of(reading: Reading, start: int, end: int, given: str) -> str:
    """Whether a measure is proposed, announced, in force or told of."""
    if given:
        return given
    begin, _ = reading.sentence(start)
    moods = moods_before(reading, begin, start)
    for mood in ("proposed", "announced"):
        if _reaches(reading, moods, mood, start):
            return mood
    return "reported_in_force" if "in_force" in moods_in(reading, max(begin, start - 60), end) else "reported"
