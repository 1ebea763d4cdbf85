"""Review of pairs: blind cards, a queue that mixes doubt with chance, agreement, and what decisions bind."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.linkage.compared import Compared
from testimonia.linkage.lists.records import ListRecord
from testimonia.linkage.review import (
    Ask,
    Card,
    agreement,
    card,
    constraints,
    labels,
    queue,
    standing,
    stop,
    turns,
)

Verdict = Literal["same", "different", "unsure"]
IDS = tuple(f"r{number}" for number in range(8))


@dataclass(frozen=True)
class Said:
    """A decision as the casebook hands it over."""

    a: str
    b: str
    verdict: Verdict
    who: str = "first"
    chosen: str = "queue"


def compared(pairs: list[tuple[int, int]], probability: list[float], ids: tuple[str, ...] = IDS) -> Compared:
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int32) for side in (0, 1))
    return Compared(
        record_ids=ids,
        lists=("alpha", "beta"),
        list_of=np.arange(len(ids), dtype=np.int16) % 2,
        left=left,
        right=right,
        levels=np.zeros((len(pairs), 1), dtype=np.int8),
        comparisons=("name",),
        m=(np.array([0.1, 0.9]),),
        u=(np.array([0.9, 0.1]),),
        prior=0.01,
        extra=np.zeros(len(pairs)),
        probability=np.array(probability),
        rules=np.ones(len(pairs), dtype=np.uint32),
    )


def test_the_last_word_of_each_person_counts_and_two_words_can_be_disputed() -> None:
    """Somebody who changes her mind is heard once; who contradicts somebody else makes the pair disputed."""
    said = [Said("r1", "r0", "same"), Said("r0", "r1", "different"), Said("r0", "r2", "same")]
    assert [one.verdict for one in standing(said).values()] == ["different", "same"]
    said += [Said("r0", "r2", "different", "second"), Said("r0", "r1", "unsure", "second")]
    assert {pair: one.verdict for pair, one in standing(said).items()} == {
        ("r0", "r1"): "different",
        ("r0", "r2"): "disputed",
    }


def test_an_adjudication_settles_a_dispute() -> None:
    """Whatever the two said, and however often they say it again."""
    said = [Said("r0", "r1", "same"), Said("r0", "r1", "different", "second")]
    said += [Said("r0", "r1", "same", "third", "adjudication"), Said("r0", "r1", "different", "second")]
    assert standing(said)["r0", "r1"].verdict == "same"
    assert agreement(said).disputed == (("r0", "r1"),)


def test_only_settled_pairs_bind_and_only_known_records() -> None:
    """Unsure and disputed pairs bind nothing; positions are those of the records compared."""
    said = [
        Said("r3", "r1", "same"),
        Said("r2", "r4", "different"),
        Said("r5", "r6", "unsure"),
        Said("r0", "r7", "same"),
        Said("r0", "r7", "different", "second"),
        Said("r1", "gone", "same"),
    ]
    must, cannot = constraints(said, IDS)
    assert must.tolist() == [[1, 3]] and cannot.tolist() == [[2, 4]]
    empty = constraints([], IDS)
    assert [one.shape for one in empty] == [(0, 2), (0, 2)]


def test_labels_say_which_pairs_were_drawn_at_random() -> None:
    """Only those may judge a probability."""
    found = labels([Said("r0", "r1", "same", chosen="audit"), Said("r0", "r2", "different")], IDS)
    assert (found.same.tolist(), found.audited.tolist(), len(found)) == ([True, False], [True, False], 2)


def test_cohens_kappa_of_a_hand_worked_table() -> None:
    """Both yes 20, yes/no 5, no/yes 10, both no 15: observed .7, expected .5 * .6 + .5 * .4 = .5, kappa .4."""
    counts: dict[tuple[Verdict, Verdict], int] = {
        ("same", "same"): 20,
        ("same", "different"): 5,
        ("different", "same"): 10,
        ("different", "different"): 15,
    }
    table = [verdicts for verdicts, count in counts.items() for _ in range(count)]
    said = [
        Said("x", f"y{number}", verdict, who)
        for number, verdicts in enumerate(table)
        for who, verdict in zip(("first", "second"), verdicts, strict=True)
    ]
    found = agreement(said)
    assert (found.pairs, found.observed) == (50, 0.7)
    assert found.kappa == pytest.approx(0.4)
    assert len(found.disputed) == 15


def test_krippendorffs_alpha_of_his_own_binary_example() -> None:
    """Two observers, ten units (Krippendorff 2011, example A): alpha = .095."""
    one, other = "0100000010", "1110010000"
    words: dict[str, Verdict] = {"0": "same", "1": "different"}
    said = [
        Said("x", f"y{number}", words[mark], who)
        for who, marks in (("first", one), ("second", other))
        for number, mark in enumerate(marks)
    ]
    assert agreement(said).alpha == pytest.approx(0.095, abs=5e-4)


def test_one_person_alone_agrees_with_nobody() -> None:
    """No pair was looked at twice: there is nothing to measure, and no number."""
    found = agreement([Said("r0", "r1", "same"), Said("r0", "r2", "same")])
    assert (found.pairs, found.observed, found.kappa, found.alpha) == (0, None, None, None)


def test_a_card_shows_both_sides_and_no_opinion() -> None:
    """What either record says, as written; no number that could come from a machine."""
    left = ListRecord("a-1", "alpha", name="한다올", birth_year="1970", origin_place="무산군")
    right = ListRecord("b-9", "beta", name="Han Da-ol", age="34", report_year="2004")
    shown = card(left, right)
    assert [(line.label, line.left, line.right) for line in shown.lines] == [
        ("name", "한다올", "Han Da-ol"),
        ("born", "1970", ""),
        ("age", "", "34"),
        ("from", "무산군", ""),
        ("reported in", "", "2004"),
    ]
    assert {one.name for one in fields(Card)} == {"left", "right", "lists", "lines"}


def test_the_queue_goes_by_expected_change_and_leaves_out_what_is_decided() -> None:
    """Without audits: largest change first, nothing that was decided, nothing that changes nothing."""
    made = compared([(0, 1), (0, 2), (0, 3), (1, 2)], [0.5, 0.4, 0.3, 0.2])
    change = np.array([1.0, 3.0, 2.0, 0.0])
    asked = queue(made, change, [Said("r2", "r0", "same")], audit_share=0)
    assert [(one.pair, one.change, one.chosen) for one in asked] == [
        (("r0", "r3"), 2.0, "queue"),
        (("r0", "r1"), 1.0, "queue"),
    ]


@given(st.integers(0, 2**31), st.integers(1, 40), st.sampled_from([0.0, 0.1, 0.5, 1.0]))
def test_the_queue_asks_each_pair_once_and_is_the_same_again(seed: int, size: int, share: float) -> None:
    """Whatever the seed, size and share: no pair twice, not more than asked for, audits spread among the rest."""
    rng = np.random.default_rng(seed)
    ids = tuple(f"q{number}" for number in range(12))
    pairs = [(a, b) for a in range(12) for b in range(a + 1, 12)]
    made = compared(pairs, rng.random(len(pairs)).tolist(), ids)
    change = rng.random(len(pairs))
    asked = queue(made, change, size=size, audit_share=share, seed=seed)
    assert len({one.pair for one in asked}) == len(asked) <= size
    assert asked == queue(made, change, size=size, audit_share=share, seed=seed)
    assert sum(one.chosen == "audit" for one in asked) <= round(size * share)


def test_audits_come_from_every_range_of_probabilities() -> None:
    """A uniform draw would be nearly all pairs that nobody doubts; here the rare ranges are there too."""
    ids = tuple(f"q{number}" for number in range(60))
    pairs = [(a, b) for a in range(60) for b in range(a + 1, 60)]
    probability = np.full(len(pairs), 0.001)
    probability[:40], probability[40:80] = 0.95, 0.6
    asked = queue(compared(pairs, probability.tolist(), ids), np.zeros(len(pairs)), size=24, audit_share=1.0)
    high = {pairs[at] for at in range(40)}
    drawn = [(int(one.a[1:]), int(one.b[1:])) for one in asked]
    assert sum(pair in high for pair in drawn) >= 3


def test_a_second_person_is_asked_some_pairs_again_among_new_ones() -> None:
    """A fifth of what the first decided, audits first; never what she decided herself."""
    said = [Said("r0", f"r{number}", "same", chosen="audit" if number == 5 else "queue") for number in range(1, 6)]
    left = (Ask("r1", "r2", 1.0), Ask("r0", "r1", 0.5))
    assert [one.pair for one in turns(left, said, "first")] == [("r1", "r2")]
    mine = turns(left, said, "second")
    assert {(one.pair, one.chosen) for one in mine} == {(("r1", "r2"), "queue"), (("r0", "r5"), "second")}
    said.append(Said("r0", "r5", "different", "second", "second"))
    assert [one.pair for one in turns(left, said, "second")] == [("r1", "r2")]
    assert [one.pair for one in turns(left, said, "third", adjudicate=True)] == [("r0", "r5")]


def test_looking_stops_when_it_hardly_changes_the_interval() -> None:
    """Twenty-five pairs of .5 against a width of 100: 12.5 %, go on; against 10,000: .125 %, stop."""
    asked = [Ask(f"a{number}", "b", 0.5) for number in range(40)]
    assert not stop(asked, 100.0).now
    assert stop(asked, 10_000.0).now
    assert stop([Ask("a", "b", 0.5, "audit")], 100.0).now
    assert "12.5%" in stop(asked, 100.0).why
