"""Which encoding bytes are in: by strict decoding and by how frequent the characters are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.samples import CHINESE, ENGLISH, KOREAN, TRADITIONAL

from testimonia.intake.encodings import canonical, decode, decode_name, plausibility

TEXTS = [
    (KOREAN, "cp949"),
    (KOREAN, "utf-16-le"),
    (KOREAN, "utf-16-be"),
    (CHINESE, "gb18030"),
    (CHINESE, "utf-16-le"),
    (TRADITIONAL, "cp950"),
    (TRADITIONAL, "gb18030"),
    ("The agency’s report — “in part” — cost £50.", "cp1252"),
    ("Le récit de la réfugiée a été publié.", "cp1252"),
    ("Свидетель рассказал о границе.", "cp1251"),
]


@pytest.mark.parametrize(("text", "encoding"), TEXTS)
def test_text_of_unknown_encoding_is_decoded_and_said_to_be_guessed(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding, found.guessed, found.lost) == (text, encoding, True, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("한국 여성", "cp949"), ("脱北者", "gb18030"), ("中國警察", "cp950"), ("강제 송환", "utf-16-le")],
)
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_utf_8_is_never_a_guess() -> None:
    assert decode(KOREAN.encode()).guessed is False
    assert decode(b"plain ASCII").encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_byte_order_mark_stays_as_a_character(encoding: str) -> None:
    found = decode(f"\ufeff{KOREAN}\r\n".encode(encoding))
    assert (found.text, found.guessed) == (f"\ufeff{KOREAN}\r\n", False)


def test_the_label_ks_c_5601_means_cp949() -> None:
    assert [canonical(label) for label in ("ks_c_5601-1987", "EUC-KR", "gb2312", "big5")] == [
        "cp949",
        "cp949",
        "gb18030",
        "cp950",
    ]
    found = decode("똠방각하 샾".encode("cp949"), "ks_c_5601-1987")
    assert (found.text, found.guessed) == ("똠방각하 샾", False)


@pytest.mark.parametrize("label", [None, "", "no-such-charset", "base64", "rot13", "idna", "utf-7", "\x00"])
def test_a_label_that_is_no_charset_is_ignored(label: str | None) -> None:
    assert canonical(label) is None


def test_a_false_label_does_not_stand_against_the_characters() -> None:
    found = decode(KOREAN.encode("cp949"), "utf-8")
    assert (found.encoding, found.guessed) == ("cp949", True)


def test_undecodable_bytes_are_counted_where_they_stand() -> None:
    data = b"Nine families\xff in March"
    found = decode(KOREAN.encode() + data)
    assert found.text == KOREAN + "Nine families\ufffd in March"
    assert found.lost == (len(KOREAN) + len("Nine families"),)


def test_a_replacement_character_of_the_file_itself_is_no_loss() -> None:
    assert decode("ab\ufffdc".encode()).lost == ()


def test_a_character_cut_in_two_by_the_limit_is_no_loss() -> None:
    found = decode("서울 역".encode()[:-1], cut=True)
    assert (found.text, found.lost) == ("서울 ", ())


def test_escape_sequences_of_old_mail_are_recognised() -> None:
    assert decode("서울에서".encode("iso2022_kr")).text == "서울에서"


def test_names_in_old_korean_archives_become_readable() -> None:
    assert decode_name("증언_3월.txt".encode("cp949")) == "증언_3월.txt"


def test_frequent_characters_are_more_plausible_than_rare_ones() -> None:
    wrong = KOREAN.encode("cp949").decode("gb18030", "replace")
    assert plausibility(KOREAN) > 0.8 > 0.2 > plausibility(wrong)
    assert plausibility(ENGLISH) == 1.0


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "euc-kr", "utf-16", "big5"]), st.booleans())
def test_any_bytes_give_text_that_can_be_written(data: bytes, label: str | None, cut: bool) -> None:
    found = decode(data, label, cut=cut)
    found.text.encode("utf-8")
    assert all(found.text[offset] == "\ufffd" for offset in found.lost)


@given(st.text(max_size=200))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    if "\x00" not in text and "\x1b" not in text:
        assert decode(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()).text == text
