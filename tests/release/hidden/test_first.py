"""The first page: one number with what it rests on, or in the same place that the data cannot say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.release.hidden import reports

from testimonia.release.hidden import first
from testimonia.release.hidden.quotable import quotable
from testimonia.release.hidden.view import read

HARD = "\u00a0"  # the space before a percent sign does not break
ALL = {"answered": reports.answered, "refused": reports.refused, "eight": reports.eight, "drawn": reports.drawn}


def page(given: dict[str, Any]) -> str:
    report = read(given)
    parts = [cell.text for part in first.quarters(report) for cell in part.sentences]
    return "\n".join([*first.headline(report), *parts, quotable(report)]).replace(HARD, " ")


def parts(given: dict[str, Any]) -> dict[str, list[str]]:
    return {part.heading: [soft(cell.text) for cell in part.sentences] for part in first.quarters(read(given))}


def soft(text: str) -> str:
    return text.replace(HARD, " ")


def large(given: dict[str, Any]) -> tuple[str, ...]:
    return tuple(map(soft, first.headline(read(given))))


def test_the_headline_is_one_rounded_number_with_its_interval() -> None:
    assert large(reports.answered()) == (
        "About 25,300 people, of whom 2,744 were recorded.",
        "The data are compatible with 11,200 to 56,100 (95 % confidence interval).",
    )


def test_a_refusal_is_an_answer_in_the_same_place_and_says_why_once() -> None:
    assert large(reports.refused()) == (
        "The data cannot say how many people there are.",
        "96 people were recorded. No model of the lists can be identified from this table.",
    )


def test_people_recorded_are_a_range_where_linkage_is_uncertain() -> None:
    assert large(reports.drawn())[0] == ("About 25,300 people, of whom 2,701 to 2,790 were recorded.")


def test_a_credible_interval_is_called_so_and_leans_on_its_prior() -> None:
    given = reports.answered()
    given["headline"] = reports.headline("decomposable", 23016.0, 10408.0, 33481.0)
    assert large(given)[1] == (
        "Given the prior stated below, the data are compatible with 10,400 to 33,500 (95 % credible interval)."
    )
    assert "confidence interval comes" not in page(given)


def test_a_headline_without_an_interval_says_so() -> None:
    given = reports.answered()
    given["headline"] = reports.headline("chao", 14642.0, None, None, "the bound has no interval.")
    assert large(given)[1] == "No interval can be given. The bound has no interval."
    given["headline"]["lower"] = 12925.0
    assert large(given)[1] == (
        "The data are compatible with 12,900 or more (95 % confidence interval without an upper end)."
    )


def test_methods_that_disagree_are_named() -> None:
    said = parts(reports.answered())["How sure it is"]
    assert (
        "Of 12 methods 10 give a number, from 5,550 (Best model by AIC) to 25,300 (Best model, bootstrapped)." in said
    )
    assert "Outside of the headline's interval: Best model by AIC." in said


def test_the_assumption_nobody_can_test_has_its_band_and_its_tipping_points() -> None:
    said = parts(reports.answered())["How sure it is"]
    (band,) = [text for text in said if text.startswith("The assumption nobody can test")]
    assert "anything from 5,840 to 148,000 is compatible with the data" in band
    assert "“At least 20,000 people” holds no longer at an odds ratio of 0.765." in said


def test_a_conclusion_that_does_not_tip_is_said_to_hold() -> None:
    given = reports.answered()
    given["sensitivity"][0]["tipping"] = [
        {"conclusion": "at least 3,000 people", "end": "total", "holds": True, "odds": 0.01, "inside": False},
        {"conclusion": "at least 9,000,000 people", "end": "total", "holds": False, "odds": None, "inside": False},
    ]  # fmt: skip
    said = parts(given)["How sure it is"]
    assert "“At least 3,000 people” holds over all of that range." in said
    assert "“At least 9,000,000 people” holds nowhere in that range." in said


def test_methods_and_models_that_refused_are_counted_among_what_is_missing() -> None:
    said = parts(reports.answered())["What is missing"]
    assert "2 methods refused: Sample coverage and Hidden groups." in said
    assert "374 of 6,893 models were refused: the data do not settle a total with them." in said
    assert "Nobody is on both lists of one pair: LA and GP." in said


def test_a_refusal_says_why_what_stands_all_the_same_and_what_would_help() -> None:
    said = parts(reports.refused())
    assert list(said) == ["Why the data cannot say", "Who says so", "What can be said all the same", "What would help"]
    assert "At least the 96 people recorded." in said["What can be said all the same"]
    assert said["What would help"][0] == (
        "Look again for people on both of A and C and B and C: a match that was missed looks like no overlap."
    )


@pytest.mark.parametrize("name", ALL)
def test_no_number_is_missing_in_silence_or_without_its_commas(name: str) -> None:
    text = page(ALL[name]())
    assert not re.search(r"\b(nan|NaN|inf|None|null)\b(?! of)", text)
    assert not re.search(r"(?<![\d.,])\d{5,}", text)


@pytest.mark.parametrize("name", ALL)
def test_an_interval_is_never_said_to_hold_the_truth_with_a_probability(name: str) -> None:
    text = page(ALL[name]()).lower()
    assert "probab" not in text
    assert "95 % chance" not in text


def test_the_paragraph_to_quote_holds_all_that_a_statistician_checks() -> None:
    said = soft(quotable(read(reports.answered())))
    for part in (
        "Five lists (LA, NG, PFNCA, GO, GP) hold 2,744 distinct people, 221 of them on two lists or more.",
        "Silverman, Chan and Vincent 2024", "gives a total of 25,311 (95 % confidence interval 11,168 to 56,052)",
        "Model [123,25,34] (LA with NG and PFNCA; NG with GP; PFNCA with GO), BIC 195.88.",
        "Searched: 6,893 models; in 6,519 an estimate exists and is identified.",
        "no interaction of the highest order", "reach from 5,843 to 147,650",
        "testimonia 0.1.0, seed 1 (numpy 2.4.0).",
    ):  # fmt: skip
        assert part in said


def test_the_paragraph_of_a_refusal_reports_no_total() -> None:
    said = soft(quotable(read(reports.refused())))
    assert "No total is reported." in said
    assert "772" not in said
    assert "testimonia 0.1.0, seed 1" in said


def test_errors_in_matching_are_assumed_away_only_where_they_are_not_drawn() -> None:
    assert "matched without error" in quotable(read(reports.answered()))
    assert "matched without error" not in quotable(read(reports.drawn()))


def test_pairs_of_lists_are_not_counted_as_models_that_were_refused() -> None:
    given = reports.refused()
    given["estimates"] = [reports.estimate("lincoln-petersen", 247.0, models=3, admissible_models=1, model="[1,2]")]
    assert not [text for text in parts(given)["Why the data cannot say"] if "models" in text and "refused" in text]


def test_where_the_method_to_stand_on_was_left_out_the_others_are_not_spoken_against() -> None:
    given = reports.refused()
    given["estimates"] = [reports.estimate("stepwise", 539.0), reports.estimate("decomposable", 364.0)]
    said = parts(given)["What can be said all the same"]
    assert said[-1] == "2 methods give 364 to 539: Stepwise with bootstrap and Average over graphs."


def test_a_caution_of_the_method_stands_beside_the_number() -> None:
    given = reports.answered()
    given["estimates"][8] |= {"verdict": "caution", "reason": "94% of the bootstrap totals lie above the estimate."}
    assert large(given)[2] == "With a caution: 94% of the bootstrap totals lie above the estimate."


def test_a_long_caution_is_cut_on_the_first_page_and_says_where_it_stands_in_full() -> None:
    given = reports.answered()
    given["cautions"] = ["Nobody is on both lists of 18 pairs: " + "A and B; " * 40]
    (said,) = [text for text in parts(given)["What is missing"] if text.startswith("Nobody is on both")]
    assert said.endswith("… (in full with the lists).")
    assert len(said) < 190


def test_the_paragraph_to_quote_says_that_linkage_was_drawn() -> None:
    said = quotable(read(reports.drawn()))
    assert "averaged over 200 draws of the linkage (Sadinle 2018), 3 of them without an answer." in said
    assert "draws of the linkage" not in quotable(read(reports.answered()))
