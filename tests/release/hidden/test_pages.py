"""The page of a report: nothing in a table becomes markup, nothing is loaded, nothing is left out in silence."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser
from tests.release.hidden import reports

from testimonia.release.hidden.pages import compose, html
from testimonia.release.hidden.view import read

ALL: dict[str, Callable[[], dict[str, Any]]] = {
    "answered": reports.answered, "refused": reports.refused, "eight": reports.eight, "drawn": reports.drawn,
    "nothing": dict,
}  # fmt: skip
EVERY = pytest.mark.parametrize("name", ALL)


def page(report: dict[str, Any], *banners: str) -> str:
    return html(compose(read(report), {}, banners))


def parsed(text: str) -> Any:
    return parser.document_fromstring(text)


def visible(text: str) -> str:
    """The words of a page, parts of cells parted by a space."""
    return " ".join(" ".join(parsed(text).xpath("//body//text()")).split())


@EVERY
def test_nothing_is_loaded_and_no_script_runs(name: str) -> None:
    shown = page(ALL[name]())
    (style,) = re.findall(r"<style>(.*?)</style>", shown, flags=re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = parsed(shown).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r'\sstyle="|<script|\ssrc="(?!data:)|https?://|url\(', shown)


@EVERY
def test_no_cell_is_empty_and_no_number_is_nan(name: str) -> None:
    tree = parsed(page(ALL[name]()))
    assert not [cell for cell in tree.xpath("//td|//th") if not cell.text_content().strip()]
    assert not re.search(r"\b(nan|NaN|inf|None|null)\b(?! of)", visible(page(ALL[name]())))


@EVERY
def test_numbers_have_their_commas(name: str) -> None:
    """Five digits in a row stand nowhere but in a model in brackets, in a work cited, or in hashes."""
    text = re.sub(r"\[[\d.,]+\]", "", visible(page(ALL[name]())))
    assert not re.search(r"(?<![\d.,])\d{5,}", text)


@EVERY
def test_a_reader_without_eyes_finds_the_way(name: str) -> None:
    tree = parsed(page(ALL[name]()))
    assert [len(tree.xpath(f"//{tag}")) for tag in ("main", "nav", "header", "footer", "h1")] == [1] * 5
    assert len(tree.xpath("//table")) == len(tree.xpath("//table/caption")) > 0
    assert not tree.xpath("//th[not(@scope)]")
    levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3")]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert set(tree.xpath("//nav//a/@href")) == {f"#{i}" for i in tree.xpath("//main//section/@id")}


def test_the_headline_is_the_heading_of_the_page() -> None:
    assert parsed(page(reports.answered())).xpath("string(//h1)") == "About 25,300 people, of whom 2,744 were recorded."
    assert parsed(page(reports.refused())).xpath("string(//h1)") == "The data cannot say how many people there are."


@EVERY
def test_every_method_stands_in_the_table_also_if_it_refused(name: str) -> None:
    given = ALL[name]()
    text = visible(page(given))
    for answer in given.get("estimates", []):
        if answer["total"] is None:
            assert answer["reason"][1:].rstrip(".") in text
        else:
            assert f"{answer['total']:,.0f}" in text


def test_a_method_without_an_interval_shows_a_dash_and_says_so() -> None:
    given = reports.answered()
    given["estimates"] = [reports.estimate("chao", 14642.2)]
    (row,) = parsed(page(given)).xpath("//section[@id='methods']//tbody/tr")
    cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
    assert cells[:2] == ["14,642", "–"]
    assert "gives no interval" in cells[3]


def test_every_refused_verdict_has_its_count_its_plain_and_its_exact_words() -> None:
    text = visible(page(reports.answered()))
    assert "no estimate exists 300 The overlaps are too thin" in text
    assert "the data cannot tell 74 Different totals fit the same data equally well." in text
    assert "6,893 models were looked at" in text


def test_models_stand_in_brackets_and_in_names() -> None:
    text = visible(page(reports.answered()))
    assert "[123,25,34] LA with NG and PFNCA; NG with GP; PFNCA with GO" in text


def test_what_each_pair_alone_would_say_stands_beside_its_overlap() -> None:
    rows = parsed(page(reports.answered())).xpath("//section[@id='lists']//tr")
    told = [" ".join(" ".join(row.itertext()).split()) for row in rows]
    assert "PFNCA + GO 81 11,528 9,514–14,074" in told
    assert "LA + GP 0 – nobody on both" in told


def test_strata_and_linkage_have_their_own_words() -> None:
    text = visible(page(reports.drawn()))
    assert "Of 2 parts 1 part gave no answer, so that the parts have no sum." in text
    assert "All together, estimated as one, they give 25,311." in text
    assert "3 draws (1.5 %) gave no answer; they are counted, never dropped." in text
    assert "Best model, bootstrapped 60,000,000 2,500,000 4 %" in text


def test_seed_versions_works_and_words_are_at_the_end() -> None:
    text = visible(page(reports.answered()))
    for part in ("Seed 1.", "testimonia 0.1.0.", "numpy 2.4.0.", "Fienberg, S. E. and Rinaldo, A. (2012)",
                 "Silverman, B. W., Chan, L. and Vincent, K. (2024)", "Confidence interval"):  # fmt: skip
        assert part in text


def test_banners_stand_on_every_section() -> None:
    tree = parsed(page(reports.answered(), "Invented sample."))
    for section in tree.xpath("//section[@id!='summary']|//header|//footer"):
        assert "Invented sample." in section.text_content()


def test_names_of_lists_are_shown_as_text() -> None:
    shown = page(reports.eight())
    assert "<b>Interviews & letters</b>" in visible(shown)
    assert not parsed(shown).xpath("//b")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_no_name_of_a_list_adds_a_tag(word: str) -> None:
    def tags(name: str) -> list[str]:
        given = reports.refused()
        given["table"]["lists"][0] = name
        given["cautions"] = [name]
        shown = parsed(page(given))
        return [e.tag for e in shown.iter() if isinstance(e.tag, str) and e.tag != "wbr"]

    assert tags(word) == tags("x")


def test_the_same_report_gives_the_same_page() -> None:
    assert page(reports.drawn()) == page(reports.drawn())


def test_what_other_models_and_priors_say_is_shown() -> None:
    given = reports.answered()
    given["estimates"][7]["diagnostics"] = {"chosen": [{"model": "[12,3,4,5]", "share": 0.271}]}
    given["estimates"][10]["diagnostics"] = {
        "top_graphs": [{"graph": "[123,25,34]", "probability": 0.443}],
        "edges": {"12": 0.9998, "34": 0.69},
        "variations": [{"prior": "a flat prior on the total", "total": 24686.0, "lower": 10806.0, "upper": 34982.0}],
        "beyond_grid": 5.9e-12,
    }  # fmt: skip
    text = visible(page(given))
    for part in (
        "Stepwise with bootstrap [12,3,4,5] LA with NG; PFNCA, GO and GP on their own 27.1 %",
        "Average over graphs [123,25,34] LA with NG and PFNCA; NG with GP; PFNCA with GO 44.3 %",
        "PFNCA + GO 81 11,528 9,514–14,074 69 %",
        "Average over graphs a flat prior on the total 24,686 10,806–34,982",
        "Beyond the grid under 0.0001",
    ):
        assert part in text
