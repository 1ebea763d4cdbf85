"""The page: nothing in a document becomes markup, every value leads to its words, every warning stands."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser
from tests.release.graphs import by_claimant
from tests.release.samples import document, figure, said, three

from testimonia.model import Document
from testimonia.release.dossier import HTML_LIMITS, Standing, banners, compose, html
from testimonia.release.findings import build

PLAIN = Standing(consent_missing=0, reviewed=True, sample=False)
WARNED = Standing(consent_missing=3, reviewed=False, sample=True)


def page(*documents: Document, told: Standing = WARNED, limits: tuple[int, int, int, int] = HTML_LIMITS) -> str:
    found = build(documents, by_claimant(documents))
    return html(compose(found, told, {}, limits))


def parsed(text: str) -> Any:
    return parser.document_fromstring(text)


def tags(text: str) -> list[str]:
    return [element.tag for element in parsed(text).iter() if isinstance(element.tag, str)]


@pytest.mark.parametrize(
    "word",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</blockquote></style><style>*{}</style>",
        "{{ 7 * 7 }}{% for x in y %}",
        '#import "x.typ" $x$ *b* _i_ `c`',
        "[a](javascript:alert(1)) **b**",
        "&lt;b&gt;&#60;i&#62;",
        "' onfocus='alert(1)",
    ],
)
def test_code_inside_a_document_is_shown_as_text(word: str) -> None:
    text = f"They were {word} held and {word} 41 people fled."
    d = document(
        text,
        said(text, f"{word} held", code="state.detention"),
        figure(text, f"{word} 41 people", 41, counted=word, period=word),
        path=f"{word}.txt",
    )
    shown = page(d)
    assert word in parsed(shown).text_content()
    assert not {"script", "img", "b", "i"} & set(tags(shown)) - {"b"}
    assert not re.search(r"<[^>]*\son\w+=", re.sub(r"<style>.*?</style>", "", shown, flags=re.S).replace("&#39;", ""))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_no_text_of_a_document_adds_a_tag(word: str) -> None:
    text = f"a{word}b"
    tame = document("axb", said("axb", "axb", code="state.detention"), path="axb")
    wild = document(text, said(text, text, code="state.detention"), path=text)
    assert [t for t in tags(page(wild)) if t != "wbr"] == [t for t in tags(page(tame)) if t != "wbr"]


def test_the_policy_allows_nothing_but_the_one_style_sheet() -> None:
    shown = page(*three())
    style = re.findall(r"<style>(.*?)</style>", shown, flags=re.S)
    assert len(style) == 1
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    (policy,) = parsed(shown).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r'\sstyle="|<script|\ssrc="(?!data:)|https?://', shown)


def test_every_note_holds_the_words_of_its_file() -> None:
    documents = three()
    found = build(documents, by_claimant(documents))
    made = compose(found, PLAIN, {}, HTML_LIMITS)
    texts = {d.file_sha256: d.text for d in documents}
    assert made.notes
    for note in made.notes:
        assert texts[note.file_sha256][note.start : note.end] == note.quote
        assert note.page == "page 1"


def test_every_number_leads_to_a_note() -> None:
    tree = parsed(page(*three()))
    wanted = set(tree.xpath("//sup/a/@href"))
    assert wanted
    assert wanted == {f"#{i}" for i in tree.xpath("//ol[@class='notes']/li/@id")}


def test_every_figure_act_and_measure_is_footnoted() -> None:
    documents = three()
    made = compose(build(documents, by_claimant(documents)), PLAIN, {}, HTML_LIMITS)
    noted = {(n.file_sha256, n.start, n.end) for n in made.notes}
    shown = {"act", "figure", "measure"}
    for d in documents:
        for c in d.codings:
            if c.kind in shown and c.unit != "years_of_age":
                assert (d.file_sha256, c.start, c.end) in noted


def test_warnings_stand_on_every_section() -> None:
    tree = parsed(page(*three()))
    for section in tree.xpath("//section[@id!='summary']") + tree.xpath("//header"):
        said_here = section.text_content()
        for line in banners(WARNED):
            assert line in said_here


def test_warnings_say_what_holds() -> None:
    assert banners(PLAIN) == ()
    assert banners(replace(PLAIN, consent_missing=1)) == ("Consent not recorded for 1 source: not for distribution.",)
    assert banners(WARNED) == (
        "Invented sample: no event, person or figure in it is real.",
        "Consent not recorded for 3 sources: not for distribution.",
        "Suggested, not reviewed.",
    )


def test_the_same_findings_give_the_same_page() -> None:
    assert page(*three()) == page(*three())


def test_quotes_carry_their_language() -> None:
    tree = parsed(page(*three()))
    assert {"ko", "zh-Hans", "en"} <= set(tree.xpath("//q/@lang"))
    assert tree.get("lang") == "en"


def test_a_reader_without_eyes_finds_the_way() -> None:
    tree = parsed(page(*three()))
    assert [len(tree.xpath(f"//{tag}")) for tag in ("main", "nav", "header", "footer", "h1")] == [1] * 5
    assert tree.xpath("//a[@class='skip']/@href") == ["#main"]
    assert len(tree.xpath("//table")) == len(tree.xpath("//table/caption")) > 0
    assert not tree.xpath("//th[not(@scope)]")
    levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3")]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_rows_that_do_not_fit_are_named_by_their_number_in_the_csv() -> None:
    text = " ".join(f"{n}0 people" for n in range(1, 10))
    figures = [figure(text, f"{n}0 people", n * 10.0) for n in range(1, 10)]
    shown = page(document(text, *figures), limits=(4, 40, 3, 400))
    assert "5 rows not shown here: figures.csv, rows 5–9." in shown


def test_nothing_found_is_said_and_is_no_finding() -> None:
    shown = page(document("Nothing here."))
    assert "That is no finding that nothing happened." in shown


def test_every_note_leads_back_to_where_it_is_first_cited() -> None:
    tree = parsed(page(*three()))
    back = tree.xpath("//ol[@class='notes']//a[@class='back']/@href")
    places = tree.xpath("//sup/a/@id")
    assert len(back) == len(tree.xpath("//ol[@class='notes']/li"))
    assert [f"#{place}" for place in places] == sorted(back, key=[f"#{place}" for place in places].index)
    assert len(places) == len(set(places))


def test_a_quote_stands_with_the_words_around_it() -> None:
    """The words of the source are set apart from those around them."""
    text = "Of the women, 58 had been sold at least once."
    tree = parsed(page(document(text, figure(text, "58", 58))))
    (quote,) = tree.xpath("//td/q")
    assert quote.text_content() == text
    assert [part.text_content() for part in quote.xpath("span[@class='around']")] == [
        "Of the women, ",
        " had been sold at least once.",
    ]
