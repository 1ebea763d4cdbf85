"""Named bodies: listed ones, names built on a head (“… Commission”), bodies of a state (“Thai police”)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from testimonia import vocabulary
from testimonia.coding.english.places import Place
from testimonia.coding.english.reading import Reading, Term
from testimonia.coding.english.words import word_set

__all__ = ["Org", "acronyms", "find_orgs", "terms"]


class Org(NamedTuple):
    """A body at text[start:end]."""

    start: int
    end: int
    norm: str
    otype: str
    rule: str


_CAP = r"(?:(?:[A-Z]\.){2,}|[A-ZÀ-Þ](?:[\w’'&/-]|\.(?=[A-Za-z]))*|\[[A-Z][\w ]*\])"
_LEFT = re.compile(rf"((?:{_CAP}\s+(?:(?:of|for|on|to|against|&)\s+(?:the\s+)?|and\s+(?!the\b))?){{0,8}})$")
_RIGHT = re.compile(
    rf"(?:\s+(?:of|for|on|to|against)\s+(?:the\s+)?(?!January|February|March|April|May|June|July|August"
    rf"|September|October|November|December){_CAP}(?:(?:\s+(?:and(?!\s+the\b)|of(?:\s+the)?|the|for|on"
    rf"|in)){{0,2}}\s+{_CAP}){{0,8}})?"
)
_STRIP = word_set("not_in_org")
_POSSESSIVE = ("’s", "'s", "s’", "s'", ".", ",")
_ACRONYM = re.compile(r"\s\(([A-Z][A-Za-z]*[A-Z][A-Za-z-]*|[A-Z]{2,9})[);,]")
_STATE_BODY = "|".join(sorted((row["form"] for row in vocabulary.rows("en/state_bodies")), key=len, reverse=True))
_BODY_AFTER = re.compile(
    rf"\s+((?i:(?:central|federal|national|local|provincial|military|naval|customs"
    rf"|immigration)\s+)?(?i:{_STATE_BODY}))\b"
)
_OTYPE = {row["form"]: row["otype"] for row in vocabulary.rows("en/state_bodies")}
_MANDATE = re.compile(
    r"\s+(?:[Ss]pecial|[Ii]ndependent)\s+(?:[Rr]apporteur|[Ee]xpert|[Ee]nvoy)|\s+Secretary[- ]General"
    r"|\s+High Commissioner for"
)
_HEADS = frozenset(row["form"] for row in vocabulary.rows("en/org_heads"))
_OFFICIALS_IN = re.compile(r"\b(?:[Oo]fficials|[Aa]uthorities)\s+in\s+$")


def terms() -> Iterator[Term]:
    """Listed bodies and the words that close a body's name."""
    for row in vocabulary.rows("en/orgs"):
        form = row["form"]
        yield Term(form, "org", (row["norm"], row["otype"]), "exact" if " " not in form else "title")
    for row in vocabulary.rows("en/org_heads"):
        yield Term(row["form"], "orghead", row["strength"], "title")


def find_orgs(reading: Reading, places: Sequence[Place], demonyms: Sequence[tuple[int, int, str]]) -> list[Org]:
    """Bodies in text order, none inside another."""
    text = reading.text
    found = [
        Org(s, e, term.data[0], term.data[1], "listed")
        for s, e, term in reading.found.get("org", ())
        if _listed(reading, s, e)
    ]
    found += [org for s, e, term in reading.found.get("orghead", ()) if (org := _built(text, s, e, term.data))]
    states = [(p.start, p.end, p.value) for p in places if p.ptype in ("country", "capital")]
    for start, end, iso in [*states, *demonyms]:
        if match := _BODY_AFTER.match(text, end):
            found.append(
                Org(
                    start,
                    match.end(),
                    f"{match[1].lower()} ({iso})",
                    _OTYPE.get(match[1].lower(), "state"),
                    "state-body",
                )
            )
    for place in places:
        if place.ptype == "capital" and (match := _OFFICIALS_IN.search(text, max(0, place.start - 16), place.start)):
            found.append(Org(match.start(), place.end, f"government ({place.value})", "state", "officials-in"))
    return _outermost(found)


