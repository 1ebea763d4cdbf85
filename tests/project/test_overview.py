"""What a casebook holds and what waits in it."""

from __future__ import annotations

from pathlib import Path

from testimonia import project
from testimonia.casebook import Arrival, Casebook, Kdf
from testimonia.model import Coding, Passage, Reading

SECRET = "an invented passphrase"
TEXT = "Seven people were counted at the ford."


def test_an_empty_casebook_says_so(tmp_path: Path) -> None:
    """Nothing waits, nothing is unread, no pairs were linked, and the log has its first entry."""
    with Casebook.create(tmp_path / "book", SECRET, kdf=Kdf(memory_kib=1024, passes=1)) as book:
        found = project.overview(book)
    assert (found.waiting, found.next, found.pairs, found.unread) == (0, None, None, [])
    assert found.actions


def test_a_proposal_waits_until_somebody_has_judged_it(tmp_path: Path) -> None:
    """And again when the judgement is taken back."""
    with Casebook.create(tmp_path / "book", SECRET, kdf=Kdf(memory_kib=1024, passes=1)) as book:
        with book.act("intake") as write:
            file_sha256 = write.preserve(TEXT.encode())
            reading = Reading("text/plain", "read", text=TEXT, passages=(Passage(0, len(TEXT), TEXT, language="en"),))
            rendering = write.reading(file_sha256, reading)
            write.arrive(Arrival(path="count.txt", file_sha256=file_sha256, outcome="read"))
            write.arrive(Arrival(path="picture.png", outcome="unread", reason="no text", remedy="Use OCR."))
        with book.act("code") as write:
            write.codings(rendering, "rules", [Coding(kind="figure", start=0, end=5, quote="Seven", value=7.0)])
        before = project.overview(book)
        with book.act("review") as write:
            write.review(next(book.codings())[1], "accepted")
        after = project.overview(book)
        with book.act("review") as write:
            write.review(next(book.codings())[1], "suggested")
        undone = project.overview(book)
    assert before.next is not None and before.next.path == "count.txt"
    assert (before.waiting, after.waiting, after.next, undone.waiting) == (1, 0, None, 1)
    assert [one.path for one in before.unread] == ["picture.png"]
    assert dict(before.languages) == {"en": 1} and dict(before.kinds) == {"figure": 1}
    assert after.actions[0].action == "review" and after.counts["reviews"] == 1
