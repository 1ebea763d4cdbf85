"""Files that are broken, mean or strange: each ends as an outcome with a reason, and the rest goes on."""

from __future__ import annotations

import io
import os
import re
import socket
import struct
import subprocess
import threading
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from hostile_tools import (  # type: ignore[import-not-found]  # the script beside this one
    SECRET,
    SENTENCE,
    Case,
    Shown,
    book,
    call,
    documents,
    fresh_out,
    intact,
    ledger,
    results,
)
from testimonia.casebook import Casebook

SECONDS, MEMORY = 30.0, 1 << 30
WORDS = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _word(body: bytes) -> bytes:
    return _zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": body})


def _bomb() -> bytes:
    inner = _zipped({f"{number}.txt": bytes(100 << 20) for number in range(3)})
    return _zipped({f"{number}.zip": inner for number in range(8)})


def _nested_zip() -> bytes:
    data = _zipped({"deepest.txt": SENTENCE.encode()})
    for _ in range(40):
        data = _zipped({"inner.zip": data})
    return data


def _self_zip() -> bytes:
    """An archive whose directory names itself: every member starts at the same bytes."""
    data = bytearray(_zipped({f"{number}.txt": b"x" * 1000 for number in range(50)}))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 42 : at + 46] = bytes(4)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _entities() -> bytes:
    levels = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 20) for n in range(1, 12))
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">' + levels + b"]>" + WORDS + b"<w:p><w:r><w:t>&e11;"


def _secret_entity() -> bytes:
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    tail = b"<w:p><w:r><w:t>seen: &f;</w:t></w:r></w:p></w:body></w:document>"
    return head + WORDS + tail


