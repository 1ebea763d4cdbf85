"""What the sample project is made to show can be read in its dossier."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, run once."""
    out = tmp_path_factory.mktemp("story") / "demo"
    command = [sys.executable, "-m", "testimonia", "demo", "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return out


@pytest.fixture(scope="module")
def page(demo: Path) -> Any:
    return html.parse(str(demo / "dossier.html")).getroot()


def words(found: Any) -> str:
    return " ".join(found.text_content().split())


def figures(demo: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((demo / "figures.csv").read_text(encoding="utf-8").splitlines()))


def test_three_papers_that_repeat_one_report_are_one_voice_and_a_second_count_is_another(page: Any) -> None:
    """412 stands in the report and three papers, 365 in four papers of an archive that counted by itself."""
    (first_page,) = page.xpath("//section[@id='summary']")
    said = words(first_page)
    assert "365 persons from Dawn River Archive, told in 4 documents." in said
    assert "412 persons from Lantern Bridge Network, told in 4 documents." in said
    (compared,) = page.xpath("//section[@id='figures']")
    assert "In 8 documents, from 2 independent origins" in words(compared)


def test_a_repost_is_the_agency_and_confirms_nothing(page: Any) -> None:
    """The agency's figure stands among those that are repeated from one origin."""
    (table,) = page.xpath("//table[starts-with(caption, 'One figure in several documents')]")
    rows = [[words(cell) for cell in row] for row in table.xpath(".//tbody/tr")]
    assert [row[2] for row in rows if row[0].startswith("300")] == ["한결통신"]


def test_all_three_elements_a_minor_without_means_and_a_purpose_that_is_missing(page: Any) -> None:
    """Three interviews show the three ways a case can stand."""
    (matrix,) = page.xpath("//table[starts-with(caption, 'Each element')]")
    rows = {words(row[0]): [words(cell) for cell in row[1:]] for row in matrix.xpath(".//tbody/tr")}
    assert all(cell.startswith("Established") for cell in rows["interviews/C02.txt"])
    assert rows["interviews/C03.txt"][1].startswith("Not needed")
    assert "missing: purpose" in rows["interviews/A02.docx"][3]


def test_targets_are_no_results(demo: Path) -> None:
    """The quota of the notice is a target, what the bulletin reports a result."""
    rows = figures(demo)
    sorts = {(row["path"], row["value"]): row["sort"] for row in rows}
    assert sorts["notices/边境通告.txt", "3.0"] == "target"
    assert sorts["notices/工作通报.docx", "27.0"] == "result"


def test_no_number_is_given_where_digits_are_lost(demo: Path) -> None:
    """The stripped text has figures and no value."""
    rows = figures(demo)
    lost = [row for row in rows if row["path"] == "damaged/stripped.txt"]
    assert lost
    assert not any(re.search(r"\d", row["value"] + row["min"] + row["max"]) for row in lost)
