"""Documents are many, origins are few: who stands behind a figure, in English, Korean and Chinese."""

from __future__ import annotations

import pytest
from tests.linkage.origins.texts import document, figure, said

from testimonia.linkage.origins import corroborate, trace
from testimonia.model import Coding, Document, Origin, OriginGraph


def origins_of(graph: OriginGraph, *documents: Document) -> list[Origin]:
    """The origin of the first coding of each document."""
    known = {origin.id: origin for origin in graph.origins}
    return [known[graph.of_coding[d.codings[0].id]] for d in documents]


def ids(*documents: Document) -> list[str]:
    return [coding.id for d in documents for coding in d.codings if coding.kind == "figure"]


def press(path: str, text: str, quote: str, source: str) -> Document:
    return document(path, text, figure(text, quote, source))


REPEATS = {
    "en": (
        press(
            "morning.txt",
            "Survey finds women held\nA study issued by the Lantern Bridge Network finds that 412 women were returned.",
            "412 women",
            "the Lantern Bridge Network",
        ),
        press(
            "evening.txt",
            "Returns go on, charity says\nThe Lantern Bridge Network, a charity, counted 412 women in its new report.",
            "412 women",
            "The Lantern Bridge Network",
        ),
        press(
            "other.txt",
            "Shelter speaks of more\nThe Open Door Project said that it had met 560 women who were returned.",
            "560 women",
            "The Open Door Project",
        ),
    ),
    "ko": (
        press(
            "아침.txt",
            "송환 여성 조사\n인권단체 '새길네트워크'는 강제송환된 여성이 412명이라고 밝혔다.",
            "412명",
            "인권단체 '새길네트워크'",
        ),
        press(
            "저녁.txt",
            "단체 “송환 계속돼”\n새길네트워크의 보고서에 따르면 송환된 여성은 412명이었다.",
            "412명",
            "새길네트워크의 보고서",
        ),
        press(
            "다른.txt",
            "쉼터의 말\n열린문센터는 송환된 여성 560명을 만났다고 말했다.",
            "560명",
            "열린문센터",
        ),
    ),
    "zh": (
        press(
            "早报.txt",
            "调查称妇女遭遣返\n民间团体“北桥中心”发布报告称，有412名妇女被遣返。",
            "412名妇女",
            "民间团体“北桥中心”",
        ),
        press(
            "晚报.txt",
            "遣返仍在继续\n北桥中心的报告显示，被遣返的妇女为412人。",
            "412人",
            "北桥中心的报告",
        ),
        press(
            "另文.txt",
            "收容所的说法\n开门协会表示，该会见过560名被遣返的妇女。",
            "560名",
            "开门协会",
        ),
    ),
}


@pytest.mark.parametrize("language", list(REPEATS))
def test_two_documents_that_repeat_one_report_are_one_origin(language: str) -> None:
    """Whoever repeats a report adds a document and no origin."""
    first, second, _ = REPEATS[language]
    graph = trace([first, second])
    count = corroborate(ids(first, second), graph)
    assert (count.documents, count.independent, count.undecided) == (2, 1, 0)
    assert "For two, it takes a source that does not rest on" in count.sentence


@pytest.mark.parametrize("language", list(REPEATS))
def test_a_third_independent_document_makes_two_origins(language: str) -> None:
    """Another body that counted for itself is a second origin."""
    documents = REPEATS[language]
    count = corroborate(ids(*documents), trace(documents))
    assert (count.documents, count.independent, count.undecided) == (3, 2, 0)
    assert "Two independent origins stand behind it" in count.sentence


