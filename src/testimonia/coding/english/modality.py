"""Whether a thing happened, is a rule, a risk, a plan or a denial, as the words around it say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from testimonia import vocabulary
from testimonia.coding.english.reading import Reading, Term
from testimonia.coding.english.statement import Statement

__all__ = ["covering", "modality_of", "moods_before", "moods_in", "negated", "status_of", "terms"]

_REACH = {
    "risk": 110,
    "policy": 150,
    "target": 90,
    "hypothetical": 40,
    "alleged": 50,
    "proposed": 160,
    "announced": 160,
}
_ORDER = ("target", "hypothetical", "policy", "risk")
_BARRIERS = ".;"


def terms() -> Iterator[Term]:
    """The words of mood and setting."""
    for row in vocabulary.rows("en/moods"):
        yield Term(row["form"], "mood", row["mood"], every=True)


def moods_in(reading: Reading, begin: int, finish: int) -> set[str]:
    """All moods and settings between two positions."""
    return {term.data for start, _, term in reading.found.get("mood", ()) if begin <= start < finish}


def moods_before(reading: Reading, begin: int, position: int) -> dict[str, int]:
    """Moods between `begin` and `position`, with where the last of each ends."""
    found: dict[str, int] = {}
    for start, end, term in reading.found.get("mood", ()):
        if start >= position:
            break
        if start >= begin and end <= position:
            found[term.data] = end
    return found


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
    between = reading.text[end:position]
    return not any(barrier in between for barrier in _BARRIERS)


def modality_of(reading: Reading, position: int, end: int, statement: Statement | None) -> str:
    """Modality of an act at text[position:end]."""
    if statement and statement.stance == "denial":
        return "denied"
    begin, finish = reading.sentence(position)
    moods = moods_before(reading, begin, position)
    for mood in _ORDER:
        if _reaches(reading, moods, mood, position):
            return mood
    own = moods_in(reading, position, end)
    if own & {"risk", "policy"}:
        return "risk" if "risk" in own else "policy"
    if "unless" in reading.text[end : min(finish, end + 50)]:
        return "risk"
    if statement and statement.testimony:
        return "testimony"
    return "alleged" if _reaches(reading, moods, "alleged", position) else "reported"


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
