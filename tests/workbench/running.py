"""A workbench that answers in a thread of its own, on a port of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from tests.workbench.invented import PASSPHRASE, WHO

from testimonia.sandbox import Sandbox
from testimonia.workbench.app import workbench
from testimonia.workbench.bench import Bench
from testimonia.workbench.door import Door
from testimonia.workbench.routes import ROUTES
from testimonia.workbench.serving import run
from testimonia.workbench.web import Route

__all__ = ["Running", "serving"]


@dataclass(frozen=True)
class Running:
    """A workbench at work: where it is, what it looks at, and the cookie that lets one in."""

    bench: Bench
    door: Door
    cookie: str

    @property
    def origin(self) -> str:
        return self.door.origin

    def client(self) -> httpx.Client:
        """Somebody who is let in and speaks as a page of the workbench itself does."""
        headers = {"origin": self.origin, "sec-fetch-site": "same-origin", "accept": "application/json"}
        return httpx.Client(base_url=self.origin, cookies={self.door.cookie: self.cookie}, headers=headers, timeout=60)


@contextmanager
def serving(
    path: Path,
    *,
    who: str | None = WHO,
    passphrase: str = PASSPHRASE,
    idle: float = 900.0,
    sample: bool = False,
    routes: Sequence[Route] = ROUTES,
    let_in: bool = True,
) -> Iterator[Running]:
    """Serve the casebook at `path` until the block ends; with `let_in` the token is used up for the cookie."""
    # The protocol is named because asyncio sends small answers without delay only where it is.
    with Sandbox.start() as sandbox, socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as place:
        place.bind(("127.0.0.1", 0))
        place.listen(64)
        bench = Bench(path, passphrase, who=who, sandbox=sandbox, sample=sample, idle=idle)
        door = Door(place.getsockname()[1])
        server = uvicorn.Server(
            uvicorn.Config(
                workbench(bench, door, routes),
                log_level="critical",
                access_log=False,
                server_header=False,
                lifespan="off",
                ws="none",
            )
        )
        thread = threading.Thread(target=lambda: asyncio.run(run(server, place, bench)), daemon=True)
        thread.start()
        _wait(server)
        try:
            yield Running(bench, door, _enter(door) if let_in else "")
        finally:
            server.should_exit = True
            thread.join(timeout=20)
            bench.forget()


def _wait(server: uvicorn.Server) -> None:
    until = time.monotonic() + 20
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("the workbench did not start within 20 seconds")
        time.sleep(0.01)


def _enter(door: Door) -> str:
    answer = httpx.get(door.address)
    assert answer.status_code == 303, answer.text
    return str(answer.cookies[door.cookie])
