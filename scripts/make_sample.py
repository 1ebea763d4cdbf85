"""Make the documents of the sample project from the texts in scripts/sample.

Run: python scripts/make_sample.py. Writes src/testimonia/sample/documents and its manifest; needs typst and the
CJK fonts of the `report` extra. The same texts give the same bytes, so that a run without a change to the
texts changes nothing under version control.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "sample"
OUT = HERE.parent / "src" / "testimonia" / "sample"
STAMP = (2023, 9, 1, 0, 0, 0)
MADE = 1_693_526_400  # seconds since 1970 of that day
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006"
O = "urn:oasis:names:tc:opendocument:xmlns"  # noqa: E741
HEADING = (
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def text_of(name: str) -> str:
    """A source text."""
    return (TEXTS / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[tuple[str, str]]:
    """(style, text) of each line that is not empty: "title" for lines that begin with # or =, else "body"."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [("title" if line[0] in "#=" else "body", line.lstrip("#= ")) for line in lines]


def archive(members: Sequence[tuple[str, str | bytes]]) -> bytes:
    """A ZIP with fixed dates; a member named mimetype is stored, as packages of ODF want it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in members:
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            made.writestr(info, data)
    return buffer.getvalue()


def content_types(parts: Sequence[tuple[str, str]]) -> str:
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{XML}<Types xmlns="{P}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relationships(targets: Sequence[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{P}/relationships">{items}</Relationships>'


def docx(name: str) -> bytes:
    """A Word document with headings and paragraphs."""
    style = {"title": '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', "body": ""}
    paragraphs = "".join(
        f'<w:p>{style[kind]}<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for kind, line in blocks(text_of(name))
    )
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    styles = f"{word}.styles+xml"
    return archive(
        [
            (
                "[Content_Types].xml",
                content_types([("/word/document.xml", f"{word}.document.main+xml"), ("/word/styles.xml", styles)]),
            ),
            ("_rels/.rels", relationships([("officeDocument", "word/document.xml")])),
            ("word/_rels/document.xml.rels", relationships([("styles", "styles.xml")])),
            ("word/styles.xml", f'{XML}<w:styles xmlns:w="{W}">{HEADING}</w:styles>'),
            ("word/document.xml", f'{XML}<w:document xmlns:w="{W}"><w:body>{paragraphs}</w:body></w:document>'),
        ]
    )


def truncated(name: str) -> bytes:
    """The first half of a Word document."""
    whole = docx(name)
    return whole[: len(whole) // 2]


def xlsx(name: str) -> bytes:
    """A workbook with one sheet of inline strings and numbers."""
    sheet = "".join(f"<row>{''.join(map(xlsx_cell, row))}</row>" for row in table(name))
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return archive(
        [
            (
                "[Content_Types].xml",
                content_types(
                    [
                        ("/xl/workbook.xml", f"{office}.sheet.main+xml"),
                        ("/xl/worksheets/sheet1.xml", f"{office}.worksheet+xml"),
                    ]
                ),
            ),
            ("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")])),
            (
                "xl/workbook.xml",
                f'{XML}<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="Cases (invented)" sheetId="1" '
                'r:id="rId1"/></sheets></workbook>',
            ),
            ("xl/_rels/workbook.xml.rels", relationships([("worksheet", "worksheets/sheet1.xml")])),
            ("xl/worksheets/sheet1.xml", f'{XML}<worksheet xmlns="{S}"><sheetData>{sheet}</sheetData></worksheet>'),
        ]
    )


def xlsx_cell(value: str) -> str:
    if not value:
        return "<c/>"
    if value.isdigit():
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def table(name: str) -> list[list[str]]:
    """The rows of a source table; its cells stand between semicolons."""
    return list(csv.reader(text_of(name).splitlines(), delimiter=";"))


def opendocument(kind: str, body: str) -> bytes:
    """An ODF package around the body of its content."""
    media = f"application/vnd.oasis.opendocument.{kind}"
    names = " ".join(f'xmlns:{short}="{O}:{short}:1.0"' for short in ("office", "text", "table", "manifest"))
    manifest = (
        f'{XML}<manifest:manifest {names} manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    content = (
        f'{XML}<office:document-content {names} office:version="1.2"><office:body>{body}</office:body>'
        "</office:document-content>"
    )
    return archive([("mimetype", media), ("META-INF/manifest.xml", manifest), ("content.xml", content)])


def odt(name: str) -> bytes:
    """A text document with headings and paragraphs."""
    tag = {"title": ('<text:h text:outline-level="1">', "</text:h>"), "body": ("<text:p>", "</text:p>")}
    lines = "".join(f"{tag[kind][0]}{escape(line)}{tag[kind][1]}" for kind, line in blocks(text_of(name)))
    return opendocument("text", f"<office:text>{lines}</office:text>")


def ods(name: str) -> bytes:
    """A spreadsheet with one table."""
    rows = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in table(name))
    return opendocument(
        "spreadsheet",
        f'<office:spreadsheet><table:table table:name="Shelter (invented)">{rows}</table:table></office:spreadsheet>',
    )


def ods_cell(value: str) -> str:
    kind = f'office:value-type="float" office:value="{value}"' if value.isdigit() else 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(value)}</text:p></table:table-cell>"


TYPST = """
#let lines = json(bytes(sys.inputs.lines))
#set document(title: lines.at(0).at(1), date: none)
#set page(paper: "a5", header: [Invented document -- sample project], numbering: "1")
#set text(size: 10pt, lang: sys.inputs.lang, font: ("Libertinus Serif", "Noto Sans CJK KR", "Noto Sans CJK SC"))
#for (kind, line) in lines {
  if kind == "title" { heading(level: 2, line) } else { par(line) }
}
"""


def pdf(name: str) -> bytes:
    """A tagged PDF with a running head and page numbers; the text is handed over as data."""
    import manimgx_fonts_cjk
    import typst

    folders = [str(folder) for folder in manimgx_fonts_cjk.__path__]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
    inputs = {"lines": json.dumps(blocks(text_of(name)), ensure_ascii=False), "lang": "en"}
    return typst.compile(TYPST.encode(), sys_inputs=inputs, format="pdf", timestamp=MADE, font_paths=fonts)


def eml(name: str) -> bytes:
    """A mail with a spreadsheet attached."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Open Door Project <list@opendoor.example>"
    mail["To"] = "Committee <committee@assembly.example>"
    mail["Subject"] = "The shelter's list for 2022 (invented)"
    mail["Date"] = "Fri, 01 Sep 2023 09:00:00 +0000"
    mail["Message-ID"] = "<sample-1@opendoor.example>"
    mail.set_content(text_of(name))
    media = "vnd.oasis.opendocument.spreadsheet"
    mail.add_attachment(ods("shelter-list.csv"), maintype="application", subtype=media, filename="list-2022.ods")
    mail.set_boundary("testimonia-sample")
    return mail.as_bytes()


