"""What is passed on has the origin it is passed on from."""

from __future__ import annotations

import pytest
from tests.linkage.origins.texts import document, figure, said

from testimonia.linkage.origins import corroborate, headers, sources, trace
from testimonia.linkage.origins.passing import counts_itself, looks_back

FIRST = (
    "조사\n강제송환된 여성이 412명이라는 조사 결과가 나왔다. "
    "단체 '새길네트워크'(New Road Network)는 보고서를 내고 이같이 밝혔다."
)


def test_words_that_look_back_name_who_told_the_sentence_before() -> None:
    """「…412명이라는 조사 결과가 나왔다. …는 이같이 밝혔다」: the figure is the network's."""
    page = document("page.txt", FIRST, figure(FIRST, "412명"))
    graph = trace([page])
    (origin,) = [o for o in graph.origins if o.id == graph.of_coding[page.codings[0].id]]
    assert (origin.label, origin.certainty) == ("새길네트워크", "inferred")


def test_words_that_look_back_reach_one_sentence_and_no_further() -> None:
    """A sentence between the two, or the end of the paragraph, cuts the look."""
    assert looks_back(FIRST, FIRST.index("412명") + 4) == FIRST.index("이같이")
    between = FIRST.replace("단체", "비가 왔다. 단체")
    assert looks_back(between, between.index("412명") + 4) is None
    apart = FIRST.replace(" 단체", "\n단체")
    assert looks_back(apart, apart.index("412명") + 4) is None


def test_a_page_cited_for_a_figure_it_cites_itself_adds_no_origin() -> None:
    """A letter that quotes a paper, and the paper that quotes a shelter, go back to the shelter."""
    page = "Arrivals\nThe Open Door Project said that 56 women arrived.\n© 2023 Northern Observer"
    letter = "Letter\nThe Northern Observer wrote that 56 women arrived."
    documents = [
        document("page.txt", page, said(page, "The Open Door Project", "56 women arrived"), figure(page, "56 women")),
        document("letter.txt", letter, figure(letter, "56 women", "The Northern Observer")),
    ]
    graph = trace(documents)
    counted = corroborate([d.codings[-1].id for d in documents], graph)
    assert (counted.independent, counted.labels) == (1, ("Open Door Project",))


def test_two_that_cite_one_another_go_back_to_the_one_that_counts() -> None:
    """A shelter's letter names the paper, the paper names the shelter: the shelter, which counted, answers."""
    page = "Arrivals\nThe Open Door Project said that 56 women arrived.\n© 2023 Northern Observer"
    letter = (
        "Letter\nThe Open Door Project counted 25 arrivals. The Northern Observer wrote that 56 women arrived.\n"
        "Published by The Open Door Project"
    )
    documents = [
        document("page.txt", page, said(page, "The Open Door Project", "56 women arrived"), figure(page, "56 women")),
        document("letter.txt", letter, figure(letter, "56 women", "The Northern Observer")),
    ]
    counted = corroborate([d.codings[-1].id for d in documents], trace(documents))
    assert [label.removeprefix("The ") for label in counted.labels] == ["Open Door Project"]


def test_a_page_cited_for_another_figure_stays_the_origin() -> None:
    """Where the numbers differ, the paper may have counted itself."""
    page = "Arrivals\nThe Open Door Project said that 56 women arrived.\n© 2023 Northern Observer"
    letter = "Letter\nThe Northern Observer wrote that 57 women arrived."
    documents = [
        document("page.txt", page, said(page, "The Open Door Project", "56 women arrived"), figure(page, "56 women")),
        document("letter.txt", letter, figure(letter, "57 women", "The Northern Observer")),
    ]
    graph = trace(documents)
    assert corroborate([d.codings[-1].id for d in documents], graph).independent == 2


def test_a_body_that_says_it_counted_reports_its_own_count() -> None:
    """ "The archive counted" makes a page of that archive a report, "the archive asks" does not."""
    told = document("a.txt", "Count\nThe Dawn Archive counted 97 files.")
    asked = document("b.txt", "Count\nThe Dawn Archive asks for help.")
    assert counts_itself(told, "Dawn Archive")
    assert not counts_itself(asked, "Dawn Archive")


def test_the_office_that_signs_a_statement_is_meant_by_the_government() -> None:
    """ "The county government" in a statement of the Border County Government is that government."""
    text = "Statement\nBorder County Government, 3 July 2023\nThe county government said that 24 persons left."
    page = document("s.txt", text, figure(text, "24 persons", "The county government"))
    graph = trace([page])
    (origin,) = [o for o in graph.origins if o.id == graph.of_coding[page.codings[0].id]]
    assert (origin.label, origin.kind) == ("Border County Government", "official")


def test_a_word_that_opens_a_mention_is_no_name() -> None:
    """ "Even individuals" and "Local authorities" name nobody; "The Guardian" names a paper."""
    assert [sources.read(text).name for text in ("Even individuals", "Local authorities", "The Guardian")] == [
        "",
        "",
        "Guardian",
    ]


def test_a_long_report_with_sections_is_no_law() -> None:
    """ "Section 1." opens four of a hundred paragraphs of a report, and most of those of a law."""
    clauses = [f"Section {n}. The term is set." for n in range(1, 6)]
    law = document("law.txt", "\n".join(["Act", *clauses]))
    report = document("report.txt", "\n".join(["Country report", *clauses, *["It rained there."] * 100]))
    assert [headers.read(page).nature for page in (law, report)] == ["law", "document"]


def test_the_words_of_a_sentence_are_no_agency() -> None:
    """來源成為了嚴重的問題 speaks of sources; it names none."""
    text = "文\n資訊的來源成為了嚴重的問題。"
    assert headers.read(document("page.txt", text)).reposted is None


@pytest.mark.parametrize("heading", ["第三章 調查發現", "제4장 송환 이후", "d. Freedom of Movement", "2. 조사 방법"])
def test_a_part_of_a_longer_text_is_called_by_its_file(heading: str) -> None:
    """The heading of a chapter says nothing of whose text it is."""
    text = f"{heading}\nTogether 60 women came."
    graph = trace([document("part.txt", text, figure(text, "60"))])
    assert [origin.label for origin in graph.origins] == ["part.txt"]


def test_one_who_says_i_publishes_nothing() -> None:
    """我是…人，2019年 opens an account, and is no name with a year."""
    text = "我是咸镜北道人，2019年"
    assert headers.read(document("account.txt", text)).publisher is None
