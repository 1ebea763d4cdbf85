"""Which files lie below the paths: nothing skipped in silence."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from testimonia.intake import Found, walk


def names(*paths: Path, exclude: Path | None = None) -> list[str]:
    return [found.path for found in walk(paths, exclude=exclude)]


def errors(*paths: Path, exclude: Path | None = None) -> dict[str, str]:
    return {found.path: found.error for found in walk(paths, exclude=exclude) if found.error}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "documents"
    (root / "b").mkdir(parents=True)
    (root / "a").mkdir()
    for name in ("b/two.txt", "a/one.txt", "zero.md", ".hidden"):
        (root / name).write_text("words")
    return root


def test_files_are_sorted_and_named_from_the_path_given(tree: Path) -> None:
    assert names(tree) == [".hidden", "a/one.txt", "b/two.txt", "zero.md"]
    assert all(found.source.read_text() == "words" for found in walk([tree]))


def test_a_file_given_by_itself_has_its_own_name(tree: Path) -> None:
    assert list(walk([tree / "zero.md"])) == [Found("zero.md", tree / "zero.md")]


def test_names_that_collide_get_the_name_of_their_folder(tree: Path, tmp_path: Path) -> None:
    other = tmp_path / "more"
    other.mkdir()
    (other / "zero.md").write_text("other words")
    assert "documents/zero.md" in names(tree, other) and "more/zero.md" in names(tree, other)
    assert len(set(names(tree, other))) == 5


def test_one_file_by_way_of_two_paths_is_found_once(tree: Path) -> None:
    assert sorted(names(tree, tree / "a" / "one.txt")) == sorted(names(tree))


def test_a_path_that_does_not_exist_is_named_and_the_rest_goes_on(tree: Path) -> None:
    found = list(walk([tree / "missing", tree / "a"]))
    assert found[0].error == "there is no file or folder of this name."
    assert found[0].remedy == "Check how it is spelled and run again."
    assert found[1].path == "one.txt" and found[1].error is None


def test_an_empty_folder_is_said(tree: Path) -> None:
    (tree / "empty").mkdir()
    assert errors(tree) == {"empty/": "the folder is empty."}


def test_links_are_named_and_not_followed(tree: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "private.txt").write_text("private")
    (tree / "out").symlink_to(outside)
    (tree / "loop").symlink_to(tree)
    (tree / "broken").symlink_to(tree / "nowhere")
    found = errors(tree)
    assert sorted(found) == ["broken", "loop", "out"]
    assert found["broken"] == "it is a link that leads nowhere or in a circle."
    assert not any("private" in name for name in names(tree))


def test_a_link_given_as_the_path_itself_is_followed(tree: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tree)
    assert names(link) == names(tree)


def test_a_pipe_is_no_file(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    assert errors(tree) == {"pipe": "it is no file but a device or a pipe."}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_opened_is_named(tree: Path) -> None:
    (tree / "zero.md").chmod(0)
    (tree / "a").chmod(0)
    try:
        assert sorted(errors(tree)) == ["a/", "zero.md"]
    finally:
        (tree / "a").chmod(0o700)


def test_the_folder_of_the_results_is_never_entered(tree: Path) -> None:
    (tree / "findings").mkdir()
    (tree / "findings" / "dossier.html").write_text("results")
    assert errors(tree, exclude=tree / "findings") == {
        "findings/": "it is where the results go, and is never read as input."
    }
    assert "findings/dossier.html" not in names(tree, exclude=tree / "findings")


def test_results_and_casebooks_of_other_runs_are_not_read(tree: Path) -> None:
    book = tree / "old" / "casebook"
    book.mkdir(parents=True)
    (book / "casebook.json").write_text(json.dumps({"format": "testimonia casebook"}))
    assert errors(tree) == {"old/casebook/": "it is a casebook, which is never read as input."}
    (tree / "old" / "run.json").write_text("{}")
    assert errors(tree) == {"old/": "it holds the results of an earlier run, which are never read."}


def test_a_path_inside_a_casebook_is_refused(tree: Path) -> None:
    (tree / "casebook.json").write_text(json.dumps({"format": "testimonia casebook"}))
    found = list(walk([tree / "a" / "one.txt"]))
    assert len(found) == 1 and "inside the casebook documents" in (found[0].error or "")


def test_a_casebook_json_of_somebody_else_is_a_file_like_any_other(tree: Path) -> None:
    (tree / "casebook.json").write_text('{"cases": []}')
    assert "casebook.json" in names(tree)


def test_a_name_in_an_old_encoding_is_made_readable(tree: Path) -> None:
    raw = os.fsencode(tree) + b"/" + "증언_기록.txt".encode("cp949")
    with open(raw, "wb") as file:  # noqa: PTH123 - a name that no str of the platform holds
        file.write(b"words")
    found = [entry for entry in walk([tree]) if entry.path == "증언_기록.txt"]
    assert found and found[0].source.read_bytes() == b"words"


def test_pipes_under_the_names_of_a_casebook_are_not_waited_for(tree: Path) -> None:
    """A folder may hold a pipe called casebook.json; looking for casebooks must not hang on it."""
    os.mkfifo(tree / "a" / "casebook.json")
    assert "a/one.txt" in names(tree)
    assert "pipe" in errors(tree)["a/casebook.json"]


def test_no_depth_is_too_deep(tree: Path) -> None:
    """Where a path becomes longer than the system can open, that is said, and the rest goes on."""
    here = os.open(tree / "a", os.O_RDONLY)
    for _ in range(2100):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    try:
        found, why = names(tree), errors(tree)
    finally:
        subprocess.run(["rm", "-rf", tree / "a" / "d"], check=True)
    assert "b/two.txt" in found and len(found) == 5
    assert any("longer than this system" in sentence for sentence in why.values())


def test_a_casebook_with_one_damaged_header_is_not_read(tree: Path) -> None:
    (tree / "a" / "casebook.json").write_text("{")
    (tree / "a" / "casebook.copy.json").write_text(json.dumps({"format": "testimonia casebook"}))
    assert "a/one.txt" not in names(tree)
