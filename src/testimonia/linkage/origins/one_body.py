"""One body under several names: what texts call the same, a report others name, rows of a list that name a source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from testimonia.linkage.origins import copies, doubts, sources
from testimonia.linkage.origins.knowing import Tracing, edge

__all__ = ["give_rows", "join_aliases", "join_published"]

HEAD = 600  # characters at the beginning of a report that may name who publishes it


def join_aliases(tracing: Tracing) -> None:
    """Join names that the texts themselves give for one body."""
    known = {key.removeprefix("name:") for key in tracing.behind if key.startswith("name:")}
    for document in tracing.documents:
        for name, other, quote in doubts.aliases(document.text, known):
            tracing.joined.join(f"name:{name}", f"name:{other}", f"{document.paths[0]} gives both names: “{quote}”")


def join_published(tracing: Tracing, own: Sequence[str]) -> None:
    """Join a report that does not say who publishes it to the first source others name that its head names."""
    known = {key: b for key, b in tracing.behind.items() if key.startswith("name:") and b.kind == "report"}
    letters = {key: copies.plain(key.removeprefix("name:")) for key in known if len(key) > 8}
    for number, document in enumerate(tracing.documents):
        if tracing.headers[number].nature != "report" or not own[number].startswith("document:"):
            continue
        words = [p.text for p in document.passages if p.role != "boilerplate"]
        head = copies.plain(" ".join(words)[:HEAD])
        places = {head.find(plain): key for key, plain in letters.items()}
        places.pop(-1, None)
        if places:
            key = places[min(places)]
            why = f"{document.paths[0]} speaks of itself as a report and names {known[key].label} at its head"
            tracing.joined.join(key, own[number], why)


def give_rows(tracing: Tracing) -> None:
    """Give the codings of a row of a list the one source others name that the row names."""
    known = [key for key in tracing.behind if key.startswith("name:") and len(key) > 8]
    for number, document in enumerate(tracing.documents):
        if tracing.headers[number].nature != "table":
            continue
        starts = [passage.start for passage in document.passages]
        named: dict[int, list[str]] = {}
        for coding in document.codings:
            if coding.id in tracing.of_coding:
                passage = max(0, bisect_right(starts, coding.start) - 1)
                if passage not in named:
                    row = sources.key(document.passages[passage].text)
                    named[passage] = [key for key in known if key.removeprefix("name:") in row]
                held = named[passage]
                if len(held) == 1:
                    tracing.of_coding[coding.id] = held[0]
                    edge(tracing, document, held[0], "cites", None, "the row names it")
