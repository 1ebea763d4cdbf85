"""A casebook full of payloads: names of files and pages, texts, codings, labels, origins, lists and their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.workbench.invented import CHEAP, PASSPHRASE, fake_linkage
from tests.workbench.payloads import PAYLOADS

from testimonia.casebook import Arrival, Casebook, Collection, ListFile, ListProblem
from testimonia.casebook.writer import Writer
from testimonia.model import Coding, Origin, OriginEdge, OriginGraph, Page, Part, Passage, Reading
from testimonia.project import coding

__all__ = ["GROUPS", "make_hostile"]

GROUPS: tuple[tuple[str, ...], ...] = tuple(
    PAYLOADS[at : at + 10] for at in range(0, len(PAYLOADS), 10)
)  # of a document
Kept = tuple[str, str, Sequence[Coding]]


def make_hostile(folder: Path) -> Path:
    """Make the casebook; its own folder has an odd name too. Takes a second or two."""
    place = folder / "<b>case & 'book'"
    with Casebook.create(place, PASSPHRASE, kdf=CHEAP, who="owner") as book:
        with book.act("intake", why="taken") as write:
            kept = [_document(write, number, words) for number, words in enumerate(GROUPS)]
        traced = coding._origins_key(list(book.documents()), 0)  # or the pages would trace origins of their own
        with book.act("origins", why="derived") as write:
            write.origins(_graph(kept))
            write.mark("origins", traced)
        with book.act("link", why="lists") as write:
            _lists(write)
        fake_linkage(book)
    return place


def _document(write: Writer, number: int, words: Sequence[str]) -> Kept:
    reading, codings = _read(number, words)
    data = f"{number}\n{reading.text}".encode("utf-8", "replace")
    sha = write.preserve(data, media_type="text/plain")
    rendering = write.reading(sha, reading)
    write.codings(rendering, "rules", codings, refused={_whole(word[:200]): 1 for word in words})
    for word in words:
        write.arrive(
            Arrival(
                path=f"{number:02}/{word}",
                file_sha256=sha,
                bytes=len(data),
                media_type="text/plain",
                outcome="partly",
                pages=1,
                characters=len(reading.text),
                languages=("en",),
                flags=(_whole(word[:80]),),
                reason=word,
                remedy=word,
            )
        )
    return sha, rendering, codings


def _read(number: int, words: Sequence[str]) -> tuple[Reading, list[Coding]]:
    """A line of text for each payload, and codings over it."""
    text, passages, pages, codings = "", list[Passage](), list[Page](), list[Coding]()
    for word in words:
        line = f"{word} said that 41 people were sold in {word} and returned."
        codings += _codings(line, word, len(text))
        passages.append(Passage(len(text), len(text) + len(line), line, language="en"))
        pages.append(Page(len(text), len(text) + len(line), word, "part", "partial", word))
        text += line + "\n\n"
    metadata = {"title": words[0], "author": words[1], "url": words[2]}
    reading = Reading(
        media_type="text/plain",
        outcome="partly",
        reason=words[0],
        remedy=words[1],
        flags=tuple(_whole(word[:80]) for word in words),
        tool="by hand",
        tool_version=str(number),
        text=text,
        pages=tuple(pages),
        passages=tuple(passages),
        metadata=metadata,
    )
    return reading, codings


def _codings(line: str, word: str, at: int) -> Iterator[Coding]:
    label = _whole(word)

    def spot(quote: str) -> tuple[int, int, str]:
        start = line.index(quote)
        return at + start, at + start + len(quote), quote

    def part(quote: str) -> Part:
        return Part(*spot(quote), value=label)

    more = {"rule": label, "cue": label, "confidence_reason": label, "coder_version": "1", "basis": "document"}
    start, end, quote = spot("41 people")
    about = dict.fromkeys(("counted", "population", "place", "period", "claimant_norm", "scope"), word)
    yield Coding(kind="figure", start=start, end=end, quote=quote, value=41, unit="persons", value_status="present",
                 parts={"claimant": part(word), "number": part("41")}, attributes=about, **more)  # type: ignore[arg-type] # fmt: skip
    start, end, quote = spot("were sold")
    yield Coding(kind="act", start=start, end=end, quote=quote, code="tip.act.sale",
                 parts={"cue": part("sold"), "place": part(word)}, attributes={"actor": label}, **more)  # type: ignore[arg-type] # fmt: skip
    start, end, quote = spot("returned")
    yield Coding(kind="measure", start=start, end=end, quote=quote, code="forced_return",
                 attributes={"actor": label, "place": label}, **more)  # type: ignore[arg-type] # fmt: skip
    for kind in ("person", "place", "org"):
        start, end, quote = spot(word)
        yield Coding(kind=kind, start=start, end=end, quote=quote, value=label, **more)  # type: ignore[arg-type]


def _whole(word: str) -> str:
    """Without halves of signs, which only bytes that were read can hold."""
    return word.encode("utf-8", "replace").decode()


def _graph(kept: Sequence[Kept]) -> OriginGraph:
    origins, edges, of_coding = list[Origin](), list[OriginEdge](), dict[str, str]()
    for number, ((sha, rendering, codings), words) in enumerate(zip(kept, GROUPS, strict=True)):
        key = f"origin-{number}"
        origins.append(
            Origin(id=key, label=words[0], kind="report", certainty="stated", reason=words[-1], documents=(sha,))
        )
        edges.append(
            OriginEdge(
                child=sha,
                parent=key,
                kind="reports",
                certainty="stated",
                reason=words[0],
                rendering_sha256=rendering,
                start=0,
                end=1,
            ),
        )
        if number:
            edges.append(
                OriginEdge(child=key, parent="origin-0", kind="quotes", certainty="undecided", reason=words[0])
            )
        of_coding |= {_bound(one, rendering): key for one in codings}
    return OriginGraph(origins=tuple(origins), edges=tuple(edges), of_coding=of_coding)


def _bound(one: Coding, rendering: str) -> str:
    from dataclasses import replace

    return replace(one, rendering_sha256=rendering).id


def _lists(write: Writer) -> None:
    """Two lists of people whose every cell is a payload."""
    cells = [word.translate(str.maketrans("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " " * 11)) for word in PAYLOADS]
    for name, at in (("<b>one</b>", 0), ("{{ two }}", 1)):
        rows = cells[at::2][:60]
        text = "\n".join(["id\tname\tplace", *(f"{number}\t{cell}\t{cell}" for number, cell in enumerate(rows))])
        reading = Reading(media_type="text/csv", outcome="read", text=text, flags=("list",), tool="list")
        sha = write.preserve(text.encode("utf-8", "replace"), media_type="text/csv")
        write.reading(sha, reading, searchable=False)
        write.arrive(Arrival(path=f"{name}.csv", file_sha256=sha, media_type="text/csv", outcome="read"))
        write.collection(Collection(name=name, keeper=cells[5], inclusion=cells[6], dependence=cells[7]))
        file = ListFile(
            file_sha256=sha,
            name=name,
            columns={"record_id": 0, "name": 1, "origin_place": 2},
            headings=("id", "name", "place"),
            reader="list 1",
        )
        ids = [(f"{at}-{number}<b>", name, number + 2) for number in range(len(rows))]
        write.listed(file, ids, [ListProblem(2, "<b>name", cells[9], cells[10])])
