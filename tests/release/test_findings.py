"""Dates, places, origins and gaps of small documents."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.release.graphs import by_claimant
from tests.release.samples import document, english, figure, said, three

from testimonia.model import Origin, OriginEdge, OriginGraph, Page
from testimonia.release.findings import build
from testimonia.release.places import province_of


def graph(*origins: Origin, edges: tuple[OriginEdge, ...] = (), of: dict[str, str]) -> OriginGraph:
    return OriginGraph(origins=origins, edges=edges, of_coding=of)


def origin(key: str, certainty: str = "stated") -> Origin:
    return Origin(id=key, label=key, kind="report", certainty=certainty, reason="", documents=())  # type: ignore[arg-type]


def test_a_measure_keeps_targets_apart_from_results() -> None:
    text = "In 2020 police set a quota of 90 and searched 30 houses."
    found = build(
        [
            document(
                text,
                said(text, "police set a quota of 90 and searched 30 houses", "measure", "search"),
                figure(text, "90", 90, modality="target"),
                figure(text, "30 houses", 30, "count"),
                said(text, "In 2020", "date", value="2020"),
            )
        ],
        None,
    )
    (measure,) = found.measures
    assert [e.coding.quote for e in measure.targets] == ["90"]
    assert [e.coding.quote for e in measure.results] == ["30 houses"]
    assert measure.when is not None
    assert measure.when.edtf == "2020"


def test_a_date_of_another_sentence_dates_nothing() -> None:
    text = "It rained in 2020. They were held."
    found = build(
        [document(text, said(text, "2020", "date", value="2020"), said(text, "held", code="state.detention"))],
        None,
    )
    assert (found.timeline.events, found.timeline.undated) == ((), 1)


def test_acts_are_placed_in_provinces_and_the_others_are_counted() -> None:
    text = "Held in Tumen. Held in China. Held."
    codings = [said(text, word, code="state.detention") for word in ("Held in Tumen", "Held in China", "Held.")]
    places = [said(text, "Tumen", "place", value="222402"), said(text, "China", "place", value="CHN")]
    placed = build([document(text, *codings, *places)], None).map
    assert [(p.id, p.acts) for p in placed.provinces] == [("220000", 1)]
    assert (dict(placed.country_only), placed.unplaced) == ({"CHN": 1}, 1)


def test_a_place_is_never_finer_than_its_province() -> None:
    assert province_of("222402") == "220000"
    assert province_of("KP0203") == "KP02"
    assert province_of("110000") is None


def test_a_metonym_places_nothing() -> None:
    text = "Beijing said they were held."
    beijing = said(text, "Beijing", "place", value="CHN", attributes={"metonym": "CHN"})
    assert build([document(text, beijing, said(text, "held", code="state.detention"))], None).map.unplaced == 1


def test_two_documents_of_one_origin_corroborate_nothing() -> None:
    text = "They were held."
    files = [document(text + "\n" * n, said(text, "held", code="state.detention"), path=str(n)) for n in range(2)]
    ids = [d.codings[0].id for d in files]
    one = graph(origin("A"), of=dict.fromkeys(ids, "A"))
    assert build(files, one).acts[0].support.independent == 1
    two = graph(origin("A"), origin("B"), of=dict(zip(ids, "AB", strict=True)))
    assert build(files, two).acts[0].support.independent == 2
    edge = OriginEdge(child="B", parent="A", kind="reports", certainty="stated", reason="")
    assert build(files, replace(two, edges=(edge,))).acts[0].support.independent == 1


def test_an_undecided_origin_is_never_counted_as_independent() -> None:
    d = english()
    of = {c.id: "A" for c in d.codings}
    support = build([d], graph(origin("A", "undecided"), of=of)).acts[0].support
    assert (support.independent, support.undecided) == (0, 1)


def test_unread_files_pages_lost_figures_and_refusals_are_missing() -> None:
    d = document("n people", figure("n people", "n people", None, value_status="lost"))
    half = replace(d, pages=(Page(0, 8, "1"), Page(8, 8, "2", verdict="unread", reason="no text layer")))
    row = {"path": "x.doc", "outcome": "unread", "reason": "no reader", "remedy": "save as DOCX"}
    gaps = build([half], None, refused={"not verbatim": 3}, ledger=[row, {"path": "a", "outcome": "read"}]).missing
    assert [(f.path, f.remedy) for f in gaps.files] == [("x.doc", "save as DOCX")]
    assert [(p.page, p.reason) for p in gaps.pages] == [("page 2", "no text layer")]
    assert (len(gaps.lost), gaps.refused, "act" in gaps.kinds) == (1, {"not verbatim": 3}, True)


def test_a_language_without_a_coder_is_named() -> None:
    assert build([document("Они ушли.", language="ru")], None).missing.languages == {"ru": 9}


def test_the_three_languages_agree() -> None:
    found = build(three(), by_claimant(three()))
    assert [case.status for case in found.palermo.cases] == ["established"] * 3
    (group,) = found.figures.comparable
    assert (group.lowest, group.highest, len(group.silent)) == (41, 41, 1)
    assert [a.code for a in found.acts if len(a.stated) == 3][:1] != []


@pytest.mark.parametrize(
    ("code", "status", "standing"),
    [
        ("fine", "in_force", "law"),
        ("fine", "reported", "done"),
        ("fine", "announced", "planned"),
        ("quota", "reported", "planned"),
    ],
)
def test_what_an_order_lays_down_is_not_told_as_done(code: str, status: str, standing: str) -> None:
    """A fine that a notice threatens was not taken, and a quota was not met."""
    text = "Fines of 200 yuan."
    measure = said(text, text, "measure", code=code, attributes={"status": status})
    assert build([document(text, measure)], None).measures[0].standing == standing
