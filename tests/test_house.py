"""The rules of the house, kept by machine."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import testimonia
from testimonia import errors, model

SOURCE = Path(testimonia.__file__).parent
STAGES = ("intake", "coding", "linkage", "estimation", "release")
MODULES = sorted(path for path in SOURCE.rglob("*.py"))


@cache
def parsed(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports(path: Path) -> Iterator[str]:
    for node in parsed(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_stage_imports_no_other_stage_and_the_casebook_imports_none(path: Path) -> None:
    """Stages meet in project.py; the casebook knows none of them."""
    if room(path) not in (*STAGES, "casebook", "sandbox", "model", "errors", "vocabulary"):
        pytest.skip("not a stage")
    others = {f"testimonia.{stage}" for stage in STAGES if stage != room(path)}
    entered = {name for name in imports(path) if any(name == o or name.startswith(o + ".") for o in others)}
    assert not entered


def test_only_the_casebook_speaks_sql() -> None:
    """No other room imports a database."""
    speakers = {room(path) for path in MODULES for name in imports(path) if name.split(".")[0] in ("apsw", "sqlite3")}
    assert speakers <= {"casebook", "doctor"}


def test_nothing_opens_a_network_connection() -> None:
    """No telemetry, no cloud: no module imports a network client (the sandbox proves that it has no socket)."""
    clients = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}
    assert not {(path.name, name) for path in MODULES for name in imports(path) if name in clients}
    listens = SOURCE / "workbench" / "serving.py"  # on loopback only, as its test shows
    assert {room(path) for path in MODULES if "socket" in set(imports(path)) and path != listens} <= {"sandbox"}


def test_pages_hold_no_logic() -> None:
    """The workbench asks `project`; it enters no stage, and only the bench opens a casebook."""
    entered = {
        (path.name, name)
        for path in MODULES
        if room(path) == "workbench"
        for name in imports(path)
        if name.split(".")[0] == "testimonia" and name.split(".")[1:2] and name.split(".")[1] in (*STAGES, "sandbox")
    }
    assert entered <= {("bench.py", "testimonia.sandbox"), ("bench.py", "testimonia.sandbox.Sandbox")}


def test_nothing_is_pickled_or_evaluated() -> None:
    """Neither pickle nor eval: both would let a document become code."""
    used = {(path.name, name) for path in MODULES for name in imports(path) if name in ("pickle", "marshal", "shelve")}
    called = {
        (path.name, node.func.id)
        for path in MODULES
        for node in parsed(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec")
    }
    assert not used | called


FORBIDDEN = re.compile(
    r"face_?(match|recog)|voice_?(match|recog)|gait|credib\w*_?score|risk_?score|geolocat|track_person|telemetry",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_what_could_help_to_find_or_judge_a_person_is_absent(path: Path) -> None:
    """No name in the code stands for matching faces or voices, scoring or tracking people."""
    names = {
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    assert not {name for name in names if FORBIDDEN.search(name)}


def every_module() -> Iterator[str]:
    yield from (
        info.name for info in pkgutil.walk_packages([str(SOURCE)], "testimonia.") if not info.name.endswith("__main__")
    )


@pytest.mark.parametrize("name", list(every_module()))
def test_every_module_says_what_is_public_and_means_it(name: str) -> None:
    """`__all__` names things that exist, each with a docstring if it is a class or a function."""
    module = importlib.import_module(name)
    for public in getattr(module, "__all__", ()):
        thing = getattr(module, public)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, f"{name}.{public} has no docstring"


@pytest.mark.parametrize("module", [errors, model])
def test_the_shared_values_are_all_public(module: object) -> None:
    """Every class defined in errors and model stands in `__all__`."""
    defined = {
        name
        for name, thing in vars(module).items()
        if inspect.isclass(thing) and thing.__module__ == module.__name__  # type: ignore[attr-defined]
    }
    assert defined <= set(module.__all__)  # type: ignore[attr-defined]


def test_locks_name_no_index() -> None:
    """A lock file says what and which hash, never from where."""
    folder = SOURCE.parent.parent / "requirements"
    if not folder.exists():
        pytest.skip("an installed copy has no lock files")
    for lock in folder.glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert not re.search(r"https?://|--index|--find-links|file:", text), lock.name
        assert "--hash=sha256:" in text
