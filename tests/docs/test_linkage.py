"""The worked example of the page on linkage is of the sample, and the reason it gives is the one that is given."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from testimonia import sample
from testimonia.linkage.names import compare

PAGE = (Path(__file__).parents[2] / "docs" / "linkage.md").read_text(encoding="utf-8")


def row(record_id: str) -> dict[str, str]:
    """A row of the sample's lists by its id."""
    for path in sample.lists():
        with path.open(encoding="utf-8", newline="") as stream:
            for found in csv.DictReader(stream):
                if record_id in found.values():
                    return found
    raise AssertionError(record_id)


@pytest.mark.parametrize(
    ("record_id", "cells"),
    [
        ("invented-hotline-038", ("Piao Nanguang", "28", "2020", "茂山郡", "2014年7月", "烟台市", "女", "FL", "否")),
        ("invented-interviews-024", ("박남광", "1993", "무산군", "2014년 7월", "산동성", "여", "FL", "아니오")),
        ("invented-hotline-076", ("Jin Xingying", "52", "2021", "会宁市", "石家庄市")),
        ("invented-interviews-254", ("김별영", "1970", "회령시", "석가장시")),
    ],
)
def test_the_records_of_the_page_are_those_of_the_sample(record_id: str, cells: tuple[str, ...]) -> None:
    """Every cell that the page shows stands in the row, and on the page."""
    assert set(cells) <= set(row(record_id).values())
    assert record_id in PAGE and all(cell in PAGE for cell in cells)


def test_the_reason_of_the_page_is_the_reason_that_is_given() -> None:
    """The words about the two names."""
    found = compare("Piao Nanguang", "박남광")
    assert found.verdict == "same" and found.reason in PAGE
    assert compare("Jin Xingying", "김별영").verdict != "same"
