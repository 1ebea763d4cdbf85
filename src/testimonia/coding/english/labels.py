"""Digits that name or place something and count nothing: Camp 14, Article 33, COVID-19, 10:30, p. 17."""

from __future__ import annotations

import re

from testimonia import vocabulary

__all__ = ["DIGITS", "is_code", "is_label", "skips", "stands_bare"]

DIGITS = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")

_WORDS = frozenset(row["form"].lower() for row in vocabulary.rows("en/labels"))
_LAST = re.compile(r"(?:([A-Za-z][A-Za-z./-]*(?:\s[A-Za-z][A-Za-z.]*)?)|[#№]|§{1,2})[\s\u00a0]*$")
_CHAIN = re.compile(r"[\s\u00a0]*(?:\([a-z0-9]+\))*(?:,|,?\s*and|,?\s*or|to|-|–|&|through)?[\s\u00a0]*$")
_BEFORE = re.compile(r"(?:^|[\s\u00a0(\[{“\"‘'~≈<>=≥≤+—–|]|(?<!\d)[:/]|[A-Za-z]-|\d\s?[-–])$")
_AFTER = re.compile(
    r"(?:st|nd|rd|th)\b|\.[a-z]\b|['’]?s\b|:\d|/\d|[A-Za-z_@°\\]|\.\d|,\d|-\d+-|-[A-Z]?\d*[a-z]?\d|\s?(?:a\.m|p\.m"
    r"|am\b|pm\b|o['’]clock)"
    r"|[\s\u00a0]?°|\s[CF]\b|\s(?:U\.S\.C|USC|Stat|CFR|F\.\s?(?:2d|3d|Supp))\b|\)\s*$"
)
_ATTACHED = re.compile(r"(?:km2?|kg|kms|m|cm|mm|bn|mn|k|g|t|ha|kcal|x|USD|RMB|KRW|hrs?|min)\b")
_PLAIN_RANGE = re.compile(r"-\d[\d,]*(?:\.\d+)?(?:%|[\s\u00a0-](?!\d))")
_MARKER = re.compile(r"\s*(?:[(\[]?[a-zA-Z]?\d{1,3}[.)\]]|#{1,6}\s.*)\s*$")
_LISTED = re.compile(r"\.?\s+[A-Z]|\.$")
_LINE_START = re.compile(r"(?:^|[\n;])\s*$")
_YEARLIKE = re.compile(r"(?:1[0-9]|20)\d\d$")
_COUNTS = re.compile(
    r"[\s\u00a0]+(?:(?:North|South)\s+)?(?:[A-Za-z-]+\s+){0,2}?(?:people|persons|individuals|men|women"
    r"|children|refugees|defectors"
    r"|escapees|prisoners|detainees|workers|victims|cases|households|families|soldiers|Koreans|citizens"
    r"|students|officials"
    r"|tons|tonnes|kilometers|kilometres|km|miles|yuan|won|baht|dollars|RMB|euros|meters|metres|hours|days"
    r"|years|times)\b"
)
_HEDGED = re.compile(
    r"(?:about|around|some|nearly|almost|approximately|over|more than|at least|up to|fewer than|less than"
    r"|roughly|estimated)\s+$"
)
_URL = re.compile(r"(?:https?:|www\.|@|/)\S*$")


def is_label(text: str, start: int, last_label: int) -> bool:
    """Whether the digits at `start` follow a word that makes them a name, or a list of such."""
    if _follows_label(text, start):
        return True
    return last_label >= 0 and start - last_label < 12 and bool(_CHAIN.match(text, last_label, start))


def _follows_label(text: str, start: int) -> bool:
    if not start or text[start - 1].isdigit():
        return False
    if text[start - 1] == "+":
        return True
    match = _LAST.search(text, max(0, start - 18), start)
    if match is None:
        return False
    if match[1] is None:
        return True
    words = match[1].lower().rstrip(".")
    last = words.rsplit(None, 1)[-1].split("/")[-1]
    return any(word in _WORDS or (word[-1:] == "s" and word[:-1] in _WORDS) for word in (words, last, last.rstrip(".")))


def skips(text: str, start: int, end: int, money: bool) -> bool:
    """Whether the digits text[start:end] are part of a word, a time, a marker, an address, a bare year."""
    if money:
        return False
    if not _BEFORE.search(text, max(0, start - 3), start) or _is_compound(text, start):
        return True
    if _AFTER.match(text, end) and not _ATTACHED.match(text, end) and not _PLAIN_RANGE.match(text, end):
        return True
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return True
    if _LISTED.match(text, end) and _LINE_START.search(text, max(0, start - 8), start):
        return True
    if text[max(0, start - 4) : start].lower() == "per ":
        return True
    if text[start - 1 : start] in ("“", '"') and text[end : end + 1] in ("”", '"'):
        return True
    if start < 6 and _MARKER.match(text, 0, end + 1):
        return True
    if _YEARLIKE.match(text, start, end) and not _counts(text, start, end):
        return True
    return "/" in text[max(0, start - 40) : start] and bool(_URL.search(text, max(0, start - 40), start))


def _is_compound(text: str, start: int) -> bool:
    """COVID-19, mid-2014: a letter and a hyphen before the digits."""
    return start > 1 and text[start - 1] in "-\u2011" and text[start - 2].isalpha()


def _counts(text: str, start: int, end: int) -> bool:
    counted = _COUNTS.match(text, end)
    return bool(counted) and (bool(_HEDGED.search(text, max(0, start - 16), start)) or text[end] != "\n")


_CODE_LEFT = re.compile(r"[-–—<#/_]\s?$|\d[\s.]+$|\b[A-Z]{2}\s$")
_CODE_RIGHT = re.compile(r"\s?[-–—<>/_]\s*[\dA-Z<>]|[-–—]\s|\s+\d")
_LONG = re.compile(r"\d{5,}$|\d+\.\d\d+$|0\d+$")
_COUNTED_LEFT = re.compile(
    r"\b(?:to|from|at|was|were|is|are|be|reach\w*|total\w*|number\w*|record\w*|only|just|another|with|than|of|about|around"
    r"|some|nearly|almost|over|under|least|most|to some|and|or|versus|against|by|in all|estimated|approximately|roughly"
    r"|an? \w+|exceed\w*|averag\w*|hit|top\w*|count\w*|identif\w+|found|had|has|have"
    r"|arrest\w*|detain\w*|rescu\w*)[\s:]+$",
    re.I,
)


def is_code(text: str, start: int, end: int) -> bool:
    """Whether digits without a counted noun are part of a code: a docket, a postcode, a row of line numbers."""
    if not text[start].isdigit():
        return False
    return bool(
        _CODE_LEFT.search(text, max(0, start - 4), start)
        or _CODE_RIGHT.match(text, end)
        or _LONG.match(text, start, end)
    )


def stands_bare(text: str, start: int, end: int) -> bool:
    """Whether digits are said of nothing: no counted noun, no verb or preposition of counting before them."""
    if not text[start].isdigit() or "," in text[start:end]:
        return False
    return not _COUNTED_LEFT.search(text, max(0, start - 24), start)
