"""PDF: the words of each page, and for each page whether they are all there."""

from __future__ import annotations

import pytest
from tests.intake.samples import ENGLISH, pdf, pdf_objects, stream

from testimonia.intake import worker
from testimonia.intake.formats import hyphens


def test_every_page_has_its_place_in_the_rendering() -> None:
    reading = worker.read(pdf([ENGLISH, "Second page."]), "a.pdf")
    assert reading.outcome == "read"
    assert [(page.label, reading.text[page.start : page.end].strip()) for page in reading.pages] == [
        ("1", ENGLISH),
        ("2", "Second page."),
    ]
    assert reading.pages[0].end == reading.pages[1].start and reading.pages[-1].end == len(reading.text)


def test_a_page_that_is_a_picture_is_unread_and_the_file_partly() -> None:
    reading = worker.read(pdf([ENGLISH, None]), "a.pdf")
    assert reading.outcome == "partly"
    assert [page.verdict for page in reading.pages] == ["complete", "unread"]
    assert reading.pages[1].start == reading.pages[1].end
    assert reading.reason == "page 2 is a picture without a text layer."
    assert "OCR" in (reading.remedy or "")


def test_a_scan_is_unread() -> None:
    reading = worker.read(pdf([None]), "a.pdf")
    assert (reading.outcome, reading.text) == ("unread", "")


def test_an_empty_page_between_full_ones_is_no_loss() -> None:
    reading = worker.read(pdf([ENGLISH, "", ENGLISH]), "a.pdf")
    assert (reading.outcome, len(reading.pages)) == ("read", 3)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n",
        pdf([ENGLISH])[:250],
        pdf([]),
        pdf_objects([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>"]),
    ],
    ids=["header only", "cut off", "no pages", "cyclic"],
)
def test_a_broken_pdf_is_unread_with_a_reason(data: bytes) -> None:
    reading = worker.read(data, "a.pdf")
    assert (reading.outcome, reading.text) == ("unread", "")
    assert reading.reason and reading.remedy


def test_a_divided_word_is_spelled_as_elsewhere_in_the_document() -> None:
    pages = ["non\ufffegovernmental and up\ufffedated", "non-governmental; it was updated"]
    assert hyphens.mend(pages)[0][0] == "non-governmental and updated"


def test_a_divided_word_that_stands_nowhere_else() -> None:
    assert hyphens.mend(["traf\ufffefickers"]) == (["traffickers"], 1)
    assert hyphens.mend(["Asia\ufffePacific"]) == (["Asia-\nPacific"], 0)
    assert hyphens.mend(["self\uffferule"]) == (["self-rule"], 0)
    assert hyphens.mend(["https://example.org/a\ufffeb"]) == (["https://example.org/a-b"], 0)
    assert hyphens.mend(["13\ufffe15"]) == (["13-15"], 0)


def test_comments_on_a_page_and_attached_files_are_not_lost() -> None:
    note = b"<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents(Check the count.)>>"
    data = pdf_objects(
        [
            b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(list.csv) 6 0 R]>>>>>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R/Annots["
            + note
            + b"]>>",
            stream(b"BT /F 11 Tf 60 700 Td (41 families) Tj ET"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Filespec/F(list.csv)/UF(list.csv)/EF<</F 7 0 R>>>>",
            stream(b"a;b", b"/Type/EmbeddedFile"),
        ]
    )
    reading = worker.read(data, "a.pdf")
    assert reading.text == "41 families\n\nCheck the count.\n\n"
    assert [(child.name, child.data) for child in reading.children] == [("list.csv", b"a;b")]
