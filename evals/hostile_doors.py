"""Casebooks and paths that cannot be used as asked: one sentence, exit 2, nothing written."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from hostile_tools import (  # type: ignore[import-not-found]  # the script beside this one
    SECRET,
    Case,
    Shown,
    Skipped,
    book,
    call,
    documents,
    fresh_out,
    intact,
    ledger,
    snapshot,
)
from testimonia.casebook import Casebook
from testimonia.casebook.header import FORMAT


def _as_anybody() -> Sequence[str]:
    """What runs the command without root's right to pass by permissions."""
    if os.getuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        raise Skipped("root passes by all permissions, and there is no setpriv to give that up")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def _refused(shown: Shown, word: str = "") -> bool:
    one = len(shown.err.strip().splitlines()) == 1
    return bool(shown.code == 2 and one and shown.plain and word in shown.err)


def wrong_passphrase(place: Path) -> tuple[str, bool]:
    path = book(place)
    before = snapshot(path)
    shown = [call(*words, secret="wrong") for words in _uses(path, documents(place), place)]
    return shown[0].said, all(map(_refused, shown)) and snapshot(path) == before


def _uses(path: Path, files: Path, place: Path) -> list[tuple[object, ...]]:
    return [
        ("search", path, "women"), ("intake", path, files), ("code", path), ("verify", path),
        ("dossier", path, "--out", place / "found"), ("export", path),
    ]  # fmt: skip


def other_program(place: Path) -> tuple[str, bool]:
    path = place / "theirs"
    path.mkdir()
    (path / "casebook.json").write_text('{"format": "another program"}')
    (path / "casebook.db").write_bytes(b"SQLite format 3\0" + bytes(4096))
    before = snapshot(path)
    shown = [call(*words) for words in _uses(path, documents(place), place)]
    return shown[0].said, all(map(_refused, shown)) and snapshot(path) == before


def newer_header(place: Path) -> tuple[str, bool]:
    path = book(place)
    from hashlib import sha256

    for name in ("casebook.json", "casebook.copy.json"):
        fields = json.loads((path / name).read_text())
        fields.pop("checksum")
        fields |= {"version": 99, "format": FORMAT}
        plain = json.dumps(fields, sort_keys=True, indent=1).encode() + b"\n"
        fields["checksum"] = sha256(plain).hexdigest()
        (path / name).write_text(json.dumps(fields, sort_keys=True, indent=1) + "\n")
    before = snapshot(path)
    shown = [call(*words) for words in _uses(path, documents(place), place)]
    return shown[0].said, all(_refused(one, "newer") for one in shown) and snapshot(path) == before


def newer_tables(place: Path) -> tuple[str, bool]:
    path = book(place)
    with Casebook.open(path, SECRET) as opened:
        opened._db.run("PRAGMA user_version = 99")
    held = snapshot(path)["casebook.db"]
    shown = [call(*words) for words in _uses(path, documents(place), place) if words[0] != "verify"]
    said = call("verify", path)
    good = all(_refused(one, "newer") for one in shown) and said.code in (1, 2) and said.plain
    return shown[0].said, good and snapshot(path)["casebook.db"] == held


def in_use(place: Path) -> tuple[str, bool]:
    path = book(place)
    with Casebook.open(path, SECRET, who="first"):
        before = snapshot(path)
        shown = call("code", path)
        reader = call("search", path, "women")
        same = snapshot(path) == before
    return shown.said, _refused(shown, "first") and reader.code == 0 and same


def lock_held_without_a_name(place: Path) -> tuple[str, bool]:
    path = book(place)
    with (path / "casebook.lock").open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        shown = call("code", path)
    return shown.said, _refused(shown, "another process")


def bad_pseudonym(place: Path) -> tuple[str, bool]:
    shown = call("intake", book(place), documents(place), "--as", "no\nname!")
    return shown.said, _refused(shown)


