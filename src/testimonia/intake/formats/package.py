"""Files that are ZIP archives of XML: members within limits, XML without entities and without the network."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from lxml import etree

from testimonia.intake.draft import Draft, Unreadable
from testimonia.intake.formats import salvage
from testimonia.model import Child

__all__ = ["Package", "local", "tree_of"]

MAX_PART = 96 << 20  # bytes of one part; the tree of a larger one does not fit into the memory of a reader
MAX_EMBEDDED = 64 << 20
CHUNK = 1 << 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    KeyError,
    RuntimeError,
)
GET_AGAIN = "Get it again from where it came from, or open it in the program that made it and save it anew."
UNLOCK = "Open it with its password, save it without one, and run again."


class Package:
    """An opened ZIP container; `names` are its members in the order of its directory.

    Of a broken one, what is left is read, and the draft says so.
    """

    def __init__(self, data: bytes, draft: Draft) -> None:
        self._data, self._draft = data, draft
        self._archive: zipfile.ZipFile | None = None
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            self.names = list(salvage.members(data))
            if not self.names:
                raise Unreadable("this file is broken or cut off: its parts cannot be found.", GET_AGAIN) from None
            draft.lose("this file is broken or cut off; only some of its parts were found.", GET_AGAIN)
            return
        self.names = self._archive.namelist()
        if any(info.flag_bits & 1 for info in self._archive.infolist()):
            raise Unreadable("this file is locked with a password.", UNLOCK)

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises Unreadable for a broken one and for one that unpacks to too much."""
        if self._archive is None:
            return self._salvaged(name)
        pieces, size = [], 0
        try:
            with self._archive.open(name) as part:
                while piece := part.read(CHUNK):
                    pieces.append(piece)
                    size += len(piece)
                    if size > MAX_PART:
                        raise Unreadable(
                            f"a part of it ({name}) unpacks to more than {MAX_PART >> 20} MB.",
                            "If it is honest, split it in the program that made it and run again.",
                        )
        except _BROKEN:
            return self._salvaged(name)
        return b"".join(pieces)

    def _salvaged(self, name: str) -> bytes:
        start = salvage.members(self._data).get(name)
        found = salvage.unpack(self._data, start, MAX_PART) if start is not None else b""
        if not found:
            raise Unreadable(f"a part of it ({name}) is broken.", GET_AGAIN)
        self._draft.lose(f"a part of it ({name}) is damaged; words may be missing.", GET_AGAIN)
        return found

    def tree(self, name: str, draft: Draft) -> Any:
        """The root element of an XML part; damage that could be stepped over is noted in the draft."""
        return tree_of(self.read(name), name, draft)

    def optional(self, name: str, draft: Draft) -> Any | None:
        """Like `tree`, None where there is no such part; a broken one is a loss and not the end."""
        if name not in self:
            return None
        try:
            return self.tree(name, draft)
        except Unreadable as problem:
            draft.lose(problem.reason, problem.remedy)
            return None

    def matching(self, pattern: str) -> list[str]:
        """Names of the parts that match, in the order of their numbers."""
        found = [name for name in self.names if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: ([int(n) for n in re.findall(r"\d+", name)], name))

    def embedded(self, pattern: str, draft: Draft) -> None:
        """Files that lie inside as files become children."""
        total = 0
        for name in self.matching(pattern):
            try:
                data = self.read(name)
            except Unreadable as problem:
                draft.lose(problem.reason, problem.remedy)
                continue
            total += len(data)
            if total > MAX_EMBEDDED:
                draft.lose(f"the files inside it from {name} on are too large together.", "Save them apart.")
                return
            draft.children.append(Child(name.rpartition("/")[2], data))


def _parser(recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


def tree_of(data: bytes, name: str, draft: Draft) -> Any:
    """The root of an XML document. Entities that it defines are never expanded; damage is noted as a loss."""
    if re.search(rb"<!ENTITY", data[:CHUNK]):
        draft.flags.add("xml_entities")
        draft.lose(f"its part {name} defines entities, which are not expanded.", GET_AGAIN)
    try:
        return etree.fromstring(data, _parser(recover=False))
    except etree.XMLSyntaxError:
        pass
    try:
        root = etree.fromstring(data, _parser(recover=True))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise Unreadable(f"a part of it ({name}) is no XML that can be read.", GET_AGAIN)
    draft.lose(f"a part of it ({name}) is damaged; words may be missing.", GET_AGAIN)
    return root


def local(node: Any) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
