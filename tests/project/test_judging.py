"""Judging: one durable act a judgement, nobody overwrites anybody in silence, what people did survives the coders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimonia import project, release
from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.errors import NoSuchCoding, NotKept, Overtaken
from testimonia.linkage import origins
from testimonia.model import Coding, Passage, Reading
from testimonia.project import judging
from testimonia.project.coding import graph_of

SECRET = "an invented passphrase"
TEXT = "In March 2019 forty women were arrested in Yanbian. 40 people were sent back from Tumen in 2020.\n"
CHEAP = Kdf(memory_kib=8, passes=1, lanes=1)


def coding(kind: str, quote: str, **more: Any) -> Coding:
    start = TEXT.index(quote)
    return Coding(kind=kind, start=start, end=start + len(quote), quote=quote, coder="rules", coder_version="1", **more)  # type: ignore[arg-type]


PROPOSED = (
    coding("date", "March 2019", value="2019-03"),
    coding("act", "arrested", code="state.arrest"),
    coding("place", "Yanbian"),
    coding("figure", "40 people", value=40.0, unit="persons"),
    coding("place", "Tumen"),
)


def fill(book: Casebook) -> str:
    """Keep the text and what was proposed; gives the hash of the rendering."""
    with book.act("intake") as write:
        file_sha256 = write.preserve(TEXT.encode())
        passages = (Passage(0, len(TEXT), TEXT, language="en"),)
        rendering = write.reading(file_sha256, Reading("text/plain", "read", text=TEXT, passages=passages))
        write.arrive(Arrival(path="a.txt", file_sha256=file_sha256, outcome="read"))
    with book.act("code") as write:
        write.codings(rendering, "rules", PROPOSED)
    return rendering


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.create(tmp_path / "book", SECRET, kdf=CHEAP, who="owl") as made:
        fill(made)
        yield made


@pytest.fixture
def rendering(book: Casebook) -> str:
    return next(iter(book.documents())).rendering_sha256


def shown(book: Casebook, who: str = "owl") -> dict[str, dict[str, Any]]:
    """What a page shows of the text, by kind and words."""
    rendering = next(iter(book.documents())).rendering_sha256
    return {f"{one['kind']} {one['quote']}": one for one in judging.sheet_codings(book, rendering, 0, len(TEXT), who)}


def as_another(book: Casebook, who: str) -> Casebook:
    """The same casebook in other hands; whoever had it lays it down."""
    book.close()
    return Casebook.open(book.path, SECRET, who=who)


# One judgement ------------------------------------------------------------------------------------------------


def test_a_judgement_is_kept_with_who_when_and_how_long(book: Casebook) -> None:
    """It is there for the next look, it is in the log, and what was told stands in the review."""
    act = shown(book)["act arrested"]
    kept = judging.judge(book, act["id"], "accepted", seen=act["review"], seconds=3.5, shown=True)
    again = shown(book)["act arrested"]
    assert (again["state"], again["review"], again["by"]) == ("accepted", kept.review, "owl")
    (review,) = book.reviews(act["id"])
    assert (review.who, review.seconds, review.blind, review.at) == ("owl", 3.5, False, kept.at)
    assert book.last_actions(1)[0].action == "judge"
    assert list(book.verify()) == []


def test_whoever_was_quicker_is_named_and_nothing_is_overwritten(book: Casebook) -> None:
    """The second sees who changed what and when; her judgement is not kept until she has looked again."""
    act = shown(book)["act arrested"]
    judging.judge(book, act["id"], "accepted", seen=0)
    other = as_another(book, "heron")
    with other:
        with pytest.raises(Overtaken, match="owl has changed this coding to “accepted” at 20") as caught:
            judging.judge(other, act["id"], "rejected", seen=0)
        assert (caught.value.who, caught.value.what, caught.value.coding) == ("owl", "accepted", act["id"])
        assert len(other.reviews(act["id"])) == 1
        now = shown(other)["act arrested"]
        judging.judge(other, act["id"], "rejected", seen=now["review"])
        votes = shown(other)["act arrested"]["votes"]
        assert [(one["who"], one["state"]) for one in votes] == [("owl", "accepted"), ("heron", "rejected")]
        assert next(other.codings(state="rejected"))[1].quote == "arrested"


def test_a_judgement_that_is_taken_back_is_no_vote(book: Casebook) -> None:
    """The suggestion stands again, and both steps stay in the record."""
    act = shown(book)["act arrested"]
    first = judging.judge(book, act["id"], "rejected", seen=0)
    judging.judge(book, act["id"], "suggested", seen=first.review)
    again = shown(book)["act arrested"]
    assert (again["state"], again["votes"]) == ("suggested", [])
    assert [one.state for one in book.reviews(act["id"])] == ["rejected", "suggested"]


def test_who_takes_her_judgement_back_leaves_what_others_said(book: Casebook) -> None:
    """The accepted coding that she rejected by mistake is accepted again, by the other and not by her."""
    act = shown(book)["act arrested"]
    first = judging.judge(book, act["id"], "accepted", seen=0)
    with as_another(book, "heron") as other:
        rejected = judging.judge(other, act["id"], "rejected", seen=first.review)
        back = judging.judge(other, act["id"], "suggested", seen=rejected.review)
        assert (back.state, back.by) == ("accepted", "heron")
        again = shown(other)["act arrested"]
        assert (again["state"], again["review"]) == ("accepted", back.review)
        assert [(one["who"], one["state"]) for one in again["votes"]] == [("owl", "accepted")]
        assert [one.state for _, one in other.codings(kind="act")] == ["accepted"]
        with pytest.raises(NotKept, match="nothing to take back"):
            judging.judge(other, act["id"], "suggested", seen=back.review)
        assert list(other.verify()) == []


def test_what_one_corrected_stays_when_another_accepts_or_corrects_it_further(book: Casebook) -> None:
    """Accepting means what is seen, not what was once proposed."""
    figure = shown(book)["figure 40 people"]
    first = judging.judge(book, figure["id"], "corrected", seen=0, changes={"modality": "alleged"})
    with as_another(book, "heron") as other:
        second = judging.judge(other, figure["id"], "accepted", seen=first.review)
        assert (second.state, second.now.coding.modality) == ("corrected", "alleged")
        judging.judge(other, figure["id"], "corrected", seen=second.review, changes={"polarity": "negative"})
        after = shown(other)["figure 40 people"]
        assert (after["modality"], after["polarity"]) == ("alleged", "negative")


def test_a_correction_passes_the_gate_or_is_refused_with_its_reason(book: Casebook) -> None:
    """Forty cannot become four hundred; but it can be women, and it can be a number typed with a comma."""
    figure = shown(book)["figure 40 people"]
    with pytest.raises(NotKept, match="the value cannot be read from the quote") as caught:
        judging.judge(book, figure["id"], "corrected", seen=0, changes={"value": "400"})
    assert caught.value.reason == "the value cannot be read from the quote"
    assert book.reviews(figure["id"]) == []
    judging.judge(book, figure["id"], "corrected", seen=0, changes={"value": "40.0", "modality": "alleged"})
    after = shown(book)["figure 40 people"]
    assert (after["value"], after["modality"], after["state"]) == (40.0, "alleged", "corrected")


@pytest.mark.parametrize(
    ("changes", "said"),
    [({}, "changes something"), ({"quote": "x"}, "cannot change 'quote'"), ({"modality": ""}, "always has a modality"),
     ({"value": "many"}, "written in digits"), ({"unit": "dragons"}, "unit not in the codebook")],
)  # fmt: skip
def test_a_correction_that_is_none_is_refused(book: Casebook, changes: dict[str, Any], said: str) -> None:
    """And says what to do instead, where there is something."""
    figure = shown(book)["figure 40 people"]
    with pytest.raises(NotKept, match=said):
        judging.judge(book, figure["id"], "corrected", seen=0, changes=changes)


def test_a_coding_whose_code_is_corrected_stays_the_same_coding(book: Casebook) -> None:
    """Its id holds the code it was proposed with; it is judged, found and undone under that id."""
    act = shown(book)["act arrested"]
    first = judging.judge(book, act["id"], "corrected", seen=0, changes={"code": "state.detention"})
    after = shown(book)["act arrested"]
    assert (after["id"], after["code"]) == (act["id"], "state.detention")
    (stored,) = [one for _, one in book.codings(kind="act")]
    assert stored.id == act["id"]
    judging.judge(book, act["id"], "suggested", seen=first.review)
    assert shown(book)["act arrested"]["code"] == "state.arrest"


def test_a_coding_that_is_gone_is_said_to_be_gone(book: Casebook) -> None:
    """After the coder has run again a page may still show what it no longer proposes."""
    act = shown(book)["act arrested"]
    with book.act("code") as write:
        write.codings(next(book.documents()).rendering_sha256, "rules", PROPOSED[:1])
    with pytest.raises(NoSuchCoding, match="coded again"):
        judging.judge(book, act["id"], "accepted", seen=0)


# Many ---------------------------------------------------------------------------------------------------------


def test_places_are_judged_together_in_one_act_and_taken_back_together(book: Casebook) -> None:
    """All or nothing: one of them judged meanwhile, and none is."""
    places = [shown(book)[name] for name in ("place Yanbian", "place Tumen")]
    before = book.head()[0]
    kept = judging.judge_many(book, [(one["id"], 0) for one in places], "accepted", seconds=4)
    assert book.head()[0] == before + 1
    assert [one.state for one in kept] == ["accepted", "accepted"]
    with pytest.raises(Overtaken):
        judging.judge_many(book, [(places[0]["id"], kept[0].review), (places[1]["id"], 0)], "rejected")
    assert {shown(book)[f"place {name}"]["state"] for name in ("Yanbian", "Tumen")} == {"accepted"}
    judging.judge_many(book, [(one.coding, one.review) for one in kept], "suggested")
    assert {shown(book)[f"place {name}"]["state"] for name in ("Yanbian", "Tumen")} == {"suggested"}


def test_what_weighs_more_is_looked_at_one_by_one(book: Casebook) -> None:
    """No act and no figure is accepted in bulk, and no more than a screen holds."""
    names = ("place Yanbian", "act arrested")
    with pytest.raises(NotKept, match="Only places"):
        judging.judge_many(book, [(shown(book)[name]["id"], 0) for name in names], "accepted")
    assert shown(book)["place Yanbian"]["review"] == 0
    with pytest.raises(NotKept, match="Between one and 200"):
        judging.judge_many(book, [("0" * 16, 0)] * 201, "accepted")


# Own codings --------------------------------------------------------------------------------------------------


def words(quote: str) -> dict[str, int]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote)}


def test_an_own_coding_is_kept_under_the_pseudonym_with_its_parts(book: Casebook, rendering: str) -> None:
    """Accepted by her who made it, with the time it took."""
    told = {"kind": "figure", **words("forty women"), "value": 40, "unit": "persons", "value_status": "present"}
    made = judging.own(book, rendering, {**told, "parts": {"place": words("Yanbian")}}, seconds=9)
    after = shown(book)["figure forty women"]
    assert (after["coder"], after["state"], after["by"], after["value"]) == ("owl", "accepted", "owl", 40.0)
    assert after["parts"]["place"]["quote"] == "Yanbian"
    assert book.reviews(made.coding.id)[0].seconds == 9
    assert list(book.verify()) == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "act", "code": "state.nothing", **words("arrested")}, "act code not in the codebook"),
        ({"kind": "figure", **words("forty women"), "value": 41}, "value cannot be read from the quote"),
        ({"kind": "rumour", **words("forty women")}, "unknown kind"),
        ({"kind": "place", "start": 5, "end": 5}, "do not lie in the text"),
        ({"kind": "place", "start": 0, "end": 10**9}, "do not lie in the text"),
        ({"kind": "place", "start": True, "end": 4}, "do not lie in the text"),
        ({"kind": "place", **words("Tumen"), "parts": {"of": {"start": -1, "end": 2}}}, "do not lie in the text"),
        ({"kind": "place", **words("Tumen"), "value": ["x"]}, "a word or a number"),
        ({"kind": "place", **words("Tumen"), "state": "accepted"}, "no field 'state'"),
    ],
)
def test_what_the_gate_refuses_is_not_kept(book: Casebook, rendering: str, told: dict[str, Any], said: str) -> None:
    """A person's coding is checked as any other coder's, and the reason is said."""
    before = book.head()
    with pytest.raises(NotKept, match=said):
        judging.own(book, rendering, told)
    assert book.head() == before


def test_the_same_coding_is_not_made_twice_but_again_after_it_was_taken_back(book: Casebook, rendering: str) -> None:
    """What she and a rule say of the same words are two codings: one can be rejected, the other stands."""
    told = {"kind": "act", "code": "state.arrest", **words("arrested")}
    made = judging.own(book, rendering, told)
    assert made.coding.id != shown_all(book, rendering, "rules")["arrested"]
    with pytest.raises(NotKept, match="already"):
        judging.own(book, rendering, told)
    assert judging.undo(book, made.coding.id) is None
    again = judging.own(book, rendering, told)
    assert again.coding.id != made.coding.id


def shown_all(book: Casebook, rendering: str, coder: str) -> dict[str, str]:
    found = judging.sheet_codings(book, rendering, 0, len(TEXT), "owl")
    return {one["quote"]: one["id"] for one in found if one["coder"] == coder}


def test_other_bounds_are_a_coding_of_ones_own_in_place_of_the_old_one(book: Casebook, rendering: str) -> None:
    """One act; what the old one knew (the words that decided, its attributes) goes with it; undo puts it back."""
    figure = shown(book)["figure 40 people"]
    judged = judging.judge(book, figure["id"], "accepted", seen=0)
    before = book.head()[0]
    end = figure["end"] + len(" were sent back")
    made = judging.respan(book, figure["id"], figure["start"], end, seen=judged.review)
    assert book.head()[0] == before + 1
    now = shown(book)
    assert now["figure 40 people were sent back"]["coder"] == "owl"
    assert now["figure 40 people"]["state"] == "rejected"
    judging.undo(book, made.coding.id, replaces=figure["id"])
    now = shown(book)
    assert now["figure 40 people"]["state"] == "accepted"
    assert now["figure 40 people were sent back"]["state"] == "rejected"


def test_bounds_are_not_moved_where_somebody_was_quicker(book: Casebook) -> None:
    """Neither the rejection of the old one nor the new one is kept."""
    figure = shown(book)["figure 40 people"]
    judging.judge(book, figure["id"], "accepted", seen=0)
    before = book.head()
    with pytest.raises(Overtaken):
        judging.respan(book, figure["id"], figure["start"], figure["end"] + 5, seen=0)
    assert book.head() == before


def test_nobody_takes_back_the_coding_of_another(book: Casebook, rendering: str) -> None:
    """She may reject it; that is another thing."""
    made = judging.own(book, rendering, {"kind": "place", **words("Tumen")})
    with as_another(book, "heron") as other, pytest.raises(NotKept, match="owl made this coding"):
        judging.undo(other, made.coding.id)


def test_a_pseudonym_that_is_the_name_of_a_coder_makes_no_codings(book: Casebook, rendering: str) -> None:
    """What it made would be taken for what the rules propose."""
    with as_another(book, "rules") as other, pytest.raises(ValueError, match="name of a coder"):
        judging.own(other, rendering, {"kind": "role", **words("women")})


# What survives ------------------------------------------------------------------------------------------------


def test_what_people_did_survives_a_coder_that_runs_again(book: Casebook, rendering: str) -> None:
    """Judged suggestions stay once each, whether they are proposed again or not; own codings stay; the rest is new."""
    now = shown(book)
    judging.judge(book, now["act arrested"]["id"], "rejected", seen=0)
    judging.judge(book, now["figure 40 people"]["id"], "corrected", seen=0, changes={"modality": "alleged"})
    judging.own(book, rendering, {"kind": "place", **words("Tumen")})
    for proposed in (PROPOSED, (), PROPOSED[1:], PROPOSED):
        with book.act("code") as write:
            write.codings(rendering, "rules", proposed)
    found = [(one["kind"], one["quote"], one["coder"], one["state"])
             for one in judging.sheet_codings(book, rendering, 0, len(TEXT), "owl")]  # fmt: skip
    assert sorted(found) == sorted(
        [
            ("act", "arrested", "rules", "rejected"),
            ("date", "March 2019", "rules", "suggested"),
            ("figure", "40 people", "rules", "corrected"),
            ("place", "Tumen", "owl", "accepted"),
            ("place", "Tumen", "rules", "suggested"),
            ("place", "Yanbian", "rules", "suggested"),
        ]
    )


def test_a_coder_of_ones_own_name_takes_nothing_away(book: Casebook, rendering: str) -> None:
    """Even where a coder was given the pseudonym of a person."""
    judging.own(book, rendering, {"kind": "place", **words("Tumen")})
    with book.act("code") as write:
        write.codings(rendering, "owl", ())
    assert shown_all(book, rendering, "owl") != {}


def test_what_was_rejected_counts_nowhere_and_what_was_added_counts(book: Casebook, rendering: str) -> None:
    """The origins, too, are those of what stands; the export says the state of each coding."""
    project.trace(book)
    now = shown(book)
    judging.judge(book, now["figure 40 people"]["id"], "rejected", seen=0)
    made = judging.own(book, rendering, {"kind": "figure", **words("forty women"), "value": 40, "unit": "persons"})
    project.trace(book)
    graph = book.origin_graph()
    assert graph is not None
    assert now["figure 40 people"]["id"] not in graph.of_coding
    assert made.coding.id in graph.of_coding
    lines = list(project.export(book, "codings", "jsonl"))
    assert sum('"state":"rejected"' in line.replace(" ", "") for line in lines) == 1


def test_where_all_is_rejected_no_finding_is_left(book: Casebook) -> None:
    """No act, figure, measure, place or element; the dossier of such a casebook says nothing but what is missing."""
    for one in shown(book).values():
        judging.judge(book, one["id"], "rejected", seen=0)
    documents = list(book.documents())
    found = release.findings(documents, graph_of(documents), origins.corroborate)
    assert not found.kinds
    assert (found.acts, found.measures, found.speakers, found.timeline.events) == ((), (), (), ())
    assert (found.figures.comparable, found.figures.alone, found.map.provinces) == ((), (), ())
    assert not found.palermo.cases


def test_a_judgement_that_is_taken_back_is_traced_again(book: Casebook) -> None:
    """Not the graph of in between, though the codings are those of the first tracing."""
    project.trace(book)
    first = book.origin_graph()
    figure = shown(book)["figure 40 people"]
    kept = judging.judge(book, figure["id"], "rejected", seen=0)
    project.trace(book)
    judging.judge(book, figure["id"], "suggested", seen=kept.review)
    project.trace(book)
    assert book.origin_graph() == first


# What must never break ----------------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(st.integers(0, len(PROPOSED) - 1), st.sampled_from(["accepted", "rejected", "suggested"]), st.booleans()),
    max_size=12,
)


@given(steps=STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_stands_is_what_was_said_last_by_one_who_had_seen_the_last(
    steps: list[tuple[int, str, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Held against a dictionary: judgements that know the last one are kept, all others are refused."""
    with Casebook.create(tmp_path_factory.mktemp("h") / "book", SECRET, kdf=CHEAP) as book:
        rendering = fill(book)
        ids = [one["id"] for one in judging.sheet_codings(book, rendering, 0, len(TEXT), None)]
        stands: dict[str, tuple[str, int]] = dict.fromkeys(ids, ("suggested", 0))
        for at, state, knows in steps:
            _, last = stands[ids[at]]
            seen = last if knows else max(0, last - 1)
            if seen < last or (state == "suggested" and stands[ids[at]][0] == "suggested"):
                with pytest.raises(Overtaken if seen < last else NotKept):
                    judging.judge(book, ids[at], state, seen=seen)  # type: ignore[arg-type]
            else:
                kept = judging.judge(book, ids[at], state, seen=seen)  # type: ignore[arg-type]
                stands[ids[at]] = (state, kept.review)
        found = judging.sheet_codings(book, rendering, 0, len(TEXT), None)
        assert {one["id"]: (one["state"], one["review"]) for one in found} == stands
        assert list(book.verify()) == []
