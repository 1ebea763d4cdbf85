"""Mails: who wrote to whom when, the body, and everything attached as children, forwarded mails too."""

from __future__ import annotations

import email.parser
import email.policy
import mimetypes
from collections.abc import Iterator
from email.errors import MessageError
from email.generator import BytesGenerator
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from io import BytesIO

from testimonia.intake.draft import Draft
from testimonia.intake.encodings import decode
from testimonia.intake.formats import html
from testimonia.intake.formats.archive import safe_name
from testimonia.model import Child

__all__ = ["header", "read"]

SHOWN = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject")
MAX_CHILDREN = 10_000
LONGEST_HEADER = 20_000  # characters
SHORTER = 0.5  # share of the words of the formatted body below which the plain one is a stand-in
_ASK = "Ask the sender for the mail as a file, or save it anew from the mail program."


def read(data: bytes, _name: str) -> Draft:
    """Headers, then the body, each as a part; attachments as children."""
    draft = Draft()
    message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(data)
    with draft.page("header", "part"):
        for name in SHOWN:
            if any(key.lower() == name.lower() and len(str(v)) > LONGEST_HEADER for key, v in message.raw_items()):
                draft.lose(f"the header {name} was read up to {LONGEST_HEADER:,} characters.", _ASK)
            for value in _headers(message, name):
                draft.line(f"{name}: {value}", "title" if name == "Subject" else "boilerplate")
                draft.add("\n")
    draft.describe({"title": header(message, "Subject"), "author": header(message, "From"), "date": _date(message)})
    for part in _parts(message, draft):
        _take(part, draft)
    return draft


def header(message: Message, name: str) -> str:
    """The first header of a name as text; empty where there is none."""
    return next(iter(_headers(message, name)), "")


def _headers(message: Message, name: str) -> Iterator[str]:
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            yield " ".join(_words(str(value)[:LONGEST_HEADER]).split())


def _words(raw: str) -> str:
    """A header without its encoding; bytes that stand in it bare are read as what they look like."""
    if any("\udc80" <= character <= "\udcff" for character in raw):
        return decode(raw.encode("utf-8", "surrogateescape")).text
    try:
        pieces = decode_header(raw)
    except (MessageError, ValueError):
        return raw
    return "".join(decode(piece, charset).text if isinstance(piece, bytes) else piece for piece, charset in pieces)


def _date(message: Message) -> str | None:
    try:
        return parsedate_to_datetime(header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


# --- parts --------------------------------------------------------------------------------------------------


def _parts(message: Message, draft: Draft) -> Iterator[Message]:
    """Leaves of the tree of parts; of several versions of one body only the one with the most words."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    children = [part for part in message.get_payload() if isinstance(part, Message)]
    if message.get_content_subtype() == "encrypted":
        draft.lose("the body of this mail is encrypted.", "Open it in the mail program that holds the key.")
    if message.get_content_subtype() == "alternative":
        children = _alternative(children, draft)
    for part in children:
        yield from _parts(part, draft)


def _alternative(versions: list[Message], draft: Draft) -> list[Message]:
    """One version of the body, and whatever else hangs beside it."""
    plain = [part for part in versions if part.get_content_type() == "text/plain" and not _is_file(part)]
    if not plain or len(plain) == len(versions):
        return versions
    formatted = [leaf for part in versions if part not in plain for leaf in _parts(part, draft)]
    pages = [leaf for leaf in formatted if leaf.get_content_type() == "text/html" and not _is_file(leaf)]
    others = [leaf for leaf in formatted if leaf not in pages]
    if not pages:
        return [*plain, *others]
    words = sum(len("".join(_text(part)[0].split())) for part in plain)
    rich = sum(len("".join(html.text_of(_text(part)[0]).split())) for part in pages)
    return [*(pages if words < SHORTER * rich else plain), *others]


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _take(part: Message, draft: Draft) -> None:
    kind = part.get_content_type()
    if part.is_multipart() and kind == "message/rfc822":
        _forwarded(part, draft)
    elif kind in ("text/plain", "text/html") and not _is_file(part):
        _body(part, kind, draft)
    else:
        _attach(draft, _file_name(part, len(draft.children) + 1), _payload(part))


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: Message) -> tuple[str, str | None]:
    label = part.get_param("charset")
    declared = label if isinstance(label, str) else None
    return decode(_payload(part), declared).text, declared


def _body(part: Message, kind: str, draft: Draft) -> None:
    found = decode(_payload(part), _text(part)[1])
    if not found.text.strip():
        return
    draft.parameters.setdefault("encoding", found.encoding)
    if found.guessed:
        draft.flags.add("encoding_guessed")
    if found.lost:
        draft.lose(f"bytes at {len(found.lost)} places of the body are no {found.encoding.upper()}.", _ASK)
    with draft.page("body", "part"):
        if kind == "text/html":
            html.into(draft, found.text)
        else:
            draft.line(found.text.replace("\r\n", "\n").rstrip("\n"))
        draft.add("\n")


def _forwarded(part: Message, draft: Draft) -> None:
    """A mail inside the mail: a document with a sender and a date of its own."""
    for inner in part.get_payload():
        if not isinstance(inner, Message):
            continue
        buffer = BytesIO()
        try:
            BytesGenerator(buffer, mangle_from_=False, maxheaderlen=0).flatten(inner)
        except (UnicodeError, LookupError, MessageError, TypeError, AttributeError, ValueError):
            draft.lose("a mail forwarded in it cannot be taken out.", _ASK)
            continue
        title = header(inner, "Subject") or "forwarded mail"
        _attach(draft, _leaf(title)[:100] + ".eml", buffer.getvalue())


def _leaf(name: str) -> str:
    return safe_name(name.replace("/", "_").replace("\\", "_"))


def _file_name(part: Message, number: int) -> str:
    name = part.get_filename()
    if name:
        return _leaf(_words(name))
    extension = mimetypes.guess_extension(part.get_content_type(), strict=False) or ".bin"
    return f"part {number}{extension}"


def _attach(draft: Draft, name: str, data: bytes) -> None:
    if len(draft.children) >= MAX_CHILDREN:
        if len(draft.children) == MAX_CHILDREN:
            draft.lose(f"attachments beyond the first {MAX_CHILDREN:,} were not taken out.", _ASK)
        return
    if any(child.name == name for child in draft.children):
        stem, dot, extension = name.rpartition(".")
        number = len(draft.children) + 1
        name = f"{stem} ({number}){dot}{extension}" if stem else f"{name} ({number})"
    draft.children.append(Child(name, data))
