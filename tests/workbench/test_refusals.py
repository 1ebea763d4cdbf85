"""Refusals are said in the language of the reader: none is left out, and what was typed or named stays as it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from testimonia.coding import gate
from testimonia.errors import NotKept, Overtaken
from testimonia.workbench.languages import language
from testimonia.workbench.pages import refusals

ROOM = Path(gate.__file__).resolve().parents[1]


def raised() -> set[str]:
    """Every sentence with which a judgement is refused, by reading the modules."""
    modules = [*(ROOM / "project").rglob("*.py"), *(ROOM / "casebook").rglob("*.py")]
    calls = [
        node for path in modules for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "NotKept"]
    told = [call.args[0] for call in named]
    assert all(isinstance(one, ast.Constant) for one in told), "a sentence that is put together cannot be translated"
    return {str(one.value) for one in told if isinstance(one, ast.Constant)}


def reasons() -> set[str]:
    """What the gate says, without the values after the colon, by reading it."""
    found = set()
    for node in ast.walk(ast.parse(Path(gate.__file__).read_text("utf-8"))):
        if isinstance(node, ast.Return) and node.value is not None:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value.strip():
                    found.add(part.value.partition(":")[0].strip())
    return found


def test_every_refusal_stands_among_the_sentences() -> None:
    """A new one that is not translated fails here."""
    assert raised() | {Overtaken.SAID} == set(refusals.SENTENCES)


def test_every_reason_of_the_gate_stands_among_them_too() -> None:
    """But for the kinds, which stand before `code not in the codebook`."""
    kinds = {"act", "measure", "attribution"}
    listed = {one.removeprefix(f"{kind} ") if "code not in" in one else one for one in refusals.GATE for kind in kinds}
    assert reasons() <= listed | set(refusals.GATE)


@pytest.mark.parametrize("locale", ["en", "ko", "zh"])
def test_values_are_put_in_and_nothing_of_them_is_read_as_a_sentence(locale: str) -> None:
    """A pseudonym with braces in it, a code with a colon."""
    taken = NotKept("{who} has taken this document already.", who="{owl}")
    assert "{owl}" in refusals.said(taken, locale)
    refused = NotKept("Not kept: {reason}.", reason="act code not in the codebook: a:{b}")
    assert "a:{b}" in refusals.said(refused, locale)
    late = Overtaken("owl", "rejected", "2026-11-22T10:00:00Z")
    assert "owl" in refusals.said(late, locale)
    assert language(locale).moment("2026-11-22T10:00:00Z") in refusals.said(late, locale)
