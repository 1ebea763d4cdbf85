"""What is refused is said in a sentence that the catalogues know, with the values in it."""

from __future__ import annotations

import ast
from pathlib import Path

import testimonia.project as project
from testimonia.errors import ChangedMeanwhile, NotDecided, NotTakenIn
from testimonia.workbench.pages.refused import SENTENCES, sentence


def test_values_are_put_in() -> None:
    told = sentence(ChangedMeanwhile("heron", "same", "2026-11-22T08:00:00Z"), "en")
    assert told.startswith("heron has decided something about these records meanwhile: same person, ")
    assert sentence(NotTakenIn("{path}: no.", path="a {b}.txt"), "en") == "a {b}.txt: no."


def test_every_sentence_of_a_refusal_can_be_translated() -> None:
    """Whatever the project says as NotDecided or NotTakenIn stands among the sentences that are translated."""
    said = {ChangedMeanwhile.SAID}
    for name in ("persons", "pairing", "filing"):
        tree = ast.parse((Path(project.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
        constants = {
            node.targets[0].id: ast.literal_eval(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper()
            and isinstance(node.value, ast.Constant)
        }  # fmt: skip
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in (NotDecided.__name__, NotTakenIn.__name__):
                first = call.args[0]
                said.add(constants[first.id] if isinstance(first, ast.Name) else ast.literal_eval(first))
    assert said == set(SENTENCES)
