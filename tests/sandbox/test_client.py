"""The key-less process: what it answers, how it fails, and what it cannot reach."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.errors import JobCrashed, JobTimedOut, JobTooLarge
from testimonia.sandbox import Sandbox, jobs

PROOFS = "testimonia.sandbox.proofs"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start() as process:
        yield process


def test_bytes_come_back_unchanged(sandbox: Sandbox) -> None:
    payload = bytes(range(256)) * 20_000
    assert sandbox.call(f"{PROOFS}:echo", payload) == payload


def test_an_empty_answer_is_an_answer(sandbox: Sandbox) -> None:
    assert sandbox.call(f"{PROOFS}:echo", b"") == b""


@pytest.mark.parametrize("job", ["os:system", f"{PROOFS}:os", f"{PROOFS}:nothing", "testimonia.project:run"])
def test_only_listed_functions_can_be_called(sandbox: Sandbox, job: str) -> None:
    with pytest.raises((jobs.UnknownJob, JobCrashed)):
        sandbox.call(job, b"true")


def test_a_job_that_never_answers_is_ended(sandbox: Sandbox) -> None:
    with pytest.raises(JobTimedOut, match=r"longer than 0\.2 seconds"):
        sandbox.call(f"{PROOFS}:sleep", b"", seconds=0.2)
    assert sandbox.call(f"{PROOFS}:echo", b"next") == b"next"


def test_a_segmentation_fault_is_an_error_of_that_job_alone(sandbox: Sandbox) -> None:
    with pytest.raises(JobCrashed, match="SIGSEGV"):
        sandbox.call(f"{PROOFS}:abort", b"")
    assert sandbox.call(f"{PROOFS}:echo", b"next") == b"next"


def test_memory_is_bounded(sandbox: Sandbox) -> None:
    with pytest.raises(JobTooLarge, match="512 MB"):
        sandbox.call(f"{PROOFS}:fill_memory", b"", memory=512 << 20)


def test_an_answer_that_is_too_large_is_cut_off(sandbox: Sandbox) -> None:
    with pytest.raises(JobTooLarge, match="larger than 1 MB"):
        sandbox.call(f"{PROOFS}:write_zeros", b"5000000", max_answer=1 << 20)
    assert sandbox.call(f"{PROOFS}:write_zeros", b"1048576", max_answer=1 << 20) == bytes(1 << 20)


def test_an_error_does_not_quote_the_file(sandbox: Sandbox) -> None:
    with pytest.raises(JobCrashed, match="ValueError") as caught:
        sandbox.call(f"{PROOFS}:raise_error", b"a private name")
    assert "private" not in str(caught.value)


def test_the_child_sees_no_environment_and_no_descriptor_of_the_parent(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TESTIMONIA_PASSPHRASE", "secret")
    with (tmp_path / "open").open("w") as kept:
        os.set_inheritable(kept.fileno(), True)
        with Sandbox.start() as fresh:
            seen = json.loads(fresh.call(f"{PROOFS}:surroundings", b""))
    assert set(seen["environment"]) <= {"LC_ALL", "LC_CTYPE"}
    assert max(seen["descriptors"]) <= 3  # 3 answers
    assert seen["folder"] == "/"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system call filter is of Linux")
def test_nothing_can_be_sent_written_removed_or_started(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "present").write_bytes(b"kept")
    answer = json.loads(sandbox.call(f"{PROOFS}:attempts", str(tmp_path).encode()))
    files = {name: answer.pop(name) for name in ("read", "list", "look_up", "look_up_higher")}
    assert answer == dict.fromkeys(
        ("network", "write", "remove", "run", "signal", "leave_group", "signal_by_thread", "slow_down"), False
    )
    assert files == dict.fromkeys(files, False) or not landlocked()
    assert [path.name for path in tmp_path.iterdir()] == ["present"]


def landlocked() -> bool:
    """Whether this kernel can shut a process off from files."""
    return bool(ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) > 0)


def test_a_server_that_was_killed_is_started_again() -> None:
    with Sandbox.start() as sandbox:
        assert sandbox.call(f"{PROOFS}:echo", b"one") == b"one"
        sandbox._server.kill()
        sandbox._server.wait()
        assert sandbox.call(f"{PROOFS}:echo", b"two") == b"two"


def test_a_server_that_dies_with_a_job_reports_the_job() -> None:
    with Sandbox.start() as sandbox:
        sandbox.call(f"{PROOFS}:echo", b"")
        threading.Timer(0.3, sandbox._server.kill).start()
        with pytest.raises(JobCrashed, match="ended while it worked"):
            sandbox.call(f"{PROOFS}:sleep", b"", seconds=20)
        assert sandbox.call(f"{PROOFS}:echo", b"next") == b"next"


def test_threads_wait_for_each_other(sandbox: Sandbox) -> None:
    answers: dict[int, bytes] = {}

    def ask(number: int) -> None:
        answers[number] = sandbox.call(f"{PROOFS}:echo", str(number).encode())

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: str(number).encode() for number in range(6)}


PARENT = """
import os, sys, threading, time
from testimonia.sandbox import Sandbox
sandbox = Sandbox.start()
sandbox.call("testimonia.sandbox.proofs:echo", b"")
print(sandbox._server.pid, flush=True)
threading.Timer(0.2, lambda: os.kill(os.getpid(), 9)).start()
sandbox.call("testimonia.sandbox.proofs:sleep", b"", seconds=60)
"""


def test_the_server_and_its_child_die_with_a_killed_parent() -> None:
    parent = subprocess.run([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, timeout=30, check=False)
    assert parent.returncode == -signal.SIGKILL
    server = int(parent.stdout)
    until = time.monotonic() + 10
    while _alive(server) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _alive(server)


def _alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
