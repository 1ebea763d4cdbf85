"""Word documents: body, tables, notes and comments as parts; deleted text is flagged, not shown."""

from __future__ import annotations

from tests.intake.samples import ENGLISH, KOREAN, TYPES, W, docx, packed, paragraph

from testimonia.intake import worker
from testimonia.model import Reading


def read(body: str = "", **parts: str) -> Reading:
    return worker.read(docx(body, **parts), "a.docx")


def cell(*paragraphs: str) -> str:
    return "<w:tc>" + "".join(paragraph(text) for text in paragraphs) + "</w:tc>"


def test_paragraphs_and_headings() -> None:
    reading = read(paragraph("Shelters", "H1") + paragraph(ENGLISH) + paragraph(KOREAN))
    assert reading.text == f"Shelters\n\n{ENGLISH}\n\n{KOREAN}\n\n"
    assert [passage.role for passage in reading.passages] == ["title", "body", "body"]


def test_runs_tabs_breaks_and_hyphens() -> None:
    run = "<w:p><w:r><w:t>41</w:t><w:tab/><w:t>fami</w:t></w:r><w:r><w:t>lies</w:t><w:br/><w:t>a</w:t>"
    assert read(f"{run}<w:noBreakHyphen/><w:t>b</w:t></w:r></w:p>").text == "41 families\na-b\n\n"


def test_deleted_text_is_flagged_and_inserted_text_is_read() -> None:
    reading = read(
        "<w:p><w:r><w:t>There were </w:t></w:r><w:del><w:r><w:delText>90</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>41</w:t></w:r></w:ins></w:p>"
    )
    assert reading.text.strip() == "There were 41"
    assert reading.flags == ("tracked_deletions", "tracked_insertions")


def test_a_row_of_a_table_is_a_line_with_tabs() -> None:
    table = f"<w:tbl><w:tr>{cell('place')}{cell('families')}</w:tr><w:tr>{cell('Ford', 'Street')}{cell('41')}</w:tr>"
    reading = read(table + "</w:tbl>")
    assert reading.text.split("\n")[:2] == ["place\tfamilies", "Ford Street\t41"]
    assert {passage.role for passage in reading.passages} == {"table"}


def test_notes_and_comments_are_parts_of_their_own() -> None:
    reading = read(
        '<w:p><w:r><w:t>41 families</w:t><w:footnoteReference w:id="2"/></w:r></w:p>',
        footnotes=f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator">{paragraph("x")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("By its own count.")}</w:footnote></w:footnotes>',
        comments=f'<w:comments {W}><w:comment w:id="0" w:author="R-2" w:date="2019-03-05T00:00:00Z">'
        f"{paragraph('Check this.')}</w:comment></w:comments>",
        header1=f"<w:hdr {W}>{paragraph('Draft')}</w:hdr>",
    )
    assert [(page.label, reading.text[page.start : page.end].strip()) for page in reading.pages] == [
        ("body", "41 families[^2]"),
        ("footnote 2", "[^2] By its own count."),
        ("comment 0 (R-2 2019-03-05)", "Check this."),
        ("header 1", "Draft"),
    ]
    assert reading.passages[-1].role == "boilerplate"


def test_a_text_box_is_read_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    reading = read(
        f"<w:p {mc}><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert reading.text.count("In the box") == 1


def test_hidden_text_is_read_and_flagged() -> None:
    reading = read("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>")
    assert reading.text.strip() == "hidden" and reading.flags == ("hidden_text",)


def test_entities_are_never_expanded() -> None:
    document = (
        '<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
        f"<w:document {W}><w:body>{paragraph('words')}<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = packed({"[Content_Types].xml": TYPES, "word/document.xml": document})
    reading = worker.read(data, "a.docx")
    assert reading.outcome == "partly" and "lol" not in reading.text and "xml_entities" in reading.flags


def test_a_document_of_pictures_needs_text_recognition() -> None:
    data = packed({"[Content_Types].xml": TYPES, "word/document.xml": f"<w:document {W}/>", "word/media/a.png": "x"})
    reading = worker.read(data, "a.docx")
    assert reading.outcome == "unread" and "OCR" in (reading.remedy or "")


def test_embedded_files_become_children() -> None:
    document = f"<w:document {W}><w:body>{paragraph('words')}</w:body></w:document>"
    parts = {"[Content_Types].xml": TYPES, "word/document.xml": document, "word/embeddings/cases.xlsx": "x"}
    assert [child.name for child in worker.read(packed(parts), "a.docx").children] == ["cases.xlsx"]


def test_of_a_document_that_was_cut_off_what_is_left_is_read() -> None:
    body = "".join(paragraph(f"Sentence {number} of a long letter.") for number in range(2000))
    parts = {"[Content_Types].xml": TYPES, "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    data = packed(parts)
    reading = worker.read(data[: len(data) // 2], "a.docx")
    assert reading.outcome == "partly" and "Sentence 100 of" in reading.text
    assert (reading.reason or "").startswith("this file is broken or cut off; only some of its parts were found.")
    flipped = bytearray(data)
    flipped[len(data) - 400] ^= 1
    assert worker.read(bytes(flipped), "a.docx").outcome in ("partly", "read")
