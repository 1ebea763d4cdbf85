"""Small files of every format, made at test time. All words in them are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from xml.sax.saxutils import escape

ENGLISH = "The shelter at Ford Street counted 41 families in March 2019. Nine of them had no papers."
KOREAN = "쉼터는 2019년 3월에 41가구를 집계했다. 그 가운데 9가구는 서류가 없었다."
CHINESE = "收容所在2019年3月登记了41户家庭，其中9户没有证件。"
TRADITIONAL = "收容所在2019年3月登記了41戶家庭，其中9戶沒有證件。"


def packed(members: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of the members, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=compression)
    return buffer.getvalue()


# --- Word ---------------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def docx(body: str = "", **parts: str) -> bytes:
    """A Word document; `parts` are further parts by name: footnotes, comments, header1."""
    body = body or paragraph(ENGLISH) + paragraph(KOREAN)
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f'<w:styles {W}><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>',
    }
    members |= {f"word/{name}.xml": xml for name, xml in parts.items()}
    return packed(members)


# --- OpenDocument -------------------------------------------------------------------------------------------

ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"))
)


def odt(body: str = "") -> bytes:
    body = body or f"<text:h>Report</text:h><text:p>{ENGLISH}</text:p><text:p>{KOREAN}</text:p>"
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{content}</office:document-content>",
        },
        zipfile.ZIP_STORED,
    )


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    body = f'<office:spreadsheet><table:table table:name="Cases">{cells}</table:table></office:spreadsheet>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {ODF}><office:body>{body}</office:body>"
            "</office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        },
        zipfile.ZIP_STORED,
    )


# --- Excel --------------------------------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(rows: Sequence[Sequence[str | float]], sheet: str = "Cases", state: str = "visible") -> bytes:
    def cell(place: str, value: str | float) -> str:
        if isinstance(value, str):
            return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        return f'<c r="{place}"><v>{value}</v></c>'

    lines = "".join(
        f'<row r="{r}">' + "".join(cell(f"{chr(65 + c)}{r}", v) for c, v in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, 1)
    )
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{sheet}"'
            f' sheetId="1" state="{state}" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1"'
            f' Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>',
        }
    )


# --- PDF ----------------------------------------------------------------------------------------------------


def pdf_objects(objects: Sequence[bytes]) -> bytes:
    """A PDF of numbered objects; the first is the catalogue."""
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def stream(content: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(content), content)


def pdf(pages: Sequence[str | None]) -> bytes:
    """A page for each text; None stands for a page that is one picture."""
    font, picture = 3, 4
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream(b"\x7f" * 100, b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray"
               b"/BitsPerComponent 8"),
    ]  # fmt: skip
    kids = []
    for text in pages:
        lines = (text or "").split("\n")
        shown = b" ".join(b"(%s) Tj 0 -14 Td" % _pdf_string(line) for line in lines)
        content = b"BT /F 11 Tf 60 700 Td %s ET" % shown if text is not None else b"600 0 0 800 0 0 cm /I Do"
        objects.append(stream(content))
        resources = b"<</Font<</F %d 0 R>>/XObject<</I %d 0 R>>>>" % (font, picture)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources%s/Contents %d 0 R>>" % (resources, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return pdf_objects(objects)


def _pdf_string(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


# --- pages and mails ----------------------------------------------------------------------------------------

MENU = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("Home", "News", "Weather", "Sport", "Shop"))


def html(paragraphs: Sequence[str] = (ENGLISH, KOREAN), charset: str = "utf-8") -> str:
    words = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>Families counted</title></head><body>'
        f"<nav><ul>{MENU}</ul></nav><article><h1>Families counted</h1>{words}</article>"
        "<footer><p>Copyright. All rights reserved.</p></footer></body></html>"
    )


def mail(**attached: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "사무국 <office@example.org>"
    message["To"] = "archive@example.org"
    message["Subject"] = "접수 3월"
    message["Date"] = "Tue, 05 Mar 2019 10:00:00 +0900"
    message.set_content(KOREAN)
    for name, data in attached.items():
        message.add_attachment(data, "application", "octet-stream", filename=name.replace("_", "."))
    return message


CSV = "name;age;place\nA-1;34;Ford Street\nA-2;19;\n"

SAMPLES: Mapping[str, bytes] = {
    "note.txt": KOREAN.encode("cp949"),
    "note.md": f"# 메모\r\n\r\n{KOREAN}\r\n".encode(),
    "page.html": html().encode(),
    "report.pdf": pdf([ENGLISH, "Second page.\n" + ENGLISH]),
    "letter.docx": docx(),
    "letter.odt": odt(),
    "cases.xlsx": xlsx([["id", "age"], ["A-1", 34], ["A-2", 19]]),
    "cases.ods": ods([["id", "age"], ["A-1", "34"]]),
    "cases.csv": CSV.encode(),
    "mail.eml": mail(note_txt=ENGLISH.encode()).as_bytes(),
    "folder.zip": packed({"a/note.txt": ENGLISH, "b.txt": KOREAN}),
}
