"""The files that leave: their columns, their missing values, and what a spreadsheet may not run."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.release.graphs import by_claimant
from tests.release.samples import english, three

from testimonia.release.exports import FORMATS, LEDGER, WHAT, export
from testimonia.release.lines import csv_lines, safe_cell

FIELDS = (
    "file_sha256 start end quote kind code value min max unit comparator value_status modality polarity parts "
    "origin state coder confidence path page rendering_sha256 rule cue attributes id"
)


def lines(what: str, form: str) -> list[str]:
    documents = three()
    row = {"path": "=a", "sha256": "0", "outcome": "read", "languages": ("en", "ko"), "bytes": 3}
    return list(export(what, form, documents=documents, graph=by_claimant(documents), ledger_rows=[row]))


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("form", FORMATS)
def test_every_export_can_be_read_back(what: str, form: str) -> None:
    text = "".join(lines(what, form))
    rows = (
        [json.loads(line) for line in text.splitlines()] if form == "jsonl" else list(csv.DictReader(io.StringIO(text)))
    )
    assert rows
    assert len({tuple(row) for row in rows}) == 1


def test_an_unknown_export_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="cannot export 'names' as 'xlsx'"):
        export("names", "xlsx", documents=())


def test_codings_have_the_fields_of_the_contract_in_its_order() -> None:
    row = json.loads(lines("codings", "jsonl")[0])
    assert " ".join(row) == FIELDS
    assert row["min"] is None


def test_a_quote_is_found_again_at_its_offsets() -> None:
    texts = {d.file_sha256: d.text for d in three()}
    for line in lines("codings", "jsonl"):
        row = json.loads(line)
        assert texts[row["file_sha256"]][row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_is_no_number_is_null(number: float) -> None:
    d = english()
    bad = replace(d, codings=tuple(replace(c, value=number, confidence=number) for c in d.codings))
    for line in export("codings", "jsonl", documents=[bad]):
        assert json.loads(line)["value"] is None
        assert "NaN" not in line


def test_the_ledger_has_its_columns_and_joins_values() -> None:
    head, row = lines("ledger", "csv")
    assert head == ",".join(LEDGER) + "\n"
    assert row == "'=a,0,3,,read,,,en;ko,,,\n"


@given(st.text(max_size=30))
def test_no_text_begins_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert len(cell) < 2 or cell[0] not in "=+-@\t\r" or math.isfinite(float(cell))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), min_size=1), min_size=1))
def test_cells_survive_a_round_trip(texts: list[str]) -> None:
    columns = [str(i) for i in range(len(texts))]
    text = "".join(csv_lines(columns, [dict(zip(columns, texts, strict=True))]))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert [row[c].removeprefix("'") for c in columns] == [t.removeprefix("'") for t in texts]


def test_negative_numbers_and_signs_stay_as_they_are() -> None:
    assert [safe_cell(x) for x in (-3.5, "-3.5", "=", "-x", None, True)] == [
        "-3.5",
        "-3.5",
        "=",
        "'-x",
        "",
        "True",
    ]
