"""Which figures may be compared, and which must never stand among results."""

from __future__ import annotations

from typing import Any

import pytest
from tests.release.samples import document, figure

from testimonia.model import Coding, Document, Origin, OriginGraph
from testimonia.release.evidence import gather
from testimonia.release.figures import Figures, bounds, sort_of, tables
from testimonia.release.wording import figure_text

NO_GRAPH = OriginGraph(origins=(), edges=(), of_coding={})
ABOUT = {
    "counted": "people returned",
    "counted_norm": "persons",
    "topic": "state.detention",
    "population": "women",
    "place": "CHN",
    "period": "2021",
}


def one(value: float | None, path: str, **more: Any) -> Document:
    text = "about forty people"
    return document(text, figure(text, "forty people", value, **{**ABOUT, **more}), path=path)


def found(*documents: Document) -> Figures:
    return tables(gather(documents, NO_GRAPH), NO_GRAPH)


def test_the_same_thing_counted_twice_is_compared_with_its_spread() -> None:
    (group,) = found(one(40, "a"), one(100, "b")).comparable
    assert (group.lowest, group.highest, group.ratio, group.certain) == (40, 100, 2.5, True)
    assert group.support.documents == 2


@pytest.mark.parametrize(
    "other",
    [
        {"counted_norm": "persons_detained"},
        {"population": "men"},
        {"place": "PRK"},
        {"period": "2019"},
        {"period": "relative:P1Y"},
    ],
)
def test_another_thing_population_place_or_period_is_not_compared(other: dict[str, str]) -> None:
    assert found(one(40, "a"), one(100, "b", **other)).comparable == ()


def test_periods_that_overlap_are_compared() -> None:
    assert len(found(one(40, "a", period="2020/2021"), one(50, "b", period="2021-03")).comparable) == 1


def test_every_two_periods_of_a_comparison_overlap() -> None:
    documents = (
        one(1, "a", period="2019/2020"),
        one(2, "b", period="2020/2021"),
        one(3, "c", period="2021/2022"),
    )
    assert [len(group.rows) for group in found(*documents).comparable] == [2]


def test_without_a_period_figures_only_may_be_about_the_same() -> None:
    told = {"period": "", "topic": "state.forced_return"}
    (group,) = found(one(40, "a", **told), one(50, "b", **told)).comparable
    assert not group.certain
    assert "None says for which period." in group.cautions


@pytest.mark.parametrize("vague", [{"counted_norm": ""}, {"topic": "", "period": ""}])
def test_what_is_too_vague_is_never_compared(vague: dict[str, str]) -> None:
    """ "Two lists", or 40 women of whom neither a period nor an act is told, stand beside nothing."""
    tabled = found(one(40, "a", **vague), one(50, "b", **vague))
    assert (tabled.comparable, len(tabled.alone)) == ((), 2)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("Of the 97 women interviewed, some had been sold.", "97 women", "en"),
        ("It happened in 71 of the 83 sales.", "83 sales", "en"),
        ("면담에 응한 여성 97명 가운데 일부가 팔렸다.", "97명", "ko"),
        ("97名受访者中有人被卖。", "97名受访者中", "zh"),
    ],
)
def test_those_asked_are_not_those_harmed(text: str, quote: str, language: str) -> None:
    """The whole of which a part is told is no result."""
    (e,) = gather([document(text, figure(text, quote, 97, **ABOUT), language=language)], NO_GRAPH)
    assert sort_of(e) == "whole"


def test_one_origin_that_several_repeat_is_no_comparison() -> None:
    """Two documents of one origin are marked as repeated, two origins are not."""
    text = "some forty people"
    documents = one(40, "a"), document(text, figure(text, "forty people", 40, **ABOUT), path="b")
    origins = [
        Origin(id=k, label=k, kind="report", certainty="stated", reason="", documents=()) for k in ("o-1", "o-2")
    ]
    ids = [d.codings[0].id for d in documents]
    for keys, repeated in ((("o-1", "o-1"), True), (("o-1", "o-2"), False)):
        graph = OriginGraph(origins=tuple(origins), edges=(), of_coding=dict(zip(ids, keys, strict=True)))
        (group,) = tables(gather(documents, graph), graph).comparable
        assert group.repeated is repeated


def test_one_speaker_who_counts_twice_counts_two_things() -> None:
    text = "forty people, fifty people"
    twice = document(text, figure(text, "forty people", 40, **ABOUT), figure(text, "fifty people", 50, **ABOUT))
    assert found(twice).comparable == ()
    assert len(found(twice).alone) == 2


def test_ages_are_not_compared() -> None:
    text = "41"
    ages = [document(text, figure(text, text, 41, "years_of_age", **ABOUT), path=path) for path in "ab"]
    assert found(*ages).comparable == ()


@pytest.mark.parametrize(
    ("fields", "sort"),
    [
        ({"modality": "required"}, "target"),
        ({"modality": "target"}, "target"),
        ({"modality": "announced"}, "target"),
        ({"modality": "promise"}, "projection"),
        ({"modality": "hypothetical"}, "projection"),
        ({"modality": "denied"}, "denied"),
        ({"polarity": "negative"}, "denied"),
        ({"modality": "legal_norm"}, "law"),
        ({"value_status": "lost"}, "lost"),
        ({"value_status": "verbal"}, "verbal"),
        ({"modality": "testimony"}, "result"),
    ],
)
def test_only_results_stand_among_results(fields: dict[str, object], sort: str) -> None:
    documents = one(40, "a"), one(50, "b", **fields)
    tabled = found(*documents)
    assert sort_of(gather(documents, NO_GRAPH)[1]) == sort
    assert len(tabled.comparable) == (1 if sort == "result" else 0)


@pytest.mark.parametrize("status", ["verbal", "lost"])
def test_an_amount_without_digits_never_becomes_a_number(status: str) -> None:
    (e,) = gather([one(None, "a", value_status=status, min=200.0, max=900.0)], NO_GRAPH)
    assert bounds(e) == (None, None)
    assert not any(letter.isdigit() for letter in figure_text(e))


def test_words_on_the_same_thing_stand_beside_the_numbers() -> None:
    (group,) = found(one(40, "a"), one(50, "b"), one(None, "c", value_status="verbal")).comparable
    assert [e.path for e in group.silent] == ["c"]


def test_figures_of_a_legal_text_stand_apart() -> None:
    text = "shall pay 10; shall be held 20 days; shall report in 30 days"
    norms: list[Coding] = [figure(text, n, int(n), "days", modality="required", **ABOUT) for n in ("10", "20", "30")]
    assert len(found(document(text, *norms)).of("law")) == 3


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": 1240}, "1,240 persons"),
        ({"value": 1240, "comparator": ">="}, "at least 1,240 persons"),
        ({"value": None, "min": 2.0, "max": 5.0}, "2–5 persons"),
        ({"value": None, "min": 2.0}, "at least 2 persons"),
        ({"value": 0.5, "unit": "percent"}, "0.5%"),
    ],
)
def test_a_figure_is_written_with_its_bound_and_unit(fields: dict[str, object], text: str) -> None:
    (e,) = gather([document("n", figure("n", "n", **fields))], NO_GRAPH)  # type: ignore[arg-type]
    assert figure_text(e) == text
