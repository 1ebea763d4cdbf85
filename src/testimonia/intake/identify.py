"""What kind of file these bytes are: by their content first, by their name only where content leaves it open."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from testimonia import vocabulary
from testimonia.intake.encodings import is_two_byte

__all__ = ["FileType", "Identified", "by_id", "identify"]

HEAD = 4096  # bytes that are looked at for marks
_PACKAGES = frozenset(["docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "hwpx"])
SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".localized", "ehthumbs.db"})

UNKNOWN, TEXT, ZIP, OLE = "application/octet-stream", "text/plain", "application/zip", "application/x-ole-storage"
SYSTEM, SEALED = "application/x-system-file", "application/x-encrypted-office"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True, slots=True)
class FileType:
    """A row of the table of file types. `reader` and `remedy` are empty where there is none."""

    id: str
    name: str
    reader: str
    group: str
    remedy: str
    extensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identified:
    """The type of some bytes, and whether the name says another."""

    type: FileType
    mislabelled: bool


@cache
def _types() -> Mapping[str, FileType]:
    rows = vocabulary.rows("intake/media_types")
    return MappingProxyType({row["id"]: _file_type(row) for row in rows})


def _file_type(row: Mapping[str, str]) -> FileType:
    def cell(name: str) -> str:
        return "" if row[name] == "-" else row[name]

    extensions = tuple(cell("extensions").split())
    return FileType(row["id"], cell("name"), cell("reader"), cell("group"), cell("remedy"), extensions)


def by_id(media_type: str) -> FileType:
    """The row of a media type; that of unknown files for one that is not in the table."""
    return _types().get(media_type, _types()[UNKNOWN])


@cache
def _by_extension() -> Mapping[str, FileType]:
    found: dict[str, FileType] = {}
    for kind in _types().values():
        for extension in kind.extensions:
            found.setdefault(extension, kind)
    return MappingProxyType(found)


def _named(name: str) -> FileType | None:
    stem, dot, extension = name.rpartition(".")
    return _by_extension().get(extension.lower()) if dot and stem else None


def identify(data: bytes, name: str) -> Identified:
    """The type of `data`; `name` decides between kinds of text, and is contradicted by any other content."""
    leaf = name.replace("\\", "/").rpartition("/")[2]
    if leaf.lower() in SYSTEM_FILES or leaf.startswith("._"):
        return Identified(by_id(SYSTEM), False)
    named = _named(leaf)
    if not data:
        return Identified(named or by_id(UNKNOWN), False)
    found = _by_mark(data)
    if found is None:
        return _as_text(data, named)
    kind = by_id(found)
    if named is not None and named.group == kind.group and kind.id in (OLE, UNKNOWN):
        return Identified(named, False)
    if named is not None and kind.id == ZIP and named.group in _PACKAGES and _directory(data) is None:
        return Identified(named, False)  # too broken to tell: the name is all there is
    return Identified(kind, named is not None and named.group != kind.group and not _kin(named, kind))


def _kin(named: FileType, kind: FileType) -> bool:
    """Names that are right in more than one way: a locked .docx, a Korean .hwp of either age."""
    return kind.id == SEALED or (named.id == "application/x-hwp" and kind.group in ("hwp3", "hwpx"))


# --- by mark ------------------------------------------------------------------------------------------------

# Bytes at the very beginning; where one mark begins with another, the longer stands first.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"HWP Document File V3", "application/x-hwp-v3"),
    (b"{\\rtf", "application/rtf"),
    (b"WARC/", "application/warc"),
    (b"bplist00", "application/x-webarchive"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/mp4"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\x00\x00\x01\xba", "video/x-msvideo"),
    (b"FLV\x01", "video/x-msvideo"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-msvideo"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"MSCF\x00", "application/vnd.ms-cab-compressed"),
    (b"ALZ\x01", "application/x-egg"),
    (b"EGGA", "application/x-egg"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"\x00\x01\x00\x00Standard", "application/vnd.ms-access"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"%!PS", "application/postscript"),
    (b"-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
    (b"MZ", "application/vnd.android.package"),
    (b"\x7fELF", "application/vnd.android.package"),
    (b"\xca\xfe\xba\xbe", "application/vnd.android.package"),
    (b"\x00\x01\x00\x00\x00", "font/sfnt"),
    (b"OTTO\x00", "font/sfnt"),
    (b"wOFF", "font/sfnt"),
    (b"wOF2", "font/sfnt"),
)
_IMAGE_BRANDS = (b"heic", b"heix", b"mif1", b"avif", b"msf1", b"hevc")
# Marks of few letters may begin a text: they count only where bytes follow that no text holds.
_SHORT = frozenset({b"MZ", b"ID3", b"BZh", b"8BPS", b"PAR1", b"\xff\xfb", b"\xff\xf3", b"EGGA", b"wOFF"})


def _by_mark(data: bytes) -> str | None:
    head = data[:HEAD]
    if b"%PDF-" in head[:1024] and not head.lstrip().startswith((b"<", b"From ", b"Return-Path")):
        return "application/pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data)
    for mark, media_type in _MARKS:
        if head.startswith(mark) and (mark not in _SHORT or _is_binary(head)):
            return media_type
    return _by_deeper_mark(head)


def _by_deeper_mark(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        if head[8:12] in _IMAGE_BRANDS:
            return "image/heic"
        return "audio/mp4" if head[8:11] == b"M4A" else "video/mp4"
    if head.startswith(b"RIFF"):
        riff = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
        return riff.get(head[8:12], UNKNOWN)
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    return "application/x-tar" if head[257:262] == b"ustar" else None


def _packed(data: bytes) -> str:
    """What a ZIP container holds: its first member may say so, else the names in its directory."""
    declared = re.match(rb"PK\x03\x04.{26}mimetype([\w./+-]+)", data[:200], re.DOTALL)
    if declared:
        media_type = re.sub(r"-template$", "", declared[1].decode("ascii", "replace")).removesuffix("PK")
        return media_type if media_type in _types() else ZIP
    names = _directory(data)
    if names is None:
        names = [found[1].decode("ascii", "replace") for found in _LOCAL_NAME.finditer(data[: 1 << 20])]
    return _by_members(names)


def _directory(data: bytes) -> list[str] | None:
    """Names of the members of an archive, None where its directory cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        return None