def missing_path(place: Path) -> tuple[str, bool]:
    path = book(place)
    shown = call("intake", path, place / "missing", documents(place))
    found = ledger(path)
    return f"{found.get('missing')}", shown.code == 0 and "missing" in found and found["good.txt"][0] == "read"


def no_permission(place: Path) -> tuple[str, bool]:
    who = _as_anybody()
    folder = documents(place, {"closed.txt": b"x"})
    (folder / "closed.txt").chmod(0o000)
    (folder / "shut").mkdir(mode=0o000)
    out = place / "out"
    shown = call("run", folder, "--out", out, prefix=who)
    text = (out / "ledger.csv").read_text() if (out / "ledger.csv").exists() else ""
    good = shown.code == 0 and shown.plain and "closed.txt" in text and "shut/" in text
    return shown.said if not good else "both named, the rest read", good


def casebook_out_of_reach(place: Path) -> tuple[str, bool]:
    who = _as_anybody()
    path = book(place)
    shown = []
    for mode, file in ((0o000, path), (0o000, path / "casebook.json"), (0o000, path / "casebook.db")):
        before = file.stat().st_mode
        file.chmod(mode)
        shown += [call(*words, prefix=who) for words in _uses(path, documents(place), place)]
        file.chmod(before)
    bad = [one.said for one in shown if not _refused(one) or "ermission" not in one.err]
    return "; ".join(bad[:1]) or shown[0].said, not bad and intact(path)


def read_only_casebook(place: Path) -> tuple[str, bool]:
    who = _as_anybody()
    path = book(place)
    for folder in (path, path / "objects"):
        if folder.exists():
            folder.chmod(0o555)
    for file in path.iterdir():
        if file.is_file():
            file.chmod(0o444)
    reading = [call(*words, prefix=who) for words in (("search", path, "x"), ("verify", path), ("export", path))]
    writing = call("intake", path, documents(place), prefix=who)
    path.chmod(0o755)
    return writing.said, all(one.code == 0 for one in reading) and _refused(writing)


def read_only_out(place: Path) -> tuple[str, bool]:
    who = _as_anybody()
    out = place / "out"
    out.mkdir(mode=0o555)
    if os.getuid() == 0:
        os.chown(out, 65534, 65534)
    shown = call("run", documents(place), "--out", out, prefix=who)
    return shown.said, shown.code == 2 and shown.plain and "Passphrase of" not in shown.err


def out_beyond_reach(place: Path) -> tuple[str, bool]:
    who = _as_anybody()
    shut = place / "shut"
    shut.mkdir(mode=0o000)
    shown = [call("run", documents(place), "--out", shut / "deeper" / "out", prefix=who)]
    shown.append(call("verify", shut / "book", prefix=who))
    return shown[0].said, all(map(_refused, shown)) and "permission" in shown[1].err.lower()


def empty_folder(place: Path) -> tuple[str, bool]:
    path, folder = book(place), documents(place)
    (folder / "empty").mkdir()
    shown = call("intake", path, folder)
    return f"{ledger(path).get('empty/')}", shown.code == 0 and "empty/" in ledger(path)


def only_an_empty_folder(place: Path) -> tuple[str, bool]:
    folder = place / "nothing"
    folder.mkdir()
    shown = call("run", folder, "--out", fresh_out(place))
    return shown.said, shown.plain and "empty" in shown.err


def inside_the_casebook(place: Path) -> tuple[str, bool]:
    path, folder = book(place), documents(place)
    shown = call("intake", path, path / "objects", path, folder)
    found = ledger(path)
    good = shown.code == 0 and found["good.txt"][0] == "read" and sum(o == "read" for o, *_ in found.values()) == 1
    return "; ".join(f"{name}: {why}" for name, (_, why, _) in found.items() if why), good


