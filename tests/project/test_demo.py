"""The demo: documents, lists, links, hidden total and dossier in one go, the truth beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from testimonia import project, sample
from testimonia.casebook import Kdf
from testimonia.sandbox import Sandbox


def test_the_demo_links_its_lists_and_shows_the_truth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one document in place of thirty: both chapters in the dossier, folders of links and estimates."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "note.txt").write_text("Invented: the group said that 12 women were sent back in 2019.\n")
    monkeypatch.setattr(sample, "path", lambda: tmp_path / "documents")
    out = tmp_path / "demo"
    with Sandbox.start() as sandbox:
        found = project.demo(out, sandbox=sandbox, kdf=Kdf(memory_kib=1024, passes=1))
    assert found.links is not None and found.totals is not None and not found.missing
    truth = sample.truth()
    assert found.totals["headline"]["total"] == pytest.approx(truth["population"], rel=0.1)
    page = (out / "dossier.html").read_text(encoding="utf-8")
    for words in ("Who is the same person", "How many were never recorded", "there are 700 people in all"):
        assert words in page
    assert "Behind 779 records stand about" in page and "박남광" not in page
    assert {"clusters.csv", "pairs.csv", "overlap.csv", "draws"} <= {path.name for path in (out / "links").iterdir()}
    assert (
        json.loads((out / "estimates" / "estimates.json").read_text(encoding="utf-8"))["headline"]["refused"] is False
    )
    assert project.verify(out / "casebook", sample.PASSPHRASE) == []
    codings = (out / "codings.jsonl").read_text(encoding="utf-8")
    assert "12 women" in codings and "invented-press" not in codings