def _image() -> bytes:
    """A PNG that says 60,000 x 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes(60_001 * 500), 9)
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _pdf(pages: bytes, more: bytes = b"") -> bytes:
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj" + pages + b"endobj\n" + more
    return body + b"trailer<</Root 1 0 R/Size 9>>\n%%EOF\n"


def _picture_pdf() -> bytes:
    image = b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceGray"
    data = zlib.compress(bytes(60_000 * 500), 9)
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
    page += b"/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>endobj\n"
    more = (
        page
        + b"4 0 obj"
        + image
        + b"/Filter/FlateDecode/Length %d>>stream\n" % len(data)
        + data
        + b"\nendstream endobj\n"
    )
    more += b"5 0 obj<</Length 29>>stream\nq 600 0 0 800 0 0 cm /I Do Q\nendstream endobj\n"
    return _pdf(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", more)


def _cyclic_mail() -> bytes:
    mail = b"From: a@example.org\nSubject: deepest\n\nThree people were held. Invented.\n"
    for number in range(30):
        edge = b"edge%d" % number
        head = b"From: a@example.org\nContent-Type: multipart/mixed; boundary=%s\n\n" % edge
        mail = head + b"--" + edge + b"\nContent-Type: message/rfc822\n\n" + mail + b"\n--" + edge + b"--\n"
    return mail


ENCRYPTED_PDF = _pdf(b"<</Type/Pages/Kids[]/Count 0>>").replace(
    b"trailer<<",
    b"trailer<</Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>>>" % (b"ab" * 32, b"cd" * 32),
)


def _long_text() -> bytes:
    return b"".join(b"%d people were counted on day %d. Invented.\n" % (n % 97, n) for n in range(4_400_000))


BAD: dict[str, Callable[[], bytes]] = {
    "empty.pdf": lambda: b"",
    "blank.txt": lambda: b" \r\n\0\0",
    "truncated.docx": lambda: _word(WORDS + b"<w:p><w:r><w:t>Nine</w:t></w:r></w:p></w:body></w:document>")[:180],
    "encrypted.pdf": lambda: ENCRYPTED_PDF,
    "encrypted.zip": lambda: _zipped({"a.txt": b"x"}).replace(b"\x14\0\0\0\x08\0", b"\x14\0\1\0\x08\0"),
    "sealed.docx": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000) + "EncryptedPackage".encode("utf-16-le"),
    "program-called.pdf": lambda: b"\x7fELF\x02\x01\x01" + bytes(9000),
    "no-pages.pdf": lambda: _pdf(b"<</Type/Pages/Kids[]/Count 0>>"),
    "cyclic.pdf": lambda: _pdf(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Parent 2 0 R/Count 100000>>"),
    "cyclic.eml": _cyclic_mail,
    "itself.zip": _self_zip,
    "nested-40.zip": _nested_zip,
    "bomb.zip": _bomb,
    "bomb.docx": lambda: _word(WORDS + b"<w:p/>" * 60_000_000),
    "bomb.xlsx": lambda: _zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": bytes(400 << 20)}),
    "entities.docx": lambda: _word(_entities()),
    "secret.docx": lambda: _word(_secret_entity()),
    "tags-100000.html": lambda: b"<div>" * 100_000 + b"Nine people. Invented." + b"</div>" * 100_000,
    "tags-100000.docx": lambda: _word(WORDS + b"<w:p>" * 100_000 + b"x" + b"</w:p>" * 100_000),
    "image-60000.png": _image,
    "image-60000.pdf": _picture_pdf,
    "text-200MB.txt": _long_text,
    "one-line-30MB.txt": lambda: b"forty-two women of the village " * 1_000_000,
    "hangul-60MB.txt": lambda: ("마을에서 열두 명이 끌려갔다. 지어낸 글이다.\n" * 1_000_000).encode(),
    "cells.csv": lambda: b",".join([b"7"] * 3_000_000) + b"\n",
    "nulls-200MB.bin": lambda: bytes(200 << 20),
    "surrogates.txt": lambda: b"\xed\xa0\x80\xff\xfe\x00\xd8" * 999,
    "regex.txt": lambda: b"((((((((a" * 200_000,
    "quotes.txt": lambda: ("“" * 300_000 + "said").encode(),
    "digits.txt": lambda: b"1" * 400_000 + b" people, " + b"1,000," * 100_000 + b" women.",
}  # fmt: skip
MUST_NOT_BE_READ = ("secret.docx",)


def bad_file(name: str, place: Path) -> tuple[str, bool]:
    """One bad file between two good ones, through `intake`."""
    path, folder = book(place), documents(place, {name: BAD[name]()})
    (folder / "zz-last.txt").write_text("Nine women were counted. Invented.\n")
    calm = _calm_seconds(place)
    shown = call("intake", path, folder)
    rows = {key: row for key, row in ledger(path).items() if key.split("!/")[0] == name}
    outcome, reason, remedy = rows.get(name, ("missing", None, None))
    good = shown.code == 0 and shown.plain and ledger(path)["zz-last.txt"][0] == "read"
    good = good and (outcome == "read" or bool(reason and remedy)) and "root:" not in str(rows)
    good = good and shown.seconds - calm < SECONDS + 3 and shown.memory < MEMORY and intact(path)
    return f"{outcome}, {shown.seconds - calm:.1f} s, {shown.memory >> 20} MB: {reason}", good


def _calm_seconds(place: Path) -> float:
    calm = place / "calm"
    calm.mkdir()
    shown: Shown = call("intake", book(calm), documents(calm))
    return float(shown.seconds)


def coded(name: str, place: Path) -> tuple[str, bool]:
    """What a bad text does to the whole of `run`."""
    out, folder = fresh_out(place), documents(place, {name: BAD[name]()})
    shown = call("run", folder, "--out", out)
    rows = ledger(out / "casebook")
    good = shown.code == 0 and shown.plain and rows["good.txt"][0] == "read" and len(results(out)) == 6
    return f"{rows.get(name, ('missing',))[0]}, {shown.seconds:.0f} s, {shown.memory >> 20} MB", good and intact(
        out / "casebook"
    )


NAMES: tuple[bytes, ...] = (
    b"new\nline.txt", b'quo"te\'s.txt', b"<script>alert(1)<", "right\u202etxt.exe.txt".encode(),
    b"\xff\xfe\xb0\xa1.txt", b"=1+1.txt", b"-rf.txt", b"@SUM(A1).txt", b"a" * 251 + b".txt",
    unicodedata.normalize("NFD", "강제송환.txt").encode(), "강제송환.txt".encode(), b"\xb0\xad\xc1\xa6.txt",
    "강제.txt".encode(), b"esc\x1b]0;owned\x07\x1b[2J.txt", b" .txt", b"a|b.txt", b"#{x}.txt",
    "\u200b.txt".encode(), b"tab\there,comma;semi.txt", b"percent%00.txt", b"C:\\x.txt",
)  # fmt: skip


def strange_names(place: Path) -> tuple[str, bool]:
    out, folder = fresh_out(place), place / "documents"
    folder.mkdir()
    made = 0
    for number, name in enumerate(NAMES):
        text = f"The Lantern Group said that {number + 2} women were sent back in 2021. Invented.\n"
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(text)
        made += 1
    shown = call("run", folder, "--out", out)
    html = (out / "dossier.html").read_text(encoding="utf-8") if (out / "dossier.html").exists() else ""
    cells = re.findall(r"(?m)^=", (out / "ledger.csv").read_text(encoding="utf-8") if html else "=")
    clean = not re.search("[\x1b\x07\u202e]", shown.err + shown.out) and "<script>alert(1)" not in html and not cells
    good = shown.code == 0 and shown.plain and clean and len(results(out)) == 6
    with Casebook.open(out / "casebook", SECRET, write=False) as opened:
        kept = len([row for row in opened.arrivals() if row.outcome == "read"])
    return f"{made} names, {kept} rows read; nothing runs in HTML, CSV or terminal: {clean}", good and kept == made


def colliding_names(place: Path) -> tuple[str, bool]:
    """A folder `a.zip!` beside `a.zip`; two folders of one name; another folder with the same names later."""
    path, folder = book(place), documents(place, {"a.zip": _zipped({"x.txt": b"Nine women. Invented."})})
    (folder / "a.zip!").mkdir()
    (folder / "a.zip!" / "x.txt").write_text("Eight women. Invented.")
    for name in ("one", "two"):
        (place / name / "docs").mkdir(parents=True)
        (place / name / "docs" / "note.txt").write_text(f"In {name}, seven women. Invented.")
    shown = [call("intake", path, folder), call("intake", path, place / "one" / "docs", place / "two" / "docs")]
    (place / "three").mkdir()
    (place / "three" / "good.txt").write_text("Six women. Invented.")
    shown.append(call("intake", path, place / "three"))
    with Casebook.open(path, SECRET, write=False) as opened:
        named = {row.file_sha256 for row in opened.arrivals()}
        lost = [item.file_sha256 for item in opened.items() if item.file_sha256 not in named]
    good = all(one.code == 0 for one in shown) and not lost and intact(path)
    return f"{len(lost)} preserved files without a ledger row", good


def changed_file(place: Path) -> tuple[str, bool]:
    """A document that was edited between two runs: both versions stay, each with its name."""
    out, folder = fresh_out(place), documents(place)
    first = call("run", folder, "--out", out)
    (folder / "good.txt").write_text(SENTENCE.replace("42", "43"))
    again = call("run", folder, "--out", out)
    with Casebook.open(out / "casebook", SECRET, write=False) as opened:
        paths = [document.paths for document in opened.documents()]
    good = first.code == again.code == 0 and paths == [("good.txt",), ("good.txt",)]
    return f"{paths}", good and intact(out / "casebook")


def special_files(place: Path) -> tuple[str, bool]:
    """Pipes, sockets, devices, links, also under the names this program looks for."""
    path, folder = book(place), documents(place)
    os.mkfifo(folder / "pipe.txt")
    for inside in ("trap", "trap2/casebook"):
        (folder / inside).mkdir(parents=True)
        os.mkfifo(folder / inside / "casebook.json")
    os.mkfifo(folder / "trap2" / "run.json")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket"))
    if os.getuid() == 0:
        os.mknod(folder / "zero", 0o020600, os.makedev(1, 5))
    (folder / "round").symlink_to(folder)
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    (folder / "gone").symlink_to("nowhere")
    (folder / "home").symlink_to("/etc/passwd")
    shown = call("intake", path, folder)
    rows = ledger(path)
    good = (
        shown.code == 0
        and rows["good.txt"][0] == "read"
        and all(reason for o, reason, _ in rows.values() if o != "read")
    )
    return f"{len(rows)} rows, 1 read, {shown.seconds:.1f} s", good and sum(r[0] == "read" for r in rows.values()) == 1


def deep_folders(place: Path) -> tuple[str, bool]:
    """2,500 folders in one another, beyond what the system can name."""
    path, folder = book(place), documents(place)
    here = os.open(folder, os.O_RDONLY)
    for number in range(2500):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
        if number == 300:
            os.close(os.open("deep.txt", os.O_WRONLY | os.O_CREAT, dir_fd=here))
    os.close(here)
    shown = call("intake", path, folder)
    rows = ledger(path)
    subprocess.run(["rm", "-rf", str(folder / "d")], check=False)
    said = [row[1] for name, row in rows.items() if len(name) > 900 and row[1]]
    good = (
        shown.code == 0 and shown.plain and rows["good.txt"][0] == "read" and any("deep.txt" in name for name in rows)
    )
    return f"{shown.said[-100:]} {said[-1:]}", good and bool(said)


def vanishing(place: Path) -> tuple[str, bool]:
    """Files are rewritten, cut, removed and replaced by pipes all the while `intake` reads them."""
    path, folder = book(place), documents(place)
    names = [folder / f"n{number:03}.txt" for number in range(120)]
    for name in names:
        name.write_text(SENTENCE * 200)
    ended = threading.Event()

    def meddle() -> None:
        turn = 0
        while not ended.is_set():
            name = names[(turn * 37) % len(names)]
            name.unlink(missing_ok=True)
            if turn % 3 == 0:
                os.mkfifo(name)
            elif turn % 3 == 1:
                name.write_text(SENTENCE * (turn % 50))
            turn += 1
            time.sleep(0.005)

    thread = threading.Thread(target=meddle)
    thread.start()
    try:
        shown = call("intake", path, folder)
    finally:
        ended.set()
        thread.join()
    rows = ledger(path)
    good = shown.code == 0 and shown.plain and len(rows) >= 41 and all(r for o, r, _ in rows.values() if o == "unread")
    return (
        f"{len(rows)} rows, {sum(o == 'unread' for o, *_ in rows.values())} unread with reason, {shown.seconds:.0f} s",
        good,
    )


def growing(place: Path) -> tuple[str, bool]:
    """A file that grows faster than it is read must not fill the memory."""
    path, folder = book(place), documents(place)
    log = folder / "log.txt"
    log.write_bytes(b"x")
    ended = threading.Event()

    def grow() -> None:
        with log.open("ab") as file:
            while not ended.is_set() and file.tell() < 900 << 20:
                file.write(b"twelve people. \n" * 65536)
                file.flush()

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        shown = call("intake", path, folder)
    finally:
        ended.set()
        thread.join()
    row = ledger(path).get("log.txt", ("missing", None, None))
    return f"{row[0]}: {row[1]}", shown.code == 0 and shown.plain and shown.memory < MEMORY and row[0] != "missing"


CODE = """<script>alert(1)</script><img src=x onerror=alert(2)><b>bold</b> {{ 7*7 }} {% raw %}
# Heading said *that* **42** [link](javascript:alert(3)) ![x](http://example.org/p.png)
#set page(fill: red) #import "x.typ": * #eval("1+1") $ x^2 $ #read("/etc/passwd") ]#panic("owned")[ \\u{1F600} `raw`
The Lantern Group <script>alert(4)</script> said that 42 women #eval("0") were sent back to *North Korea* in 2021.
"><svg/onload=alert(5)> Police said that 12 men </td></table><script>alert(6)</script> were sold in 2019. Invented.
"""


def code_as_text(place: Path) -> tuple[str, bool]:
    out = fresh_out(place)
    more = {"a.txt": CODE.encode(), "b.md": CODE.encode(), "<script>alert(7)<.txt": CODE.encode()}
    shown = call("run", documents(place, more), "--out", out)
    html = (out / "dossier.html").read_text(encoding="utf-8")
    live = re.search(r"<script|<img(?! src=.data:image/svg)|<svg/onload|href=.javascript", html)
    import pypdfium2

    pdf = pypdfium2.PdfDocument(out / "dossier.pdf")
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    shows = "script" in text and "#eval" in text and "root:" not in text
    policy = "default-src &#39;none&#39;" in html and "script-src" not in html
    good = shown.code == 0 and live is None and shows and policy and "alert(4)" in html
    return f"HTML: {'as text' if live is None else live[0]}, PDF: {'as text' if shows else 'lost'}, CSP: {policy}", good


OUTCOME = "outcome with reason, <= 30 s, <= 1 GB, rest goes on"
CASES = (
    *(Case("file", f"file {name}", OUTCOME, partial(bad_file, name)) for name in BAD),
    *(Case("run", f"run with {n}", "ends, all files written", partial(coded, n)) for n in
      ("one-line-30MB.txt", "hangul-60MB.txt", "digits.txt", "quotes.txt", "regex.txt", "cells.csv", "surrogates.txt")),
    Case("names", f"{len(NAMES)} strange file names", "each a row; nothing of them runs", strange_names),
    Case("names", "names that collide", "every preserved file keeps a row", colliding_names),
    Case("names", "a file edited between two runs", "both versions kept, both named", changed_file),
    Case("tree", "pipes, sockets, devices, links", "named, no hang", special_files),
    Case("tree", "2,500 folders deep", "said where it ends, the rest goes on", deep_folders),
    Case("tree", "files that change and vanish while being read", "each an outcome, no hang", vanishing),
    Case("tree", "a file that grows while being read", "<= 1 GB, said", growing),
    Case("code", "HTML, Markdown, Typst inside documents", "shown as text", code_as_text),
)  # fmt: skip