def bundle(names: str) -> bytes:
    """An archive of several texts."""
    return archive([(name, text_of(name)) for name in names.split(";")])


def png(_name: str) -> bytes:
    """A small grey picture: a file that holds no text."""
    width, height = 64, 48
    rows = b"".join(b"\0" + bytes([200 - (x + y) % 40 for x in range(width)]) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


MAKERS: dict[str, Callable[[str], bytes]] = {
    "docx": docx, "odt": odt, "xlsx": xlsx, "ods": ods, "pdf": pdf, "eml": eml, "zip": bundle, "png": png,
    "truncated": truncated,
}  # fmt: skip


def main() -> None:
    """Write every document of the manifest, and the manifest without the columns of the workshop."""
    rows = list(csv.DictReader((TEXTS / "manifest.tsv").open(encoding="utf-8"), delimiter="\t"))
    shutil.rmtree(OUT / "documents", ignore_errors=True)
    for row in rows:
        target = OUT / "documents" / row["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made(row))
    columns = ("path", "language", "purpose")
    lines = ["\t".join(columns), *("\t".join(row[c] for c in columns) for row in rows)]
    (OUT / "manifest.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def made(row: dict[str, str]) -> bytes:
    """The bytes of one document."""
    if row["format"] == "raw":
        return text_of(row["made_from"]).encode(row["encoding"])
    return MAKERS[row["format"]](row["made_from"])


if __name__ == "__main__":
    main()
