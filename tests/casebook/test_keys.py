"""Keys: what the passphrase leads to, and what a guess costs."""

from __future__ import annotations

import unicodedata

import pytest

from testimonia.casebook.keys import Kdf, Keys, same

CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)
SALT = bytes(16)


def test_a_guess_costs_256_mebibytes_and_three_passes() -> None:
    assert (Kdf().memory_kib, Kdf().passes) == (256 * 1024, 3)


def test_each_purpose_has_its_own_key() -> None:
    keys = Keys.derive("umbrella", SALT, CHEAP)
    purposes = [keys.database, keys.object_names, keys.object_wrapping, keys.header, keys.head, keys.log, keys.seals]
    assert len({keys.root, *purposes}) == 8
    assert {len(key) for key in purposes} == {32}


def test_hangul_typed_in_pieces_is_the_same_passphrase() -> None:
    pieces = unicodedata.normalize("NFD", "우산")
    assert pieces != "우산"
    assert Keys.derive(pieces, SALT, CHEAP) == Keys.derive("우산", SALT, CHEAP)


def test_another_salt_leads_to_other_keys() -> None:
    assert Keys.derive("umbrella", SALT, CHEAP) != Keys.derive("umbrella", b"1" * 16, CHEAP)


def test_a_key_does_not_show_itself() -> None:
    keys = Keys.derive("umbrella", SALT, CHEAP)
    assert keys.root.hex() not in repr(keys)
    assert repr(keys.root) not in repr(keys)


@pytest.mark.parametrize(("memory", "passes", "lanes"), [(1, 1, 1), (8, 0, 1), (8, 1, 0), (1 << 40, 1, 1)])
def test_a_cost_that_argon2_cannot_work_with_is_refused(memory: int, passes: int, lanes: int) -> None:
    with pytest.raises(ValueError, match="Argon2id"):
        Kdf(memory, passes, lanes)


def test_comparison_takes_any_text() -> None:
    assert same("가", "가")
    assert not same("가", "\udc80")
