"""The key-less process: waits for jobs on its standard input and runs each in a child of its own.

It is started with an empty environment and no descriptors but three pipes, loads the parsers once, and ends
when its standard input does, so also when its parent is killed.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import sys
import time
from contextlib import suppress
from typing import Any, NoReturn

from testimonia.sandbox import jobs, limits, wire

__all__ = ["main"]

# What a child says first about its answer.
ANSWER, NO_MEMORY, FAILED = b"A", b"M", b"F"
_NO_DOOR = 2  # standard streams stay open on the null device, everything above but the answer is closed
_LINGER = 1.0  # seconds between the end of an answer and the end of its child


def main() -> NoReturn:
    """Serve jobs until the parent goes away."""
    requests, replies = _take_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    try:
        jobs.preload()
    except ImportError as problem:
        wire.send_reply(replies, b"E", json.dumps({"status": "absent", "detail": str(problem)}).encode())
        os._exit(1)
    limits.give_up_rights()
    gc.collect()
    gc.freeze()
    wire.send_reply(replies, b"H", b"")
    with suppress(wire.Gone, BrokenPipeError):
        stream = os.fdopen(requests, "rb", closefd=False)
        while True:
            request, payload = wire.read_request(stream)
            _serve(request, payload, requests, replies)
            del payload
    os._exit(0)


def _take_pipes() -> tuple[int, int]:
    """Keep the two pipes under numbers of their own: a library that prints must not speak into them."""
    requests, replies = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)
    return requests, replies


def _serve(request: dict[str, Any], payload: bytes, requests: int, replies: int) -> None:
    reader, writer = os.pipe()
    server = os.getpid()
    child = os.fork()
    if not child:
        os.close(reader)
        _child(request, payload, writer, server)
    os.close(writer)
    with suppress(OSError):
        os.setpgid(child, child)
    try:
        status = _relay(request, reader, requests, replies)
    finally:
        os.close(reader)
        code = _end(child, request["deadline"])
    end = {"status": status or _exit_status(code), "detail": code}
    wire.send_reply(replies, b"E", json.dumps(end).encode())


def _relay(request: dict[str, Any], reader: int, requests: int, replies: int) -> str | None:
    """Pass the child's answer on as it comes; a status where it has to be cut off, None where it ended."""
    deadline = request["deadline"] = time.monotonic() + request["seconds"]
    passed = 0
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    poll.register(requests, 0)  # only its hanging up counts: the parent is gone
    while True:
        left = deadline - time.monotonic()
        events = dict(poll.poll(left * 1000)) if left > 0 else {}
        if not events:
            return "late"
        if requests in events:
            raise wire.Gone
        data = os.read(reader, wire.CHUNK)
        if not data:
            return None
        passed += len(data)
        if passed > request["max_answer"] + 1:
            return "large"
        wire.send_reply(replies, b"D", data)


def _end(child: int, deadline: float) -> int:
    """Wait for the child as long as its time lasts, then end it and all of its group; its exit code."""
    until = min(deadline, time.monotonic() + _LINGER)
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > until:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            break
        time.sleep(0.001)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status)


def _exit_status(code: int) -> str:
    if code == 0:
        return "done"
    if code == -signal.SIGXCPU:
        return "late"
    return "memory" if code == -signal.SIGKILL else "crashed"


def _child(request: dict[str, Any], payload: bytes, writer: int, server: int) -> NoReturn:
    """Run one job and answer; nothing returns from here into the server's loop."""
    try:
        os.setpgid(0, 0)
        limits.die_with_parent(server)
        _shut_doors(writer)
        limits.confine(request["seconds"], request["memory"])
        kind, body = _run(request, payload)
        wire.write_all(3, kind)
        wire.write_all(3, body)
        os._exit(0)
    finally:
        os._exit(1)


def _shut_doors(writer: int) -> None:
    if writer != 3:
        os.dup2(writer, 3)
    os.closerange(4, min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 4096))


def _run(request: dict[str, Any], payload: bytes) -> tuple[bytes, bytes]:
    try:
        return ANSWER, jobs.find(request["job"])(payload, **request["arguments"])
    except MemoryError:
        return NO_MEMORY, b""
    except (RecursionError, jobs.UnknownJob) as problem:
        return FAILED, str(problem).encode()
    except Exception as problem:  # noqa: BLE001 - crosses the pipe as a sentence; the caller raises it
        return FAILED, _where(problem).encode()


def _where(problem: Exception) -> str:
    """Type and place of an error, without its message: that may quote the file."""
    trace = problem.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else ""
    return f"{type(problem).__name__}{place}"


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