_LOCAL_NAME = re.compile(rb"PK\x03\x04.{26}([\w\[\]./ -]{1,120})", re.DOTALL)


def _by_members(names: list[str]) -> str:
    roots = {name.replace("\\", "/").lstrip("/").partition("/")[0].lower() for name in names}
    office = any(root.startswith("[content_types]") for root in roots) or "_rels" in roots
    if office:
        for root, media_type in (("word", _WORD), ("xl", _EXCEL), ("ppt", _POWERPOINT)):
            if root in roots:
                return media_type
    if "version.xml" in roots and "contents" in roots:
        return "application/hwp+zip"
    return ZIP


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


_STREAMS = (
    (_utf16("EncryptedPackage"), SEALED),
    (_utf16("HwpSummaryInformation"), "application/x-hwp"),
    (_utf16("__substg1.0_"), "application/vnd.ms-outlook"),
    (_utf16("WordDocument"), "application/msword"),
    (_utf16("PowerPoint Document"), "application/vnd.ms-powerpoint"),
    (_utf16("Workbook"), "application/vnd.ms-excel"),
    (_utf16("Book\0"), "application/vnd.ms-excel"),
)


def _compound(data: bytes) -> str:
    """What an OLE2 container holds, by the names of its streams."""
    if b"HWP Document File" in data:
        return "application/x-hwp"
    return next((media_type for mark, media_type in _STREAMS if mark in data), OLE)


# --- by text ------------------------------------------------------------------------------------------------

_TAG = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|article|div|table|p|h1|span|br|a)\b", re.IGNORECASE)
_MAIL_NAMES = (
    rb"from|to|cc|subject|date|message-id|received|return-path|mime-version|content-type|delivered-to|sender"
    rb"|reply-to|x-[\w-]+"
)
_MAIL = re.compile(rb"\A(?:From [^\n]*\r?\n)?(?:(?:[!-9;-~]+):[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}", re.IGNORECASE)
_MAIL_LINE = re.compile(rb"^(?:" + _MAIL_NAMES + rb"):", re.IGNORECASE | re.MULTILINE)
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")


def _is_binary(head: bytes) -> bool:
    """Whether there are more control bytes than any text has; bytes of UTF-16 count as they come."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    controls = len(_BINARY.findall(head))
    return controls > 3 and controls * 20 > len(head) and not is_two_byte(head)


def _as_text(data: bytes, named: FileType | None) -> Identified:
    head = data[:HEAD]
    if _is_binary(head):
        return Identified(by_id(UNKNOWN), named is not None and named.group == "text")
    textual = named is not None and named.group == "text"
    found = _kind_of_text(data[: 16 * HEAD])
    if textual and named is not None and (found in (None, named.id) or not _contradicts(found, named)):
        return Identified(named, False)
    kind = by_id(found or TEXT)
    return Identified(kind, named is not None and named.id != kind.id)


def _contradicts(found: str | None, named: FileType) -> bool:
    """Whether content says more than the name: a mail or a page called .txt is left as what it is called."""
    return found is not None and named.id in ("text/html", "message/rfc822", "text/csv") and found != named.id


def _kind_of_text(head: bytes) -> str | None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or is_two_byte(head[:HEAD]):
        start = head.replace(b"\x00", b"").lstrip(b"\xff\xfe").lstrip()
    if start[:5].lower() == b"<?xml" and b"<html" not in start[:2048].lower():
        return "image/svg+xml" if b"<svg" in start[:2048] else None
    if start.startswith(b"<") and _TAG.search(start[:2048]):
        return "text/html"
    if _MAIL.match(start) and len(set(map(bytes.lower, _MAIL_LINE.findall(start[:HEAD])))) >= 3:
        if start.startswith(b"From ") and start.count(b"\nFrom ") > 0:
            return "application/mbox"
        return "message/rfc822"
    return None
