"""The scripts and styles of the pages keep the rules of the house; their checker is pinned without an address."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import testimonia

ROOT = Path(__file__).resolve().parents[2]
STATIC = Path(testimonia.__file__).parent / "workbench" / "static"
SCRIPTS = sorted(STATIC.glob("*.js"))
STYLES = sorted(STATIC.glob("*.css"))
# What builds markup or code out of words, or asks elsewhere; and what would outlive the page.
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\(|new Function|"
    r"setAttribute\(\"(?:on\w+|style)\"|\.style\.|importScripts|WebSocket|sendBeacon|indexedDB|"
    r"https?://(?!www\.w3\.org/)"
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_checked_short_and_builds_nodes_only(path: Path) -> None:
    """Types are checked in every file; none reads words as markup or code, or talks to anybody but the workbench."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("// @ts-check\n")
    assert len(text.splitlines()) <= 400
    assert not FORBIDDEN.findall(text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_imports_only_its_neighbours(path: Path) -> None:
    """No library: what is imported stands in the same folder."""
    found = re.findall(r"(?:from|import)\s*\(?\s*\"([^\"]+)\"", path.read_text(encoding="utf-8"))
    assert all(name.startswith("./") and (STATIC / name[2:]).is_file() for name in found)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_loads_nothing(path: Path) -> None:
    """No font, picture or sheet from anywhere."""
    assert not re.findall(r"@import|url\((?!\s*[\"']?data:)", path.read_text(encoding="utf-8"))


def test_the_checker_is_pinned_by_hash_and_names_no_registry() -> None:
    """The lock says what and which hash, never from where."""
    lock = ROOT / "package-lock.json"
    if not lock.is_file():
        pytest.skip("an installed copy has no lock files")
    packages = {name: one for name, one in json.loads(lock.read_text(encoding="utf-8"))["packages"].items() if name}
    assert packages
    assert all(one["integrity"].startswith("sha512-") and "resolved" not in one for one in packages.values())
    assert "://" not in lock.read_text(encoding="utf-8")


def test_the_types_of_the_scripts_agree() -> None:
    """`tsc` finds nothing to say, where it has been installed by `make check`."""
    compiler = ROOT / "node_modules" / ".bin" / "tsc"
    if shutil.which("node") is None or not compiler.exists():
        pytest.skip("node or tsc is not installed here; make check installs tsc where node is")
    done = subprocess.run(
        [compiler, "--noEmit", "-p", ROOT / "tsconfig.json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
