"""PDF with a text layer: the words of each page, and for each page whether they are all there."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from testimonia.intake.draft import Draft, Loss, Mark, Unreadable
from testimonia.intake.formats import hyphens
from testimonia.model import Child

__all__ = ["read"]

FEW = 60  # characters of a page below which a picture on it may hold the words
LARGE_PICTURE = 0.5  # share of the page a picture covers from which it is taken for a scan
OBJECTS = 5000  # objects of a page that are looked at for pictures
MAX_ATTACHMENTS, MAX_ATTACHED_BYTES = 1000, 64 << 20
MAX_NOTES = 5000  # annotations of a page
GARBLED = 0.2  # share of characters without meaning from which a page counts as not fully read

_SCANNED = "page {} is a picture without a text layer."
_PARTLY_SCANNED = "page {} is mostly a picture; only the {} characters of its text layer were read."
_OCR = "Add text recognition (OCR) with a program for scans, save as PDF, and run again."
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_CODE = re.compile("^[ \t]*[\ue000-\uf8ff][\ue000-\uf8ff \t]*$", re.MULTILINE)
_MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")


def read(data: bytes, _name: str) -> Draft:
    """Text of every page in the order of the file; comments and form fields of a page after its text."""
    document = _open(data)
    draft = Draft()
    try:
        count = len(document)
        if not count:
            raise Unreadable("this PDF has no pages.", "Get it again from where it came from.")
        draft.describe(_metadata(document))
        _read_pages(document, count, draft)
        _attachments(document, draft)
    finally:
        document.close()
    return draft


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if problem.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable(
                "this PDF is locked with a password.",
                "Open it with its password, save it without one, and run again.",
            ) from None
        if problem.err_code == pdfium.FPDF_ERR_SECURITY:
            raise Unreadable(
                "this PDF is encrypted in a way that cannot be opened here.",
                "Open it in the program that made it, print it to a new PDF, and run again.",
            ) from None
        raise Unreadable(
            "this PDF is broken or cut off: its pages cannot be found.",
            "Get it again from where it came from, or repair it in a PDF program.",
        ) from None


def _metadata(document: pypdfium2.PdfDocument) -> dict[str, str | None]:
    found = document.get_metadata_dict()
    written = re.match(r"D:(\d{4})(\d\d)?(\d\d)?", found.get("CreationDate", ""))
    date = "-".join(part for part in written.groups() if part) if written else None
    return {"title": found.get("Title"), "author": found.get("Author"), "date": date}


def _read_pages(document: pypdfium2.PdfDocument, count: int, draft: Draft) -> None:
    texts: list[tuple[str, str, Loss | None]] = []
    for number in range(1, count + 1):
        if draft.late:
            break
        texts.append(_read_page(document, number))
    joined, changed = hyphens.mend([text for text, *_ in texts])
    if changed:
        draft.flags.add("line_end_hyphens_joined")
    for number, (text, (_, verdict, loss)) in enumerate(zip(joined, texts, strict=True), 1):
        _mark_codes(draft, text)
        with draft.page(str(number), "page"):
            draft.add(text.rstrip() + "\n\n" if text.strip() else "")
        if loss is not None:
            draft.judge("unread" if verdict == "unread" else "partial", loss.reason)
            draft.losses.append(loss)
        if _PRIVATE.search(text):
            draft.flags.add("private_characters")
    if len(texts) < count:
        draft.lose(
            f"only the first {len(texts)} of {count} pages were read in the time a file is given.",
            "Split it into smaller files and run again.",
        )


def _mark_codes(draft: Draft, text: str) -> None:
    """Bars of a bar code and the like: letters of a private alphabet, alone on their line."""
    for found in _CODE.finditer(text):
        draft.marks.append(Mark(draft.length + found.start(), draft.length + found.end(), "boilerplate"))


def _read_page(document: pypdfium2.PdfDocument, number: int) -> tuple[str, str, Loss | None]:
    """Text, verdict and what is missing of one page."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        remedy = "Get the file again from where it came from, or repair it in a PDF program."
        return "", "unread", Loss(f"page {number} is broken.", remedy)
    try:
        text = _text_of(page)
        notes = "\n".join(_notes(page))
        verdict, loss = _verdict(page, number, text)
    finally:
        page.close()
    return (f"{text.rstrip()}\n\n{notes}" if notes else text), verdict, loss


def _text_of(page: pypdfium2.PdfPage) -> str:
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    try:
        text = str(textpage.get_text_range()) if textpage.count_chars() > 0 else ""
    finally:
        textpage.close()
    return re.sub(r"[ \t]*\r\n?|[ \t]+\n", "\n", text)


def _verdict(page: pypdfium2.PdfPage, number: int, text: str) -> tuple[str, Loss | None]:
    words = "".join(text.split())
    if len(words) < FEW:
        covered, drawn = _pictures(page)
        if not words and (covered > 0.01 or drawn):
            reason = _SCANNED.format(number) if covered > 0.01 else f"page {number} has drawings but no text."
            return "unread", Loss(reason, _OCR)
        if covered > LARGE_PICTURE:
            return "partial", Loss(_PARTLY_SCANNED.format(number, len(words)), _OCR)
    elif len(_MEANINGLESS.findall(words)) > GARBLED * len(words):
        return "partial", Loss(f"page {number} has letters whose meaning the file does not say.", _OCR)
    return "complete", None


def _pictures(page: pypdfium2.PdfPage) -> tuple[float, bool]:
    """Share of the page that its largest picture covers, and whether anything else is drawn on it."""
    width, height = page.get_size()
    area, drawn = 0.0, 0
    for index, thing in enumerate(page.get_objects(max_depth=3)):
        if index >= OBJECTS:
            break
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _bounds(thing)
            area = max(area, (right - left) * (top - bottom))
        elif thing.type in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING):
            drawn += 1
    return min(1.0, area / max(1.0, width * height)), drawn > 20


def _bounds(thing: pypdfium2.PdfObject) -> tuple[float, float, float, float]:
    try:
        left, bottom, right, top = thing.get_bounds()
    except pypdfium2.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    return left, bottom, right, top


def _notes(page: pypdfium2.PdfPage) -> Iterator[str]:
    """What readers wrote onto the page: comments, and what stands in form fields."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                value = _string(note, b"V")
            elif kind in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
                value = ""
            else:
                value = _string(note, b"Contents")
            if value.strip():
                yield value.replace("\r\n", "\n").replace("\r", "\n").strip()
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _string(note: object, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(note, key, pointer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _attachments(document: pypdfium2.PdfDocument, draft: Draft) -> None:
    """Files that the PDF carries along become children."""
    total = 0
    try:
        count = document.count_attachments()
    except pypdfium2.PdfiumError:
        return
    for index in range(min(count, MAX_ATTACHMENTS)):
        name = f"attachment {index + 1}"
        try:
            attachment = document.get_attachment(index)
            name = attachment.get_name() or name
            data = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            draft.lose(f"the attached file {name} cannot be taken out.", "Save it from a PDF program.")
            continue
        total += len(data)
        if total > MAX_ATTACHED_BYTES:
            draft.lose(f"the attached files from {name} on are too large.", "Save them from a PDF program.")
            return
        draft.children.append(Child(name.replace("\\", "/"), data))
