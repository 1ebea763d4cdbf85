"""The loader of the vocabulary, and what must hold for every vocabulary file."""

from __future__ import annotations

import hashlib
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia import vocabulary
from testimonia.errors import VocabularyError

CELLS = st.text(alphabet=string.ascii_letters + "한국中文 '-", min_size=1, max_size=8).map(str.strip).filter(bool)


def test_a_row_maps_column_to_cell_and_comments_are_skipped() -> None:
    """A table is a header and rows; lines that begin with # and blank lines are not rows."""
    rows = vocabulary.parse_table("# why\nform\tcode\n\narrest\tstate.arrest\n", "t.tsv")
    assert [dict(row) for row in rows] == [{"form": "arrest", "code": "state.arrest"}]


def test_windows_line_ends_change_nothing() -> None:
    """CRLF and LF give the same rows."""
    text = "form\tcode\narrest\tx\n"
    assert vocabulary.parse_table(text, "t.tsv") == vocabulary.parse_table(text.replace("\n", "\r\n"), "t.tsv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("form\tcode\narrest\n", "t.tsv:2: 1 cells where the header has 2"),
        ("form\tcode\na\tb\tc\n", "t.tsv:2: 3 cells where the header has 2"),
        ("form\tcode\na\tb\n# x\na\tb\n", "t.tsv:4: repeats line 2 (a)"),
        ("id\tcode\na\tb\na\tc\n", "t.tsv:3: repeats line 2 (a)"),
        ("form\tform\na\tb\n", "t.tsv:1: the header has an empty or repeated column name"),
    ],
)
def test_a_table_that_breaks_the_rules_is_named_with_its_line(text: str, said: str) -> None:
    """Ragged rows, repeated rows, repeated ids and bad headers raise, with file and line."""
    with pytest.raises(VocabularyError, match=f"^{re.escape(said)}"):
        vocabulary.parse_table(text, "t.tsv")


def test_a_missing_table_is_said_in_one_sentence() -> None:
    """A name without a file raises VocabularyError, not FileNotFoundError."""
    with pytest.raises(VocabularyError, match=r"vocabulary/no_such\.tsv is missing"):
        vocabulary.rows("no_such")


@given(st.lists(st.tuples(CELLS, CELLS), unique=True, max_size=20))
def test_writing_and_reading_a_table_is_the_identity(pairs: list[tuple[str, str]]) -> None:
    """What was written as TSV comes back cell by cell."""
    text = "form\tcode\n" + "".join(f"{a}\t{b}\n" for a, b in pairs)
    assert [tuple(row.values()) for row in vocabulary.parse_table(text, "t.tsv")] == pairs


def test_every_vocabulary_file_obeys_the_rules() -> None:
    """Every packaged table parses, and every TOML file too."""
    for name in vocabulary.names():
        stem, _, kind = name.rpartition(".")
        assert vocabulary.rows(stem) if kind == "tsv" else vocabulary.toml(stem)


def test_the_hash_covers_every_file_and_is_stable() -> None:
    """64 hex digits, the same twice, and not the hash of nothing."""
    assert vocabulary.sha256() == vocabulary.sha256()
    assert len(vocabulary.sha256()) == 64
    assert vocabulary.sha256() != hashlib.sha256().hexdigest()


def test_rows_cannot_be_changed() -> None:
    """A row is read-only, since all rooms share it."""
    with pytest.raises(TypeError):
        vocabulary.rows("targets")[0]["form"] = "x"  # type: ignore[index]
