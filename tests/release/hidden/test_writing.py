"""The report on disk, drawn in the key-less process: whole files, one page with the whole answer, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.release.hidden import reports

from testimonia.errors import JobCrashed, UnusablePath
from testimonia.release import hidden, render_jobs
from testimonia.sandbox import Sandbox

NEEDS_PDF = pytest.mark.skipif(render_jobs.lacking_for_pdf() is not None, reason=str(render_jobs.lacking_for_pdf()))
ALL: dict[str, Callable[[], dict[str, Any]]] = {
    "answered": reports.answered, "refused": reports.refused, "eight": reports.eight, "drawn": reports.drawn,
}  # fmt: skip


class Refusing:
    """A key-less process that ends with every job."""

    def call(self, job: str, payload: bytes, **_limits: object) -> bytes:
        raise JobCrashed("its reader ended without an answer.")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    out = tmp_path_factory.mktemp("reports")
    with Sandbox.start() as sandbox:
        for name, make in ALL.items():
            (out / name).mkdir()
            hidden.write(make(), out / name, sandbox=sandbox)
        yield {name: out / name for name in ALL}


def pages(path: Path) -> list[str]:
    file = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_bounded() for page in file]
    file.close()
    return [" ".join(text.split()) for text in found]


@NEEDS_PDF
def test_everything_is_written_for_its_owner_alone(written: dict[str, Path]) -> None:
    out = written["refused"]
    made = [path for path in out.rglob("*") if path.is_file()]
    assert sorted(str(path.relative_to(out)) for path in made) == [
        "figures/methods.svg", "figures/patterns.svg", "report.html", "report.pdf",
    ]  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    assert (out / "figures").stat().st_mode & 0o777 == 0o700


@NEEDS_PDF
@pytest.mark.parametrize("name", ALL)
def test_the_first_page_is_one_page_with_the_whole_answer(written: dict[str, Path], name: str) -> None:
    first, second, *_ = pages(written[name] / "report.pdf")
    refused = name == "refused"
    for part in ("Who says so", "To quote, word for word", "seed 1"):
        assert part in first
    for part in ("What would help",) if refused else ("How sure it is", "What is missing", "compatible with"):
        assert part in first
    assert second.startswith("Every method")


@NEEDS_PDF
def test_words_of_every_script_can_be_found_whole(written: dict[str, Path]) -> None:
    text = " ".join(pages(written["eight"] / "report.pdf")).replace(" ", "")
    for word in ("북한이탈주민", "구호단체의상담일지", "延边边防检查站转引名册", "<b>Interviews&letters</b>"):
        assert word in text


@NEEDS_PDF
def test_the_pdf_is_tagged_and_has_a_title(written: dict[str, Path]) -> None:
    file = pypdfium2.PdfDocument(written["answered"] / "report.pdf")
    assert file.is_tagged()
    assert file.get_metadata_value("Title").startswith("How many were never recorded")
    file.close()


@NEEDS_PDF
def test_the_same_report_gives_the_same_bytes(written: dict[str, Path], tmp_path: Path) -> None:
    with Sandbox.start() as sandbox:
        names = hidden.write(reports.refused(), tmp_path, sandbox=sandbox)
    for path in names:
        assert path.read_bytes() == (written["refused"] / path.relative_to(tmp_path)).read_bytes(), path.name


@NEEDS_PDF
def test_no_file_points_anywhere(written: dict[str, Path]) -> None:
    for folder in written.values():
        for path in folder.rglob("*"):
            if path.suffix in (".html", ".svg"):
                text = path.read_text("utf-8").replace("http://www.w3.org/", "")
                assert "http" not in text.replace("http-equiv", "")


def test_what_cannot_be_drawn_is_said_and_what_was_drawn_before_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"of an earlier run")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "draws.svg").write_text("<svg/>")
    told: list[str] = []
    names = hidden.write(
        reports.answered(), tmp_path, sandbox=Refusing(), progress=lambda _done, _total, text: told.append(text)
    )
    assert [path.name for path in names] == ["report.html", "patterns.svg"]
    assert sorted(p.name for p in (tmp_path / "figures").iterdir()) == ["patterns.svg"]
    assert not (tmp_path / "report.pdf").exists()
    assert [text for text in told if " not " in text] == [
        "the pictures were not drawn: its reader ended without an answer.",
        "the PDF was not made: its reader ended without an answer.",
    ]  # fmt: skip


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusablePath, match=r"report\.html: cannot be written"):
        hidden.write(reports.refused(), tmp_path / "nowhere", sandbox=Refusing())


@NEEDS_PDF
def test_letters_no_page_can_show_do_not_stop_the_pdf(tmp_path: Path) -> None:
    odd = reports.refused()
    odd["table"]["lists"][0] = "held \x00\x0b\x1b\u202e\uffff😀 #panic() $x$"
    with Sandbox.start() as sandbox:
        names = hidden.write(odd, tmp_path, sandbox=sandbox)
    assert tmp_path / "report.pdf" in names
    assert "#panic() $x$" in " ".join(pages(tmp_path / "report.pdf"))
