"""Rows: what each says stands at the characters that say it."""

from __future__ import annotations

from tests.project.showing.invented import ACTS, PRESS, documents, found

from testimonia.project.showing.rows import Row, Spot, folded, rows
from testimonia.project.showing.standing import Found


def texts() -> dict[str, str]:
    return {d.file_sha256: d.text for d in documents()}


def words(spot: Spot) -> str:
    return texts()[spot.file][spot.start : spot.end]


def row_of(told: Found, kind: str, quote: str) -> Row:
    return next(row for row in rows(told, kind) if row.e.coding.quote == quote)  # type: ignore[arg-type]


def test_every_cell_of_a_figure_leads_to_its_own_words() -> None:
    row = rows(found(), "figure")[1]
    assert words(row.spot) == "412 women"
    assert row.claimant is not None
    assert (row.claimant.value, words(row.claimant.spot)) == ("the Amber Door", "the Amber Door")
    assert row.when is not None and row.when.value == "2019/2022"
    assert row.spot.at == f"{PRESS.index('412')}-{PRESS.index('412') + 9}"


def test_what_no_part_says_leads_to_the_whole_coding() -> None:
    row = rows(found(), "figure")[0]
    assert row.places[0].spot == row.spot
    assert row.population is None


def test_a_figure_knows_how_many_it_can_be_compared_with() -> None:
    assert [row.alike for row in rows(found(), "figure")] == [3, 3, 3, 3]


def test_an_act_is_placed_and_dated_by_its_own_sentence_only() -> None:
    told = found()
    first, second = row_of(told, "act", "arrested two people"), row_of(told, "act", "nobody was arrested")
    assert [words(said.spot) for said in first.places] == ["Jilin"]
    assert first.facets["place"] == ("CHN", "CHN/220000")
    assert first.when is not None and (first.when.value, words(first.when.spot)) == ("2021-05", "May 2021")
    assert second.places == ()
    assert second.when is not None and second.when.value == "2023"


def test_an_act_that_is_denied_or_asked_about_is_no_event() -> None:
    told = found()
    assert [row.sort for row in rows(told, "act")] == ["stated", "uncounted", "uncounted"]
    assert [words(row.spot) for row in rows(told, "event")] == ["arrested two people"]


def test_words_are_looked_for_without_case_and_width() -> None:
    assert folded("ＡＢＣ 강제송환 Ｘ") == "abc 강제송환 x"


def test_a_rejected_figure_is_a_row_that_is_dropped() -> None:
    row = rows(found(more={"state": "rejected"}), "figure")[0]
    assert row.dropped
    assert row.alike == 0


def test_the_text_of_the_acts_is_what_the_rows_quote() -> None:
    for row in rows(found(), "act"):
        assert ACTS[row.spot.start : row.spot.end] == row.e.coding.quote


def test_rows_are_placed_as_the_map_counts_them() -> None:
    told = found()
    acts = rows(told, "act")
    stated = [row for row in acts if row.sort == "stated"]
    for province in told.findings.map.provinces:
        assert sum(f"CHN/{province.id}" in row.facets["place"] for row in stated) == province.acts
    assert sum(row.facets["place"] == ("-",) for row in stated) == told.findings.map.unplaced
    (figure, *_) = rows(told, "figure")
    assert figure.facets["place"] == ("CHN", "CHN/*")
