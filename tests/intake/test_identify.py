"""What kind of file bytes are: content first, name second."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake import samples

from testimonia import vocabulary
from testimonia.intake.identify import by_id, identify
from testimonia.intake.worker import READERS


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("note.txt", "text/plain"),
        ("note.md", "text/markdown"),
        ("page.html", "text/html"),
        ("report.pdf", "application/pdf"),
        ("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("letter.odt", "application/vnd.oasis.opendocument.text"),
        ("cases.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("cases.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("cases.csv", "text/csv"),
        ("mail.eml", "message/rfc822"),
        ("folder.zip", "application/zip"),
    ],
)
def test_every_format_is_known_by_its_content(name: str, media_type: str) -> None:
    data = samples.SAMPLES[name]
    found = identify(data, name)
    assert (found.type.id, found.mislabelled) == (media_type, False)
    if found.type.group != "text":
        assert identify(data, "no-extension").type.id == media_type


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (samples.pdf(["x"]), "scan.docx", "application/pdf"),
        (samples.docx(), "report.pdf", by_id(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document").id),
        (b"\x89PNG\r\n\x1a\n....", "photo.pdf", "image/png"),
        (b"not a PDF at all", "report.pdf", "text/plain"),
        (samples.html().encode(), "mail.eml", "text/html"),
        (bytes(range(256)) * 20, "note.txt", "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_said(data: bytes, name: str, media_type: str) -> None:
    found = identify(data, name)
    assert (found.type.id, found.mislabelled) == (media_type, True)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"HWP Document File V3.00 \x1a\x01", "application/x-hwp-v3"),
        (b"{\\rtf1 words}", "application/rtf"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "application/warc"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "application/gzip"),
        (b"SQLite format 3\x00" + bytes(30), "application/vnd.sqlite3"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "application/msword"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "application/x-encrypted-office",
        ),
        (b"From a@example.org Mon\r\nFrom: a\r\nTo: b\r\nSubject: c\r\n\r\nx\nFrom d", "application/mbox"),
        (
            samples.packed({"mimetype": "application/hwp+zip", "Contents/x": ""}, zipfile.ZIP_STORED),
            "application/hwp+zip",
        ),
    ],
)
def test_types_that_are_not_read_yet_are_named(data: bytes, media_type: str) -> None:
    found = identify(data, "file")
    assert found.type.id == media_type
    assert found.type.reader == "" and found.type.name and found.type.remedy


def test_utf_16_is_text_and_no_unknown_binary() -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert identify(samples.KOREAN.encode(encoding), "note.txt").type.id == "text/plain"


def test_korean_of_old_windows_is_text() -> None:
    assert identify(samples.KOREAN.encode("cp949"), "note").type.id == "text/plain"


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini", "._note.txt"])
def test_files_of_the_operating_system_are_told_apart(name: str) -> None:
    assert identify(b"\x00\x00\x00\x01Bud1", name).type.id == "application/x-system-file"


def test_every_row_of_the_table_has_a_reader_or_a_remedy() -> None:
    for row in vocabulary.rows("intake/media_types"):
        kind = by_id(row["id"])
        assert (kind.reader in READERS) != bool(kind.remedy), row["id"]
        assert kind.remedy == "" or kind.remedy.endswith("."), row["id"]


def test_no_extension_stands_for_two_types_but_hwp() -> None:
    seen: dict[str, str] = {}
    for row in vocabulary.rows("intake/media_types"):
        for extension in row["extensions"].replace("-", "").split():
            assert extension == "hwp" or extension not in seen, extension
            seen[extension] = row["id"]


@given(st.binary(max_size=600), st.text(max_size=20))
def test_any_bytes_have_a_type(data: bytes, name: str) -> None:
    assert identify(data, name).type.name
