"""Serving the workbench on the loopback interface, until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from testimonia.errors import UnusablePath
from testimonia.workbench.app import workbench
from testimonia.workbench.bench import Bench
from testimonia.workbench.door import Door

__all__ = ["Address", "run", "serve"]

LOOPBACK = "127.0.0.1"
CARE = 0.1  # seconds between two looks at whether to lock


@dataclass(frozen=True, slots=True)
class Address:
    """Where a workbench is to be found; `url` lets somebody in, once."""

    port: int
    url: str


def serve(bench: Bench, *, port: int = 0, ready: Callable[[Address], None]) -> None:
    """Serve until stopped. `ready` is told the address as soon as it answers; port 0 takes any that is free.

    Raises UnusablePath where the port is taken.
    """
    with contextlib.closing(_bound(port)) as place:
        door = Door(place.getsockname()[1])
        server = uvicorn.Server(
            uvicorn.Config(
                workbench(bench, door),
                log_level="critical",
                access_log=False,
                server_header=False,
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=5,
            )
        )
        ready(Address(door.port, door.address))
        try:
            asyncio.run(run(server, place, bench))
        finally:
            bench.forget()


async def run(server: uvicorn.Server, place: socket.socket, bench: Bench) -> None:
    """Answer at a bound socket until the server is told to end, and look after the bench meanwhile."""
    care = asyncio.create_task(_look_after(bench))
    try:
        await server.serve(sockets=[place])
    finally:
        care.cancel()


async def _look_after(bench: Bench) -> None:
    while True:
        await asyncio.sleep(CARE)
        await asyncio.to_thread(bench.look_after)


def _bound(port: int) -> socket.socket:
    # Named, because the event loop sets TCP_NODELAY only then; without it each answer waits 40 ms for nothing.
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((LOOPBACK, port))
        place.listen(128)
    except OSError as error:
        place.close()
        raise UnusablePath(
            f"port {port} of this machine cannot be used ({(error.strerror or '').lower()}): name another with --port."
        ) from error
    return place