def reposts(language: str) -> tuple[Document, Document]:
    """An agency's text, and the same text on the page of somebody else."""
    if language == "en":
        body = (
            "Women sent back across the river were held for three weeks on average, a count of court files shows. "
            "In all, 318 people were named in the files, and most of them had been moved twice before their return."
        )
        agency, quote, copy = f"RIVERTON, March 3 (Hangyeol) — {body}", "318 people", f"Held for weeks\n{body}"
    elif language == "ko":
        body = (
            "강을 건너 되돌려 보내진 여성들은 평균 3주 동안 갇혀 있었던 것으로 법원 기록에서 나타났다. "
            "기록에 이름이 오른 사람은 모두 318명이며 대부분 송환되기 전에 두 차례 옮겨졌다."
        )
        agency, quote, copy = f"(서울=한결통신) {body}", "318명", f"몇 주 동안 갇혀\n{body}"
    else:
        body = (
            "法院卷宗显示，被遣返过江的妇女平均被关押三周。卷宗中列名的共有318人，其中多数人在被遣返之前曾经两次被转移到别的县，"
            "家属事先均未得到任何通知。"
        )
        agency, quote, copy = f"东边社首尔3月14日电（记者 周明）{body}", "318人", f"关押数周\n{body}"
    first = document(f"agency-{language}.txt", agency, figure(agency, quote))
    return first, document(f"page-{language}.txt", copy, figure(copy, quote))


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_a_repost_of_an_agency_text_is_the_agency(language: str) -> None:
    """Copied passages go back to the agency, also where the page does not say so."""
    agency, page = reposts(language)
    graph = trace([page, agency])
    first, second = origins_of(graph, page, agency)
    assert first == second
    assert first.kind == "agency"
    assert corroborate(ids(agency, page), graph).independent == 1
    assert ("copies", page.file_sha256, agency.file_sha256) in {(e.kind, e.child, e.parent) for e in graph.edges}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A page\nThe town hired 60 watchers. \nReposted from Hangyeol News.", "Hangyeol News"),
        (
            "A page\nThe town hired 60 watchers.\nThis article first appeared in the Northern Observer.",
            "Northern Observer",
        ),
        ("글\n마을이 감시원 60명을 뽑았다.\n출처: 한결통신", "한결통신"),
        ("글\n마을이 감시원 60명을 뽑았다.\n한결통신 기사를 전재", "한결통신"),
        ("文\n小镇雇用了60名看守人。\n转载自：东边社", "东边社"),
        ("文\n小鎮僱用了60名看守人。\n來源：東邊社", "東邊社"),
    ],
)
def test_words_that_say_the_text_is_anothers(text: str, name: str) -> None:
    """A repost that names its source has that source as its origin."""
    page = document("page.txt", text, figure(text, "60"))
    (origin,) = origins_of(trace([page]), page)
    assert (origin.label, origin.kind, origin.certainty) == (name, "agency", "stated")


@pytest.mark.parametrize(
    ("text", "named", "pointing", "quote"),
    [
        (
            "Count\nThe Lantern Bridge Network published a list. The report names 77 people.",
            "The Lantern Bridge Network",
            "The report",
            "77 people",
        ),
        (
            "Count\nThe Lantern Bridge Network spoke. A ministry was silent. The network counts 77 people.",
            "The Lantern Bridge Network",
            "The network",
            "77 people",
        ),
        ("집계\n'새길네트워크'가 명단을 냈다. 이 단체는 77명이라고 했다.", "'새길네트워크'", "이 단체", "77명"),
        ("统计\n“北桥中心”发表名单。该中心称共有77人。", "“北桥中心”", "该中心", "77人"),
        ("统计\n“北桥中心”发表报告。报告称共有77人。", "“北桥中心”", "报告", "77人"),
    ],
)
def test_pointing_words_are_looked_up_in_the_document(text: str, named: str, pointing: str, quote: str) -> None:
    """ "The report", 이 단체 and 该中心 stand for the source named before them."""
    one = document("a.txt", text, said(text, named, text.split("\n")[1][-4:]), figure(text, quote, pointing))
    graph = trace([one])
    assert len({graph.of_coding[c.id] for c in one.codings}) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Note\nAs reported by the Northern Observer, the town hired 60 watchers.", "Northern Observer"),
        ("메모\n한결통신에 따르면 마을이 감시원 60명을 뽑았다.", "한결통신"),
        ("札记\n据东边社报道，小镇雇用了60名看守人。", "东边社"),
    ],
)
def test_a_short_text_that_opens_by_citing_another_rests_on_it(text: str, name: str) -> None:
    """What a note passes on is the origin of all it says."""
    page = document("note.txt", text, figure(text, "60"))
    (origin,) = origins_of(trace([page]), page)
    assert (origin.label, origin.certainty) == (name, "inferred")


def test_a_figure_inside_an_attribution_has_its_speaker() -> None:
    """Where a figure has no speaker of its own, the attribution that spans it speaks."""
    text = "Count\nThe Open Door Project said that 560 women had come. In April 20 women left."
    one = document(
        "a.txt",
        text,
        said(text, "The Open Door Project", "560 women had come"),
        figure(text, "560 women"),
        figure(text, "20 women"),
    )
    graph = trace([one])
    inside, outside = (graph.of_coding[c.id] for c in one.codings[1:])
    known = {origin.id: origin.label for origin in graph.origins}
    assert known[inside] == "Open Door Project"
    assert known[outside] == "Count"


def test_a_source_that_nobody_names_is_never_counted() -> None:
    """Officials, residents and "it is estimated" are undecided."""
    text = "Count\nOfficials said that 90 women had come. It is estimated that 400 came."
    one = document("a.txt", text, figure(text, "90 women", "Officials"))
    count = corroborate(ids(one), trace([one]))
    assert (count.independent, count.undecided) == (0, 1)
    assert "two named sources" in count.needed


