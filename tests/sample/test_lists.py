"""The sample's four lists: invented, small, in three languages, and with a truth that is theirs."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from testimonia import sample
from testimonia.linkage.lists import read_lists

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make_lists.py"


def maker() -> ModuleType:
    """The script that makes the lists."""
    if not SCRIPT.exists():
        pytest.skip("scripts/make_lists.py is missing: not a checkout")
    spec = importlib.util.spec_from_file_location("make_lists", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_lists"] = module
    spec.loader.exec_module(module)
    return module


def test_the_lists_are_made_by_their_script_and_so_is_the_truth() -> None:
    """Making them again gives the same bytes."""
    files, truth = maker().made()
    assert files == {path.name: path.read_bytes() for path in sample.lists()}
    assert truth == sample.truth()


def test_every_record_says_that_it_is_invented() -> None:
    """In its id, which goes wherever the record goes."""
    files = read_lists(sample.lists())
    assert [file.name for file in files] == ["court", "hotline", "interviews", "press"]
    assert all("invented" in record.record_id for file in files for record in file.records)
    assert not [file.unknown for file in files if file.unknown]


def test_the_truth_adds_up() -> None:
    """Patterns add up to the population, those with a one to the recorded, those with two to the overlap."""
    truth = sample.truth()
    counts = truth["patterns"]
    assert sum(counts.values()) == truth["population"] == 700
    assert sum(n for pattern, n in counts.items() if "1" in pattern) == truth["recorded"]
    assert sum(n for pattern, n in counts.items() if pattern.count("1") > 1) == truth["on_two_lists_or_more"]


def test_the_lists_write_in_three_scripts() -> None:
    """Korean letters, Latin letters, Chinese characters."""
    names = "".join(record.name for file in read_lists(sample.lists()) for record in file.records)
    for low, high in (("가", "힣"), ("A", "Z"), ("一", "鿿")):
        assert any(low <= letter <= high for letter in names)
