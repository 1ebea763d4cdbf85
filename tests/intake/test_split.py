"""Renderings are cut into passages without losing a character."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.intake.split import LONGEST, passages
from testimonia.model import Page, Passage

ALPHABET = "ab AB.,;:!?\n\r\t\u3000\u00a0\ufeff|#->*1290가나다。，中文■\U0001f600\u2028\x0c\x1e"
WRAPPED = (
    "The brokers met them at the river and took them to a house, where\n"
    "they waited for nine days. In the end 14 women were moved to the\n"
    "county seat and handed over.\n"
)


def roles(found: tuple[Passage, ...]) -> list[str]:
    return [passage.role for passage in found]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=400), st.sampled_from(["text/plain", "text/markdown", "text/csv"]))
def test_every_character_lies_in_one_passage(text: str, media_type: str) -> None:
    """Between passages there is nothing but white space, and each quotes the text at its offsets."""
    last = 0
    for passage in passages(text, media_type=media_type):
        assert last <= passage.start < passage.end
        assert not text[last : passage.start].strip()
        assert passage.text == text[passage.start : passage.end]
        last = passage.end
    assert not text[last:].strip()


def test_a_hard_wrapped_paragraph_is_one_passage() -> None:
    """Lines that end because the paper does are joined; their line breaks stay in the passage."""
    (only,) = passages(WRAPPED)
    assert only.text == WRAPPED.rstrip("\n")


def test_wrapped_paragraphs_are_told_apart_by_their_short_last_lines() -> None:
    """Two wrapped paragraphs without a blank line between them are two passages."""
    assert len(passages(WRAPPED + WRAPPED)) == 2


def test_wrapped_korean_and_chinese_lines_are_joined() -> None:
    """Scripts without spaces, or with them inside words, are joined by the width of their lines."""
    korean = (
        "면담에 응한 사람들은 강을 건넌 뒤 중개인의 집에서 아흐레를\n"
        "기다렸다고 말했다. 그 뒤 열네 명이 현 소재지로 옮겨져 넘겨\n"
        "졌다. 나머지는 다음 해에 돌아왔다.\n"
    )
    chinese = "受访者说她们过江之后在中介家里等了九天，随后\n有十四人被送到县城并被转交。其余的人在第二年\n返回原籍。\n"
    assert len(passages(korean)) == 1
    assert len(passages(chinese)) == 1


def test_unwrapped_lines_are_passages_of_their_own() -> None:
    """Where each paragraph is one line, no two are joined."""
    text = "문: 언제 건넜습니까?\n답: 2011년 가을에 건넜습니다.\n문: 누구와 갔습니까?\n답: 혼자 갔습니다.\n"
    assert [passage.text for passage in passages(text)] == text.splitlines()
    assert roles(passages(text)) == ["body"] * 4


def test_markdown_headings_lists_and_tables() -> None:
    """Markdown keeps its marks inside the passages."""
    text = (
        "# Findings\n\nTwo lists were compared.\n\n- first item\n- second item\n\n"
        "| place | count |\n| --- | --- |\n| A | 3 |\n"
    )
    found = passages(text, media_type="text/markdown")
    assert roles(found) == ["title", "body", "body", "body", "table", "boilerplate", "table"]


def test_front_matter_is_boilerplate() -> None:
    """Data about the file at the head of a Markdown file is not its words."""
    found = passages("---\ntitle: A note\nnumber: 12\n---\n\nTwelve people were heard.\n", media_type="text/markdown")
    assert roles(found) == ["boilerplate"] * 4 + ["body"]


def test_rows_of_a_sheet_hold_quoted_line_breaks() -> None:
    """A quoted cell with a line break belongs to one row."""
    found = passages('name,note\nA,"two\nlines"\nB,x\n', media_type="text/csv")
    assert [passage.text for passage in found] == ["name,note", 'A,"two\nlines"', "B,x"]
    assert roles(found) == ["table"] * 3


def test_a_very_long_paragraph_is_cut_at_ends_of_sentences() -> None:
    """No passage is longer than the limit, and pieces end with a sentence where there is one."""
    text = "They walked for three nights. " * 2000
    found = passages(text)
    assert max(len(passage.text) for passage in found) <= LONGEST
    assert all(passage.text.endswith(".") for passage in found)
    assert max(len(passage.text) for passage in passages("가" * 50_000)) <= LONGEST


def test_running_heads_and_page_numbers_are_boilerplate() -> None:
    """What comes back at the edge of pages is furniture, and does not break into paragraphs."""
    ends = ("handed over.", "sent away again.", "brought to the port.")
    texts = [f"{end.capitalize()} {WRAPPED.replace('handed over.', end)}" for end in ends]
    sheets = [f"Annual review 2031\n{text}Page {n} of 3\n" for n, text in enumerate(texts, 1)]
    starts = [sum(map(len, sheets[:n])) for n in range(3)]
    pages = tuple(Page(s, s + len(t), str(n)) for n, (s, t) in enumerate(zip(starts, sheets, strict=True), 1))
    found = passages("".join(sheets), pages, "application/pdf")
    assert roles(found) == ["boilerplate", "body", "boilerplate"] * 3


def test_numbered_headings_are_titles_and_numbered_clauses_are_not() -> None:
    """A number and a few words head a section; items of a list and clauses of a law are body."""
    text = (
        "2. 조사 방법\n\n응답자는 모두 열두 명이다.\n\n제4조(포상) 다음 각 호에 따라 포상금을 지급한다.\n"
        "1. 한 명을 신고한 경우: 2천 위안\n2. 세 명 이상인 경우: 5천 위안\n"
    )
    assert roles(passages(text)) == ["title", "body", "body", "body", "body"]


def test_mail_headers_are_boilerplate_and_the_subject_is_a_title() -> None:
    """Of the head of a mail only its subject is words of the writer; quoted lines are quotes."""
    text = "From: a@example.org\nSubject: The second list\n\nThe list has 40 names.\n\n> How many names?\n"
    assert roles(passages(text, media_type="message/rfc822")) == ["boilerplate", "title", "body", "quote"]


def test_twice_the_text_gives_twice_the_passages() -> None:
    """A text said twice is read the same way twice."""
    text = WRAPPED + "\n" + "Nobody answered.\n\n"
    assert len(passages(text * 20)) == 20 * len(passages(text))
