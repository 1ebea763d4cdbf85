"""The log: append-only, chained, and without a word of any document."""

from __future__ import annotations

import apsw
import pytest

from testimonia.casebook import Arrival, Casebook, log
from testimonia.casebook.keys import Kdf, Keys

KEYS = Keys.derive("umbrella", bytes(16), Kdf(8, 1, 1))


@pytest.fixture
def three(book: Casebook) -> Casebook:
    for name in ("bridge", "다리"):
        with book.act("intake", why="asked-for") as writer:
            writer.arrive(Arrival(path=name, reason="secret words"))
    return book


def test_who_what_when_and_why(three: Casebook) -> None:
    rows = three._db.rows("SELECT sequence, who, action, why FROM log ORDER BY sequence")
    assert rows == [
        (1, "owner", "create", ""),
        (2, "owner", "intake", "asked-for"),
        (3, "owner", "intake", "asked-for"),
    ]
    for (at,) in three._db.rows("SELECT at FROM log"):
        assert len(at) == len("2026-01-01T00:00:00Z")


def test_no_word_of_a_document_and_no_path_is_in_the_log(three: Casebook) -> None:
    everything = repr(three._db.rows("SELECT * FROM log")).encode()
    for words in ("bridge", "다리", "secret"):
        assert words.encode() not in everything


@pytest.mark.parametrize("statement", ["UPDATE log SET who = 'x'", "DELETE FROM log", "DELETE FROM review"])
def test_what_is_append_only_cannot_be_changed(three: Casebook, statement: str) -> None:
    if "review" in statement:
        three._db.run(
            'INSERT INTO review (rendering, coding, kind, start, "end", who, at, state, blind) '
            "VALUES ('', '', '', 0, 0, '', '', 'accepted', 0)"
        )
    with pytest.raises(apsw.ConstraintError, match="append-only"):
        three._db.run(statement)


def test_an_entry_follows_the_one_before_it(three: Casebook) -> None:
    assert [wrong for _, _, wrong in log.walk(three._db, three._keys)] == [None, None, None]


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("UPDATE log SET who = 'somebody' WHERE sequence = 2", 2),
        ("UPDATE log SET at = '2001-01-01T00:00:00Z' WHERE sequence = 1", 1),
        ("UPDATE log SET seals = x'' WHERE sequence = 3", 3),
        ("DELETE FROM log WHERE sequence = 2", 3),
    ],
)
def test_a_changed_log_is_noticed_even_by_one_who_has_the_key(three: Casebook, change: str, number: int) -> None:
    three._db.run("DROP TRIGGER log_is_not_changed; DROP TRIGGER log_is_not_shortened")
    three._db.run(change)
    wrong = [at for at, _, said in log.walk(three._db, three._keys) if said]
    assert wrong == [number]
    damages = list(three.verify())
    assert ("log", str(number)) in {(damage.what, damage.where) for damage in damages}
