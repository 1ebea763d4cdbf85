"""`names compare` and `names score` on the command line."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

ROWS = "pair_id,name_a,name_b\np1,김영희,Kim Young-hee\np2,金英姬,Jin Yingshu\np3,김영희\n"


def call(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "testimonia", "names", *map(str, words)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def test_compare_says_readings_verdict_and_reason() -> None:
    """Two lines on how the names read, one on whether they can be the same."""
    shown = call("compare", "김영희", "Jin Yingji")
    assert shown.returncode == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "김영희: reads 김 영 희"
    assert lines[1].startswith("Jin Yingji: reads 김 영 희")
    assert lines[2].startswith("Same (0.") and "Ying is pinyin of 英, read 영" in lines[2]


def test_compare_in_json() -> None:
    """One document with the same."""
    shown = json.loads(call("compare", "unknown", "김영희", "--json").stdout)
    assert [one["reading"] for one in shown["names"]] == ["", "김 영 희"]
    assert (shown["score"], shown["verdict"]) == (0, "ambiguous")


def test_score_writes_a_row_a_pair_and_says_the_bad_ones(tmp_path: Path) -> None:
    """The bad row is on stderr with its number; the result is readable by its owner only."""
    (tmp_path / "pairs.csv").write_text(ROWS, encoding="utf-8")
    shown = call("score", tmp_path / "pairs.csv", "--out", tmp_path / "scored.csv")
    assert shown.returncode == 0
    assert "row 4: 2 cells where the heading has 3." in shown.stderr
    assert "3 pairs scored, NOT encrypted" in shown.stdout
    lines = (tmp_path / "scored.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "pair_id,score,verdict,reason"
    assert [line.split(",")[0] for line in lines[1:]] == ["p1", "p2", "p3"]
    assert stat.S_IMODE((tmp_path / "scored.csv").stat().st_mode) == 0o600


def test_score_in_json_lists_every_bad_row(tmp_path: Path) -> None:
    """stdout is one document."""
    (tmp_path / "pairs.csv").write_text(ROWS, encoding="utf-8")
    shown = json.loads(call("score", tmp_path / "pairs.csv", "--out", tmp_path / "scored.csv", "--json").stdout)
    assert shown["pairs"] == 3
    assert shown["problems"] == [{"line": 4, "pair_id": "p3", "problem": "2 cells where the heading has 3"}]


def test_what_cannot_be_scored_is_one_sentence_and_leaves_what_was_there(tmp_path: Path) -> None:
    """No table, no columns, the table itself as result: exit 2, and the old result stays."""
    pairs, out = tmp_path / "pairs.csv", tmp_path / "scored.csv"
    out.write_text("old", encoding="utf-8")
    assert call("score", pairs, "--out", out).returncode == 2
    pairs.write_text("a,b\n1,2\n", encoding="utf-8")
    shown = call("score", pairs, "--out", out)
    assert shown.returncode == 2 and len(shown.stderr.strip().splitlines()) == 1 and "pair_id" in shown.stderr
    assert call("score", pairs, "--out", pairs).returncode == 2
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pairs.csv", "scored.csv"]
