"""Ends at the wrong moment: killed, stopped, no room left, two at once; the next run makes it good."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from hostile_tools import (  # type: ignore[import-not-found]  # the script beside this one
    CHEAP,
    SECRET,
    SENTENCE,
    Case,
    Skipped,
    book,
    call,
    documents,
    finish,
    fresh_out,
    intact,
    ledger,
    results,
    start,
)
from kill_intake import make_files  # type: ignore[import-not-found]
from testimonia.casebook import Casebook

RESUMED = "resumes; same result as undisturbed"
PRINTED = re.compile(r"^intake \d+/\d+ (?:read|partly|unread) +(.+?)(?:: .*)?$", re.MULTILINE)


def _files(place: Path) -> Path:
    folder = place / "documents"
    folder.mkdir()
    make_files(folder, 6)
    (folder / "ko.txt").write_text("인권단체 '등불모임'은 2021년 북한 여성 42명이 강제송환됐다고 밝혔다. 지어낸 글.\n")
    (folder / "zh.txt").write_text("据灯笼小组透露，2021年有42名朝鲜女性被遣返。本文为虚构。\n")
    return folder


def _leftovers(out: Path) -> list[str]:
    """What a run left in the clear beside the files it names."""
    return sorted(path.name for path in out.iterdir() if path.name.startswith("."))


def killed_runs(kills: int, seed: int, place: Path) -> tuple[str, bool]:
    """SIGKILL to the whole group at random moments, from the first import to the last file."""
    folder, chance = _files(place), random.Random(seed)
    calm = fresh_out(place, "calm")
    duration, wanted = call("run", folder, "--out", calm).seconds, results(calm)
    done = 0
    wrong: list[str] = []
    while done < kills:
        out, known = fresh_out(place), set[str]()
        for _ in range(4):
            process = start("run", folder, "--out", out)
            try:
                process.wait(chance.uniform(0.15, 1.0) * duration)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                done += 1
            shown = finish(process)
            known |= set(PRINTED.findall(shown.err.rpartition("\n")[0]))
            if not intact(out / "casebook"):
                wrong.append("damaged")
            if known - set(ledger(out / "casebook")):
                wrong.append("acknowledged lost")
        last = call("run", folder, "--out", out)
        if last.code or results(out) != wanted or len(wanted) != 6:
            now = results(out)
            wrong.append(
                "different: " + ", ".join(name for name in wanted if now.get(name) != wanted[name]) + last.said
            )
        if _leftovers(out):
            wrong.append(f"left over: {_leftovers(out)}")
    return f"{done} kills, {len(wrong)} wrong {wrong[:3]}", not wrong


def killed_while_made(place: Path) -> tuple[str, bool]:
    """SIGKILL while the casebook itself is being made, with the full cost of its key."""
    folder, chance, wrong = documents(place), random.Random(7), 0
    for turn in range(8):
        out = place / f"out{turn}"
        process = start("run", folder, "--out", out)
        time.sleep(chance.uniform(0.3, 2.2))
        os.killpg(process.pid, signal.SIGKILL)
        finish(process)
        shown = call("run", folder, "--out", out)
        wrong += shown.code != 0 or not intact(out / "casebook") or bool(_leftovers(out))
    return f"8 kills, {wrong} wrong", not wrong


@contextmanager
def _small_disk(place: Path, size: str) -> Iterator[Path]:
    disk = place / "disk"
    disk.mkdir(exist_ok=True)
    if (
        os.getuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], check=False).returncode
    ):
        raise Skipped("needs root to mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def full_disk(place: Path) -> tuple[str, bool]:
    """A disk of 8 MB on which less and less room is left; then room is made, and the run resumed."""
    folder = _files(place)
    calm = fresh_out(place, "calm")
    call("run", folder, "--out", calm)
    wanted, wrong, said = results(calm), [], set[str]()
    with _small_disk(place, "8m") as disk:
        for left in (0, 2, 8, 40, 120, 200, 300, 400, 480, 560):
            out = fresh_out(disk)
            room = os.statvfs(disk)
            (disk / "ballast").write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - (left << 10))))
            shown = call("run", folder, "--out", out)
            said.add(shown.said)
            if shown.code != 2 or not shown.plain or "full" not in shown.said + "full" * (shown.code == 0):
                wrong.append(f"{left} KB left: exit {shown.code} {shown.said}")
            (disk / "ballast").unlink()
            if not intact(out / "casebook"):
                wrong.append(f"{left} KB left: damaged")
            again = call("run", folder, "--out", out)
            if again.code or results(out) != wanted:
                wrong.append(f"{left} KB left: resumed differently: {again.said}")
            shutil.rmtree(out)
    return f"{len(wrong)} wrong {wrong[:2]}; {sorted(said)[:1]}", not wrong


def full_disk_while_made(place: Path) -> tuple[str, bool]:
    wrong, folder = [], documents(place)
    with _small_disk(place, "8m") as disk:
        for left in (0, 60, 200):
            room = os.statvfs(disk)
            (disk / "ballast").write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - (left << 10))))
            shown = call("run", folder, "--out", disk / "out")
            if shown.code != 2 or not shown.plain or "full" not in shown.said:
                wrong.append(f"{left} KB: exit {shown.code} {shown.said}")
            (disk / "ballast").unlink()
            if call("run", folder, "--out", disk / "out").code:
                wrong.append(f"{left} KB: not resumed")
            shutil.rmtree(disk / "out")
    return f"{len(wrong)} wrong {wrong[:2]}", not wrong


def two_runs(place: Path) -> tuple[str, bool]:
    folder, out = _files(place), fresh_out(place)
    calm = fresh_out(place, "calm")
    call("run", folder, "--out", calm)
    both = [start("run", folder, "--out", out) for _ in range(2)]
    shown = [finish(process) for process in both]
    again = call("run", folder, "--out", out)
    plain = all(one.plain and one.code in (0, 2) for one in shown) and 0 in [one.code for one in shown]
    same = results(out) == results(calm)
    return f"exits {[one.code for one in shown]}, same result: {same}", plain and same and again.code == 0


def two_runs_that_make_it(place: Path) -> tuple[str, bool]:
    folder, out = documents(place), place / "out"
    shown = [finish(process) for process in [start("run", folder, "--out", out) for _ in range(2)]]
    good = all(one.plain and one.code in (0, 2) for one in shown) and 0 in [one.code for one in shown]
    said = [one.said for one in shown if one.code]
    return f"exits {[one.code for one in shown]} {said}", good and intact(out / "casebook") and not _leftovers(out)


def signalled(name: str, place: Path) -> tuple[str, bool]:
    """A signal to the command alone, as a terminal or a system that shuts down sends it."""
    folder, wrong = _files(place), []
    for wait in (0.5, 0.9, 1.3, 1.8, 2.5):
        out = fresh_out(place)
        process = start("run", folder, "--out", out)
        time.sleep(wait)
        process.send_signal(signal.Signals[name])
        shown = finish(process)
        if not shown.plain or (shown.code == 1):
            wrong.append(f"{wait} s: exit {shown.code} {shown.said}")
        if not intact(out / "casebook") or call("run", folder, "--out", out).code or _leftovers(out):
            wrong.append(f"{wait} s: not resumed")
    return f"{len(wrong)} wrong {wrong[:2]}; last exit {shown.code}: {shown.said}", not wrong


def stopped_writer(place: Path) -> tuple[str, bool]:
    """A writer that is stopped (SIGSTOP) keeps its right to write; another is told; it can go on."""
    path, folder = book(place), _files(place)
    script = (
        "import sys,time; from pathlib import Path; from testimonia.casebook import Casebook, Arrival\n"
        "with Casebook.open(Path(sys.argv[1]), sys.argv[2], who='stopped') as book:\n"
        "    with book.act('intake') as write: write.arrive(Arrival(path='before'))\n"
        "    print('ready', flush=True); sys.stdin.readline()\n"
        "    with book.act('intake') as write: write.arrive(Arrival(path='after'))\n"
    )
    command = [sys.executable, "-c", script, str(path), SECRET]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        writer.send_signal(signal.SIGSTOP)
        shown, reader = call("intake", path, folder), call("search", path, "women")
        writer.send_signal(signal.SIGCONT)
        writer.communicate("\n")
    after = call("intake", path, folder)
    good = shown.code == 2 and "stopped" in shown.said and reader.code == 0 and writer.returncode == 0
    return shown.said, good and after.code == 0 and {"before", "after"} <= set(ledger(path)) and intact(path)


def closed_streams(place: Path) -> tuple[str, bool]:
    folder, found = documents(place), []
    for number, (closing, allowed) in enumerate(
        (("<&-", {0}), (">&-", {0, 1, 2}), ("2>&-", {0, 2}), ("<&- >&- 2>&-", {0, 1, 2}))
    ):
        out = fresh_out(place, f"out{number}")
        shown = call("run", folder, "--out", out, prefix=("sh", "-c", f'exec "$@" {closing}', "sh"))
        whole = len(results(out)) == 6 and intact(out / "casebook")
        found.append((closing, shown.code, whole, shown.code in allowed and shown.plain))
    command = f"{sys.executable} -m testimonia export {fresh_out(place, 'x') / 'casebook'} --what codings | head -c 1"
    piped = subprocess.run(
        ["sh", "-c", command], env={**os.environ, "TESTIMONIA_PASSPHRASE": SECRET}, capture_output=True, check=False
    )
    good = all(whole and fine for *_, whole, fine in found) and b"Traceback" not in piped.stderr
    return "; ".join(f"{closing}: exit {code}, files whole: {whole}" for closing, code, whole, _ in found), good


def plain_locale(place: Path) -> tuple[str, bool]:
    folder, out = documents(place, {"강제송환.txt": SENTENCE.replace("2021", "2022").encode()}), fresh_out(place)
    more = {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    shown = call("run", folder, "--out", out, **more)
    rows = ledger(out / "casebook")
    again = call("run", folder, "--out", out)
    same = set(rows) == set(ledger(out / "casebook"))
    return f"exit {shown.code}, {sorted(rows)}", shown.code == again.code == 0 and shown.plain and same and len(
        rows
    ) == 2


def no_terminal(place: Path) -> tuple[str, bool]:
    shown = call("verify", book(place), secret=None)
    return shown.said, shown.code == 2 and shown.plain and "TESTIMONIA_PASSPHRASE" in shown.err


def secrets_stay(place: Path) -> tuple[str, bool]:
    """While files are read: what the key-less process can see of the passphrase, and what lies in the clear."""
    text = (SENTENCE * 150).encode()
    out, folder = fresh_out(place), documents(place, {f"{n}.txt": text + b"%d" % n for n in range(12)})
    scratch = place / "tmp"
    scratch.mkdir()
    process = start("run", folder, "--out", out, TMPDIR=str(scratch))
    seen: list[str] = []
    while process.poll() is None:
        for child in _children(process.pid):
            for name in ("environ", "cmdline"):
                found = _read(Path(f"/proc/{child}/{name}"))
                seen += [f"{name} of {child}"] * (SECRET.encode() in found)
            doors = _doors(child)
            seen += [door for door in doors if "casebook" in door]
        seen += [f"temporary {path.name}" for path in scratch.rglob("*") if path.is_file()]
        time.sleep(0.05)
    shown = finish(process)
    inside = b"".join(p.read_bytes() for p in (out / "casebook").rglob("*") if p.is_file())
    open_modes = [p.name for p in out.rglob("*") if p.stat().st_mode & 0o077]
    good = shown.code == 0 and not seen and b"Lantern" not in inside and not open_modes
    return f"seen by the key-less process: {sorted(set(seen))}; readable by others: {open_modes}", good


def _children(process: int) -> list[int]:
    found = [process]
    for number in found:
        for task in Path(f"/proc/{number}/task").glob("*/children"):
            found += map(int, _read(task).split())
    return found[1:]


def _doors(process: int) -> list[str]:
    doors = []
    for door in Path(f"/proc/{process}/fd").glob("*"):
        try:
            doors.append(str(door.readlink()))
        except OSError:
            continue
    return doors


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def loose_umask(place: Path) -> tuple[str, bool]:
    """With umask 0, nothing that is written can be read by others."""
    out = place / "out"
    shown = call("run", documents(place), "--out", out, prefix=("sh", "-c", 'umask 0; exec "$@"', "sh"))
    loose = [str(p.relative_to(place)) for p in (out, *out.rglob("*")) if p.stat().st_mode & 0o077]
    return f"{loose}", shown.code == 0 and not loose


def swapped(place: Path) -> tuple[str, bool]:
    """Files of a casebook put back, swapped, cut, emptied, doubled: `verify` must say so, or nothing have changed."""
    from hostile_swaps import study  # type: ignore[import-not-found]

    counts, silent = study(place)
    told = ", ".join(f"{counts[kind]} {kind}" for kind in ("found", "harmless", "past", "silent"))
    return f"{told} {silent}", not silent


def cases(kills: int, seed: int) -> tuple[Case, ...]:
    return (
        Case("kill", f"kill -9 of `run`, {kills} times", RESUMED, partial(killed_runs, kills, seed)),
        Case("kill", "kill -9 while the casebook is made, 8 times", "resumes", killed_while_made),
        Case("kill", "Ctrl-C (SIGINT), 5 moments", "one sentence, resumes", partial(signalled, "SIGINT")),
        Case("kill", "SIGTERM, 5 moments", "resumes", partial(signalled, "SIGTERM")),
        Case("kill", "SIGHUP, 5 moments", "resumes", partial(signalled, "SIGHUP")),
        Case("kill", "a writer that is stopped (SIGSTOP)", "others are told, readers read on", stopped_writer),
        Case("disk", "disk full at 10 moments of `run`", f"said; {RESUMED}", full_disk),
        Case("disk", "disk full while the casebook is made", "said; resumes", full_disk_while_made),
        Case("twice", "two runs into one OUT", "one works, the other waits or is told", two_runs),
        Case("twice", "two runs that both make OUT", "one works, the other is told", two_runs_that_make_it),
        Case("streams", "stdin, stdout, stderr closed; a pipe that ends", "ends, all files whole", closed_streams),
        Case("streams", "LANG=C, Korean names", "same ledger as in UTF-8", plain_locale),
        Case("streams", "no terminal and no passphrase", "says where one can come from", no_terminal),
        Case("secrets", "the key-less process, temporary files, modes", "no key, no text in the clear", secrets_stay),
        Case("secrets", "umask 0", "nothing readable by others", loose_umask),
        Case("swaps", "files put back, swapped, cut, emptied, doubled", "0 silent", swapped),
    )


def scratch() -> Path:
    """A folder for trying one case by hand."""
    return Path(tempfile.mkdtemp())


__all__ = ["CHEAP", "Casebook", "cases"]