def test_an_account_of_a_person_interviewed_is_an_origin() -> None:
    """Two interviews are two origins; what an interviewee heard is still her account."""
    first = "면담 기록\n문: 언제 건넜습니까?\n답: 2011년입니다. 세 명이 갔습니다.\n문: 다음은?\n답: 팔렸습니다."
    second = "Interview with B\nQ: When?\nA: In 2012. We were 4 women.\nQ: And then?\nA: We were sold."
    documents = [
        document("a.txt", first, figure(first, "세 명", value=3)),
        document("b.txt", second, figure(second, "4 women")),
    ]
    graph = trace(documents)
    assert {origin.kind for origin in origins_of(graph, *documents)} == {"testimony"}
    assert corroborate(ids(*documents), graph).independent == 2


def test_a_report_and_the_pages_that_cite_it_are_one_origin() -> None:
    """The report itself adds no origin to the pages that repeat it."""
    text = "No Way North\nLantern Bridge Network, 2031.\nThis report counts 412 women. It is based on interviews."
    report = document("report.txt", text, figure(text, "412 women"))
    graph = trace([report, REPEATS["en"][0]])
    count = corroborate(ids(report, REPEATS["en"][0]), graph)
    assert (count.documents, count.independent) == (2, 1)


def test_names_in_two_languages_are_one_only_where_a_text_says_so() -> None:
    """A gloss in brackets joins two names; without it they are two, and shared figures leave that open."""
    korean = "조사\n'새길네트워크'(New Road Network)는 송환 여성 412명, 아동 83명, 교사 27명을 셌다."
    english = "Survey\nThe New Road Network counted 412 women, 83 children and 27 teachers."
    without = korean.replace("(New Road Network)", "")

    def coded(path: str, text: str, source: str, quotes: tuple[str, ...]) -> Document:
        return document(path, text, *(figure(text, quote, source) for quote in quotes))

    people = ("412 women", "83 children", "27 teachers")
    one = coded("en.txt", english, "The New Road Network", people)
    two = coded("ko.txt", korean, "'새길네트워크'", ("412명", "83명", "27명"))
    open_ = coded("ko.txt", without, "'새길네트워크'", ("412명", "83명", "27명"))
    assert corroborate(ids(one, two), trace([one, two])).independent == 1
    graph = trace([one, open_])
    assert {e.certainty for e in graph.edges if e.child.startswith("o-")} == {"undecided"}
    count = corroborate(ids(one, open_), graph)
    assert (count.independent, count.undecided) == (1, 1)


def test_ministries_are_one_body_in_three_languages() -> None:
    """What a ministry says is one origin in whatever language it is named."""
    texts = {
        "en.txt": ("Note\nThe Chinese Foreign Ministry said that 24 had left.", "The Chinese Foreign Ministry", "24"),
        "ko.txt": ("메모\n중국 외교부는 24명이 떠났다고 밝혔다.", "중국 외교부", "24명"),
        "zh.txt": ("札记\n中国外交部发言人称有24人离开。", "中国外交部发言人", "24人"),
    }
    documents = [document(path, text, figure(text, quote, who)) for path, (text, who, quote) in texts.items()]
    assert corroborate(ids(*documents), trace(documents)).independent == 1


def test_a_row_of_a_list_goes_back_to_the_body_it_names() -> None:
    """A table that names who counted adds no origin."""
    text = "2019\tLantern Bridge Network\t412 women"
    rows = document("list.csv", text, figure(text, "412 women"))
    table = Document(**{**{f: getattr(rows, f) for f in Document.__dataclass_fields__}, "media_type": "text/csv"})
    graph = trace([REPEATS["en"][0], table])
    assert corroborate(ids(REPEATS["en"][0], table), graph).independent == 1


def test_a_file_without_text_has_no_origin() -> None:
    """What was not read stands behind nothing."""
    assert trace([document("photo.png", "")]).origins == ()


def test_the_text_of_a_stripped_document_is_undecided() -> None:
    """A damaged text that names nobody is not counted."""
    text = "migrants boats villages brokers"
    one = document("a.txt", text, figure(text, "boats", value=1))
    damaged = Document(**{**{f: getattr(one, f) for f in Document.__dataclass_fields__}, "flags": ("damaged_text",)})
    assert corroborate(ids(damaged), trace([damaged])).independent == 0


def test_nothing_in_nothing_out() -> None:
    """No documents, no origins; no codings, no count."""
    graph = trace([])
    assert graph == OriginGraph(origins=(), edges=(), of_coding={})
    assert corroborate([], graph).documents == 0


def test_the_graph_does_not_depend_on_other_kinds_of_coding() -> None:
    """Places and dates have no origin of their own."""
    text = "Note\nIn Ulsan nothing happened."
    place = Coding(kind="place", start=8, end=13, quote="Ulsan")
    assert trace([document("a.txt", text, place)]).of_coding == {}
