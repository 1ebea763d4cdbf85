"""What findings lack: judgement and a second origin."""

from __future__ import annotations

from tests.project.showing.invented import found

from testimonia.project.showing.lacking import lacking


def test_what_nobody_has_judged_is_counted_by_kind() -> None:
    assert lacking(found()).suggested == {"figure": 4, "act": 3}
    assert lacking(found(more={"state": "accepted"})).suggested == {"figure": 3, "act": 3}


def test_what_rests_on_one_voice_is_counted() -> None:
    told = lacking(found())
    assert (told.repeated, told.compared) == (0, 1)
    assert (told.single, told.acts) == (1, 1)
