"""Finds all forms of a lexicon in one pass over a text (Aho-Corasick automaton).

The text is scanned once, in C; Python is entered only where a form ends. Folding never changes a length, so
that offsets into the folded text are offsets into the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import ahocorasick

from testimonia.errors import VocabularyError

__all__ = ["Hit", "Lexicon", "fold"]

Row = Mapping[str, str]

# What a keyboard, a typesetter or a line break may put in the place of an apostrophe, a hyphen or a space.
_SAME = (
    ("\u2019", "'"), ("\u2018", "'"), ("\u02bc", "'"), ("\u2010", "-"), ("\u2011", "-"),
    ("\u00a0", " "), ("\u202f", " "), ("\n", " "), ("\r", " "), ("\t", " "),
    ("\u014f", "o"), ("\u016d", "u"),  # McCune-Reischauer breves are written as often as not
)  # fmt: skip


def fold(text: str) -> str:
    """Lower case, straight apostrophes and hyphens, plain spaces, no breves; exactly as long as `text`."""
    lowered = text.replace("\u0130", "I").lower()
    for found, plain in _SAME:
        if found in lowered:
            lowered = lowered.replace(found, plain)
    return lowered


def _plain(text: str) -> str:
    for found, plain in _SAME:
        text = text.replace(found, plain)
    return text


class Hit(NamedTuple):
    """A form found at text[start:end], the row it comes from and the group of that row."""

    start: int
    end: int
    row: Row
    group: str = ""


class _Entry(NamedTuple):
    form: str
    row: Row
    group: str
    left: str
    right: str
    case: str


def _is_letter(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


_SIDES: Mapping[str, Callable[[str], bool]] = {"letter": _is_letter, "hangul": _is_hangul}


def _sides(words: bool | str, row: Row, form: str) -> tuple[str, str]:
    """Which kind of character may not stand left and right of a form."""
    wish = row.get("boundary", "")
    if wish == "none" or words is False:
        return "", ""
    if words == "ko":
        left = "hangul" if _is_hangul(form[0]) else "letter"
        right = "hangul" if wish == "both" else ("" if _is_hangul(form[-1]) else "letter")
        return ("" if wish == "right" else left), right
    left = "letter" if _is_letter(form[0]) and wish != "right" else ""
    return left, "letter" if _is_letter(form[-1]) and wish != "left" else ""


class Lexicon:
    """Forms of a table, found in one pass.

    `rows` need a column named `form`. Two optional columns steer a row: `case` (`exact`: as written;
    `title`: the first letter is a capital) and `boundary` (`none`, `left`, `right`, `both`: on which sides a
    word must end). `words=True` demands both for Latin script, `words="ko"` the left side only, since
    particles and endings follow a Korean word; `words=False` (Chinese) none.
    """

    def __init__(
        self, rows: Iterable[Row], form: str = "form", fold: bool = True, words: bool | str = True
    ) -> None:
        self._setup(form, fold)
        self._add(rows, "", words)
        self._finish()

    @classmethod
    def merged(
        cls,
        groups: Mapping[str, Iterable[Row]],
        form: str = "form",
        fold: bool = True,
        words: bool | str = True,
    ) -> Lexicon:
        """One automaton over several tables; each hit says in `group` which table it comes from."""
        lexicon = cls.__new__(cls)
        lexicon._setup(form, fold)
        for group, rows in groups.items():
            lexicon._add(rows, group, words)
        lexicon._finish()
        return lexicon

    def _setup(self, form: str, folded: bool) -> None:
        self._form, self._folded = form, folded
        self._entries: dict[str, list[_Entry]] = {}

    def _add(self, rows: Iterable[Row], group: str, words: bool | str) -> None:
        for row in rows:
            form = _plain(row[self._form])
            if not form:
                raise VocabularyError(f"{group or 'lexicon'}: empty {self._form} in {dict(row)}")
            left, right = _sides(words, row, form)
            key = fold(form) if self._folded else form
            entry = _Entry(form, row, group, left, right, row.get("case", ""))
            self._entries.setdefault(key, []).append(entry)

    def _finish(self) -> None:
        self._automaton = ahocorasick.Automaton()
        for key, entries in self._entries.items():
            self._automaton.add_word(key, (len(key), tuple(entries)))
        self._automaton.make_automaton()
        self._size = len(self._entries)
        del self._entries  # the automaton holds them now

    def __len__(self) -> int:
        """Number of distinct forms."""
        return self._size

    def find_all(self, text: str) -> Iterator[Hit]:
        """Every hit, overlapping ones too, ordered by end."""
        if not self._size:
            return
        scanned = fold(text) if self._folded else text
        size = len(scanned)
        for last, (length, entries) in self._automaton.iter(scanned):
            start, end = last + 1 - length, last + 1
            before = scanned[start - 1] if start else " "
            after = scanned[end] if end < size else " "
            for entry in entries:
                if (
                    (not entry.left or not _SIDES[entry.left](before))
                    and (not entry.right or not _SIDES[entry.right](after))
                    and (not entry.case or _case_fits(entry, text[start:end]))
                ):
                    yield Hit(start, end, entry.row, entry.group)

    def find(self, text: str) -> Iterator[Hit]:
        """Leftmost-longest hits that do not overlap another of their group, in text order.

        Where several rows share a form, all of them are given.
        """
        taken: dict[str, tuple[int, int]] = {}
        for hit in sorted(self.find_all(text), key=lambda hit: (hit.start, -hit.end)):
            span = taken.get(hit.group)
            if span is None or hit.start >= span[1]:
                taken[hit.group] = (hit.start, hit.end)
            elif span != (hit.start, hit.end):
                continue
            yield hit


def _case_fits(entry: _Entry, written: str) -> bool:
    if entry.case == "title":
        return written[:1].isupper()
    return _plain(written) == entry.form
