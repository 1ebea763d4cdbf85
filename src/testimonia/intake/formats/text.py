"""Plain text, Markdown, subtitles: the rendering is the decoded file, unchanged."""

from __future__ import annotations

from testimonia.intake import encodings
from testimonia.intake.draft import MAX_CHARACTERS, Draft

__all__ = ["decoded_into", "read"]

MAX_BYTES = 4 * MAX_CHARACTERS
SHOWN = 8  # positions of lost bytes that are named


def read(data: bytes, _name: str) -> Draft:
    """The file as it is: byte order mark, line ends and all."""
    draft = Draft()
    text = decoded_into(draft, data)
    with draft.page("1", "file"):
        draft.add(text)
    return draft


def decoded_into(draft: Draft, data: bytes, declared: str | None = None, limit: int = MAX_BYTES) -> str:
    """The decoded text; what was guessed and what was lost on the way is noted in the draft."""
    cut = len(data) > limit
    found = encodings.decode(data[:limit], declared, cut=cut)
    if cut:
        draft.lose(f"only the first {limit >> 20} MB were read.", "Split the file into smaller ones and run again.")
    draft.parameters["encoding"] = found.encoding
    if found.guessed:
        draft.flags.add("encoding_guessed")
    text = found.text
    if found.lost:
        draft.lose(*_lost_bytes(found.lost, found.encoding))
    if "\x00" in text:
        draft.lose(
            f"{text.count(chr(0))} zero bytes stand in the text (shown as \ufffd).",
            "Get the file again from where it came from, if it should have none.",
        )
    return text


def _lost_bytes(lost: tuple[int, ...], encoding: str) -> tuple[str, str]:
    where = ", ".join(str(offset) for offset in lost[:SHOWN]) + (" …" if len(lost) > SHOWN else "")
    places = "place" if len(lost) == 1 else "places"
    return (
        f"bytes at {len(lost)} {places} are no {encoding.upper()} (shown as \ufffd, at characters {where}).",
        "Get the file again from where it came from, or save it as UTF-8 in the program that wrote it.",
    )
