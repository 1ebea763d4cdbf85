"""OpenDocument texts: body, tables, notes and comments; deleted text is flagged, not shown."""

from __future__ import annotations

import zipfile

from tests.intake.samples import odt, packed

from testimonia.intake import worker
from testimonia.model import Reading


def read(body: str) -> Reading:
    return worker.read(odt(body), "a.odt")


def test_headings_paragraphs_spaces_and_breaks() -> None:
    reading = read('<text:h>Count</text:h><text:p>41<text:s text:c="2"/>fami<text:span>lies</text:span></text:p>')
    assert reading.text == "Count\n\n41  families\n\n"
    assert [passage.role for passage in reading.passages] == ["title", "body"]


def test_notes_follow_the_body_as_parts() -> None:
    reading = read(
        "<text:p>41 families<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>By its own count.</text:p></text:note-body></text:note> came.</text:p>"
    )
    assert reading.text == "41 families[^1] came.\n\n[^1] By its own count.\n\n"
    assert [page.label for page in reading.pages] == ["body", "note 1"]


def test_tables_and_nested_lists() -> None:
    row = "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell>"
    row += "<table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
    listed = "<text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>"
    reading = read(f"<table:table>{row.format('place', 'n')}{row.format('Ford', 41)}</table:table>{listed}")
    assert [line for line in reading.text.split("\n") if line] == ["place\tn", "Ford\t41", "first"]


def test_tracked_deletions_are_flagged_and_not_shown() -> None:
    reading = read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>ninety</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>forty-one</text:p>"
    )
    assert reading.text.strip() == "forty-one" and reading.flags == ("tracked_deletions",)


def test_a_locked_document_says_so() -> None:
    data = packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>",
            "content.xml": "\x00",
        },
        zipfile.ZIP_STORED,
    )
    reading = worker.read(data, "a.odt")
    assert (reading.outcome, reading.reason) == ("unread", "this file is locked with a password.")
