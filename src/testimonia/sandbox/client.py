"""The side that holds the key: starts the key-less process, hands it jobs, and says what became of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any

from testimonia.errors import JobCrashed, JobTimedOut, JobTooLarge, MissingPart, SandboxError
from testimonia.sandbox import jobs, limits, wire
from testimonia.sandbox.server import ANSWER, NO_MEMORY

__all__ = ["Sandbox"]

# UTF-8 file names need a locale; nothing else is handed on.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8"}
_START_SECONDS = 60.0
_GRACE = 10.0  # seconds the server has beyond the job's own to carry bytes and to end a child


class Sandbox:
    """The key-less process, seen from the process that holds the key.

    Start it before the passphrase is read. One job runs at a time; calls from several threads wait for each
    other. A server that died is started anew: the job it died with is reported, the next one runs.
    """

    def __init__(self, server: subprocess.Popen[bytes]) -> None:
        self._server = server
        self._ready = False
        self._lock = threading.Lock()

    @classmethod
    def start(cls) -> Sandbox:
        """Start the process; it loads its parsers while the caller goes on.

        From now on no other process of this user can read the memory of the calling one (Linux).
        """
        limits.keep_to_itself()
        return cls(_launch())

    def call(
        self,
        job: str,
        payload: bytes,
        *,
        arguments: Mapping[str, str] | None = None,
        seconds: float = 30.0,
        memory: int = 1 << 30,
        max_answer: int = 1 << 30,
    ) -> bytes:
        """Run `module:function` of the list in `sandbox.jobs` on `payload` in a fresh child; give its answer.

        The job is called with the payload and the arguments by name. `memory` and `max_answer` are bytes;
        `memory` bounds the address space, so a renderer with a large reserve (V8) needs more than it uses.
        Raises JobCrashed, JobTimedOut, JobTooLarge, MissingPart, and LookupError for a job not on the list.
        """
        jobs.split(job)
        request = {
            "job": job,
            "arguments": dict(arguments or {}),
            "seconds": seconds,
            "memory": memory,
            "max_answer": max_answer,
        }
        with self._lock:
            self._revive()
            try:
                end, answer = self._exchange(request, payload)
            except (wire.Gone, BrokenPipeError):
                self._stop()
                raise JobCrashed("the key-less process ended while it worked on this file.") from None
            except wire.Late:
                self._stop()
                raise JobTimedOut(f"this file took longer than {seconds:g} seconds.") from None
            except BaseException:
                self._stop()  # half an answer may be left in the pipe: it must never be taken for the next
                raise
        return _judge(end, answer, request)

    def _exchange(self, request: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], bytearray]:
        wire.send_request(self._input, request, payload)
        deadline = time.monotonic() + request["seconds"] + _GRACE
        answer = bytearray()
        while True:
            kind, data = wire.read_reply(self._output, deadline)
            if kind == b"E":
                return json.loads(data), answer
            answer += data

    def _revive(self) -> None:
        if self._server.poll() is not None:
            self._stop()
            self._server = _launch()
        if self._ready:
            return
        try:
            kind, data = wire.read_reply(self._output, time.monotonic() + _START_SECONDS)
        except (wire.Gone, wire.Late):
            self._stop()
            raise SandboxError(
                "the key-less process, in which files are read, did not start. "
                "Install testimonia into a virtual environment of its own, or run `testimonia doctor`."
            ) from None
        if kind == b"E":
            self._stop()
            missing = json.loads(data)["detail"]
            raise MissingPart(f"a part of this installation is missing ({missing}). Install it again.")
        self._ready = True

    @property
    def _input(self) -> int:
        assert self._server.stdin is not None  # noqa: S101 - opened by _launch
        return self._server.stdin.fileno()

    @property
    def _output(self) -> int:
        assert self._server.stdout is not None  # noqa: S101 - opened by _launch
        return self._server.stdout.fileno()

    def _stop(self) -> None:
        self._ready = False
        for pipe in (self._server.stdin, self._server.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
        with suppress(ProcessLookupError):
            self._server.kill()
        self._server.wait()

    def close(self) -> None:
        """End the process. A later call would start it again."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _launch() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "testimonia.sandbox.server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        close_fds=True,
        cwd=os.sep,
        env=_ENVIRONMENT,
        start_new_session=True,
    )


def _judge(end: dict[str, Any], answer: bytearray, request: dict[str, Any]) -> bytes:
    """The answer of a job, or the sentence that says why there is none."""
    status, code = end["status"], end["detail"]
    if status == "late":
        raise JobTimedOut(f"it took longer than {request['seconds']:g} seconds.")
    if status == "large":
        raise JobTooLarge(f"what came out of it was larger than {request['max_answer'] >> 20} MB.")
    if status == "memory" or answer[:1] == NO_MEMORY:
        raise JobTooLarge(f"it needed more than {request['memory'] >> 20} MB of memory.")
    if status == "crashed":
        raise JobCrashed(f"its reader ended without an answer ({_ending(code)}).")
    if answer[:1] != ANSWER:
        raise JobCrashed(f"its reader failed ({answer[1:].decode('utf-8', 'replace')}).")
    del answer[:1]
    return bytes(answer)


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