def out_inside_path(place: Path) -> tuple[str, bool]:
    folder = documents(place)
    out = fresh_out(folder, "out")
    shown = [call("run", folder, "--out", out) for _ in range(2)]
    rows = ledger(out / "casebook")
    good = all(one.code == 0 for one in shown) and not any("/" in name.rstrip("/") for name in rows)
    return f"{sorted(rows)}", good and rows["good.txt"][0] == "read" and "never read" in shown[1].err


def path_is_out(place: Path) -> tuple[str, bool]:
    out = fresh_out(place)
    first = call("run", documents(place), "--out", out)
    again = call("run", out, "--out", out)
    rows = ledger(out / "casebook")
    return again.said, first.code == 0 and again.plain and [n for n, r in rows.items() if r[0] == "read"] == [
        "good.txt"
    ]


def out_of_somebody_else(place: Path) -> tuple[str, bool]:
    out = place / "theirs"
    out.mkdir()
    (out / "ledger.csv").write_text("my accounts")
    shown = call("run", documents(place), "--out", out)
    return shown.said, _refused(shown) and (out / "ledger.csv").read_text() == "my accounts"


def out_is_a_file(place: Path) -> tuple[str, bool]:
    (place / "out").write_text("mine")
    shown = call("run", documents(place), "--out", place / "out")
    under = call("run", documents(place), "--out", place / "out" / "deeper")
    return shown.said, _refused(shown) and _refused(under)


def out_exists(place: Path) -> tuple[str, bool]:
    folder, out = documents(place), fresh_out(place)
    first = call("run", folder, "--out", out)
    before = {name: data for name, (data, _) in snapshot(out).items() if "/" not in name and name != "run.json"}
    again = call("run", folder, "--out", out)
    after = {name: data for name, (data, _) in snapshot(out).items() if "/" not in name and name != "run.json"}
    other = call("run", folder, "--out", out, secret="wrong")
    good = first.code == again.code == 0 and before == after and other.code == 2 and intact(out / "casebook")
    return f"same files: {before == after}; other passphrase: {other.said}", good


REFUSED = "one sentence, exit 2, nothing written"
NAMED = "named, the rest goes on"
CASES = (
    Case("casebook", "wrong passphrase (6 commands)", REFUSED, wrong_passphrase),
    Case("casebook", "casebook of another program (6 commands)", REFUSED, other_program),
    Case("casebook", "newer header", REFUSED, newer_header),
    Case("casebook", "newer tables", REFUSED, newer_tables),
    Case("casebook", "in use by another process", f"{REFUSED}; readers read on", in_use),
    Case("casebook", "lock held, holder unknown", REFUSED, lock_held_without_a_name),
    Case("casebook", "casebook, header or database that may not be read (18 commands)", REFUSED, casebook_out_of_reach),
    Case("casebook", "casebook on a medium that cannot be written", "is read; writing is refused", read_only_casebook),
    Case("casebook", "`--as` with what is no pseudonym", REFUSED, bad_pseudonym),
    Case("paths", "path that does not exist", NAMED, missing_path),
    Case("paths", "no permission for a file and a folder", NAMED, no_permission),
    Case("paths", "empty folder among others", NAMED, empty_folder),
    Case("paths", "nothing but an empty folder", "said", only_an_empty_folder),
    Case("paths", "the casebook, a folder inside it", NAMED, inside_the_casebook),
    Case("paths", "OUT that exists", "resumes; same files; other passphrase refused", out_exists),
    Case("paths", "OUT inside PATH, twice", "never reads itself; says so", out_inside_path),
    Case("paths", "PATH is OUT", "never reads itself", path_is_out),
    Case("paths", "OUT holds somebody's ledger.csv", REFUSED, out_of_somebody_else),
    Case("paths", "OUT is a file, or lies under one", REFUSED, out_is_a_file),
    Case("paths", "OUT cannot be written to", REFUSED, read_only_out),
    Case("paths", "OUT, or a casebook, in a folder that is shut", REFUSED, out_beyond_reach),
)
