"""Everything written, drawn in the key-less process: whole files, the PDF with its words, and what is missing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from tests.release.graphs import by_claimant
from tests.release.samples import document, said, three

from testimonia.errors import JobCrashed, UnusablePath
from testimonia.model import Document
from testimonia.release import FILES, render_jobs, write
from testimonia.sandbox import Sandbox

NEEDS_PDF = pytest.mark.skipif(render_jobs.lacking_for_pdf() is not None, reason=str(render_jobs.lacking_for_pdf()))


class Refusing:
    """A key-less process that ends with every job."""

    def call(self, job: str, payload: bytes, **_limits: object) -> bytes:
        raise JobCrashed("its reader ended without an answer.")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, tuple[str, ...]]]:
    out = tmp_path_factory.mktemp("out")
    with Sandbox.start() as sandbox:
        yield out, make(out, sandbox)


def make(out: Path, sandbox: object, documents: tuple[Document, ...] = ()) -> tuple[str, ...]:
    documents = documents or three()
    return write(
        out,
        documents=documents,
        graph=by_claimant(documents),
        ledger_rows=[{"path": d.paths[0], "sha256": d.file_sha256, "outcome": "read"} for d in documents],
        run_info={"testimonia": "0"},
        consent_missing=2,
        reviewed=False,
        sample=True,
        refused={},
        sandbox=sandbox,  # type: ignore[arg-type]
    )


@NEEDS_PDF
def test_all_files_are_written_for_their_owner_alone(written: tuple[Path, tuple[str, ...]]) -> None:
    out, names = written
    assert names == FILES
    assert sorted(p.name for p in out.iterdir()) == sorted(FILES)
    assert {p.stat().st_mode & 0o777 for p in out.iterdir()} == {0o600}


def test_run_json_holds_the_hash_of_every_file(written: tuple[Path, tuple[str, ...]]) -> None:
    out, names = written
    told = json.loads((out / "run.json").read_text("utf-8"))
    assert set(told["files"]) == set(names) - {"run.json"}
    for name, digest in told["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest


@NEEDS_PDF
def test_the_pdf_says_the_warnings_on_every_page(written: tuple[Path, tuple[str, ...]]) -> None:
    for text in pages(written[0] / "dossier.pdf"):
        for line in (
            "Invented sample",
            "Consent not recorded for 2 sources: not for distribution.",
            "Suggested",
        ):
            assert line in text


@NEEDS_PDF
def test_words_of_the_pdf_can_be_found_whole(written: tuple[Path, tuple[str, ...]]) -> None:
    text = "\n".join(pages(written[0] / "dossier.pdf"))
    for word in ("강제송환했다", "결혼시켰다", "贩卖", "遣返", "deceived"):
        assert word in text


@NEEDS_PDF
def test_the_pdf_is_tagged_and_has_a_title(written: tuple[Path, tuple[str, ...]]) -> None:
    file = pypdfium2.PdfDocument(written[0] / "dossier.pdf")
    assert file.is_tagged()
    assert file.get_metadata_value("Title").startswith("Dossier")
    file.close()


@NEEDS_PDF
def test_the_same_findings_give_the_same_bytes(written: tuple[Path, tuple[str, ...]], tmp_path: Path) -> None:
    with Sandbox.start() as sandbox:
        make(tmp_path, sandbox)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (written[0] / name).read_bytes(), name


def test_what_cannot_be_drawn_is_said_and_an_older_pdf_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "dossier.pdf").write_bytes(b"of an earlier run")
    names = make(tmp_path, Refusing())
    assert "dossier.pdf" not in names
    assert not (tmp_path / "dossier.pdf").exists()
    failures = json.loads((tmp_path / "run.json").read_text("utf-8"))["not_made"]
    assert set(failures) == {"pictures", "dossier.pdf"}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusablePath, match=r"dossier\.html: cannot be written"):
        make(tmp_path / "nowhere", Refusing())


def pages(path: Path) -> list[str]:
    file = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_bounded() for page in file]
    file.close()
    return found


@NEEDS_PDF
def test_letters_no_page_can_show_do_not_stop_the_pdf(tmp_path: Path) -> None:
    text = "held \x00\x0b\x1b\u202e\ud800\uffff😀 #panic() $x$ here"
    odd = document(text, said(text, text, code="state.detention"), path="o\udc80dd.txt")
    with Sandbox.start() as sandbox:
        names = make(tmp_path, sandbox, (odd,))
    assert "dossier.pdf" in names
    assert "#panic() $x$ here" in "".join(pages(tmp_path / "dossier.pdf")).replace("\r\n", " ")