def _listed(reading: Reading, start: int, end: int) -> bool:
    if reading.damaged:
        return end - start > 8
    text = reading.text
    return text[end : end + 1] != "$" and text[start].isupper() and not _MANDATE.match(text, end)


def _outermost(found: list[Org]) -> list[Org]:
    kept: list[Org] = []
    for org in sorted(found, key=lambda org: (org.start, -org.end)):
        if kept and org.start < kept[-1].end:
            if org.end > kept[-1].end and kept[-1].rule != "listed":
                kept[-1] = kept[-1]._replace(end=org.end)
            continue
        kept.append(org)
    return kept


def _built(text: str, start: int, end: int, strength: str) -> Org | None:
    """“Zhengzhou Discipline Commission”, “Ministry of Labour”, “Governments of China and North Korea”."""
    left = _left_edge(text, start)
    right = _RIGHT.match(text, end)
    stop = right.end() if (right and left == start) or (right and _is_office(text[start:end])) else end
    if stop < end:
        stop = end
    stop = _trimmed(text, stop)
    words = len(text[left:stop].split())
    if words < 2 or (strength == "weak" and (words < 3 or (left == start))):
        return None
    return Org(left, stop, text[left:stop], "unknown", "org-head")


def _is_office(head: str) -> bool:
    return head in (
        "Ministry",
        "Department",
        "Bureau",
        "Government",
        "Governments",
        "Court",
        "Commission",
        "Committee",
        "Office",
        "Embassy",
        "University",
        "Academy",
        "Institute",
        "Council",
        "Center",
        "Centre",
        "Agency",
        "Association",
        "Federation",
        "Organization",
        "Organisation",
        "Union",
        "Bank",
        "Parliament",
        "Congress",
        "Secretariat",
        "Consulate",
        "Directorate",
        "Network",
        "Coalition",
        "Alliance",
        "Foundation",
        "Society",
        "Campaign",
    )


def _left_edge(text: str, start: int) -> int:
    match = _LEFT.search(text, max(0, start - 90), start)
    if match is None or not match[1]:
        return start
    edge = match.start()
    # A cut-off word at the window's edge is no name.
    while edge < start:
        word = re.match(r"\S+", text[edge:start])
        if word is None:
            break
        bare = word.group()
        rest = text[edge + len(bare) : start]
        if (
            bare in _STRIP
            or (not bare[0].isupper() and bare[0] != "[")
            or (bare.endswith(_POSSESSIVE) and bare[-1] != ".")
        ):
            edge += len(bare) + len(rest) - len(rest.lstrip())
            continue
        cut = re.search(r"(?:[’']s|s[’']|,)\s+", text[edge:start])
        if cut and not re.match(
            r"(?:People|Women|Children|Workers|Citizens|Men|Farmers|Physicians|Doctors|Teachers|Lawyers"
            r"|Journalists|Mothers)",
            text[edge + cut.start() - 12 if cut.start() > 12 else edge : edge + cut.end()].split()[-1],
        ):
            edge += cut.end()
            continue
        break
    joined = text.rfind(" and ", edge, start)
    if joined > 0 and text[edge:joined].rsplit(None, 1)[-1] in _HEADS:
        edge = joined + 5
    return edge


def _trimmed(text: str, stop: int) -> int:
    while text[stop - 1] in ".,’'" and text[stop - 1 : stop]:
        stop -= 1
    if text[stop - 2 : stop] in ("’s", "'s"):
        stop -= 2
    return stop


def acronyms(text: str, orgs: Sequence[Org]) -> Iterator[tuple[str, str, str]]:
    """Short names that a text gives in brackets behind a body's name: (short, norm, type)."""
    for org in orgs:
        match = _ACRONYM.match(text, org.end)
        if match and match[1][0] in text[org.start : org.end]:
            yield match[1], org.norm, org.otype
