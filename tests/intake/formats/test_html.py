"""Web pages: every visible word, with what is not the page's own text labelled."""

from __future__ import annotations

from tests.intake.samples import CHINESE, ENGLISH, KOREAN, html

from testimonia.intake import worker
from testimonia.model import Reading


def page(body: str, head: str = "") -> Reading:
    return worker.read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


def roles(reading: Reading) -> dict[str, str]:
    return {passage.text: passage.role for passage in reading.passages}


def test_menus_are_labelled_and_not_dropped() -> None:
    found = roles(worker.read(html((ENGLISH * 3, KOREAN * 3)).encode(), "a.html"))
    assert found["• Weather"] == "boilerplate"
    assert found["Families counted"] == "title"
    assert found[KOREAN * 3] == "body"
    assert any(text.startswith("Copyright") and role == "boilerplate" for text, role in found.items())


def test_a_row_of_a_table_is_a_line_with_tabs() -> None:
    reading = page("<table><tr><th>place<th>families</tr><tr><td>Ford <b>Street</b><td>41</table>")
    assert reading.text.split("\n")[:2] == ["place\tfamilies", "Ford Street\t41"]
    assert {passage.role for passage in reading.passages} == {"table"}


def test_a_table_that_lays_out_the_page_is_read_as_paragraphs() -> None:
    reading = page(f"<table><tr><td><p>menu</p></td><td><p>{ENGLISH * 4}</p><p>{KOREAN * 4}</p></td></tr></table>")
    assert ENGLISH * 4 in reading.text.split("\n") and KOREAN * 4 in reading.text.split("\n")


def test_words_of_neighbouring_elements_are_not_glued_together() -> None:
    reading = page("<div>one</div><div>two<br>three</div><p>a<b>b</b></p><a>four</a><a>five</a>")
    assert reading.text.split() == ["one", "two", "three", "ab", "four", "five"]


def test_list_items_keep_their_numbers() -> None:
    reading = page("<ol start=3><li>third<li>fourth<ul><li>inner</ul><li>fifth</ol>")
    assert reading.text.split("\n")[:4] == ["3. third", "4. fourth", "• inner", ""] or (
        [line for line in reading.text.split("\n") if line] == ["3. third", "4. fourth", "• inner", "5. fifth"]
    )


def test_preformatted_lines_stay_lines() -> None:
    reading = page("<pre>THE CHAIRMAN. We begin.\n    Mr. Lee.  Thank you.</pre>")
    assert reading.text.startswith("THE CHAIRMAN. We begin.\n    Mr. Lee.  Thank you.\n")


def test_scripts_and_styles_are_not_words() -> None:
    reading = page("<script>var figure = 900</script><style>p {width: 7px}</style><p>41 families</p>")
    assert reading.text.strip() == "41 families"


def test_markup_written_as_text_is_shown_as_text() -> None:
    assert page("<p>&lt;b&gt;41&lt;/b&gt; &amp; more</p>").text.strip() == "<b>41</b> & more"


def test_a_false_charset_is_said_and_the_true_one_found() -> None:
    reading = worker.read(html((KOREAN,), charset="utf-8").encode("cp949"), "a.html")
    assert KOREAN in reading.text
    assert set(reading.flags) == {"charset_mislabelled", "encoding_guessed"}
    told = worker.read(html((CHINESE,), charset="gb2312").encode("gb18030"), "a.html")
    assert CHINESE in told.text and told.flags == ()


def test_title_author_and_date_come_from_the_page_and_are_never_guessed_from_its_words() -> None:
    head = (
        "<title>Families counted</title><meta name='author' content='Kim Office'>"
        "<meta property='article:published_time' content='2019-03-05T10:00:00Z'>"
    )
    told = page(f"<p>{ENGLISH}</p>", head).metadata
    assert (told["title"], told["date"]) == ("Families counted", "2019-03-05")
    assert "date" not in page(f"<p>{ENGLISH}</p>").metadata


def test_a_page_without_words_is_unread() -> None:
    reading = page("<script>1</script><img src=x>")
    assert reading.outcome == "unread" and reading.reason


def test_deep_nesting_costs_no_words() -> None:
    reading = page("<div>" * 5000 + "the last word" + "</div>" * 5000)
    assert reading.text.strip() == "the last word" and "deeply_nested" in reading.flags


def test_the_simpler_way_keeps_all_words() -> None:
    reading = worker.read(html((ENGLISH, KOREAN)).encode(), "a.html", mode="simpler")
    assert ENGLISH in reading.text and KOREAN in reading.text
    assert reading.outcome == "partly" and "only its words were read" in (reading.reason or "")
