"""The first run on a machine compiles the engine: said once, when it takes long."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["told_of_compiling"]

LONG = 2.0  # seconds of compiling after which it is said
SENTENCE = "the engine is being compiled for this machine: that takes about a minute, and happens once."


@contextmanager
def told_of_compiling(tell: Callable[[str], None]) -> Iterator[None]:
    """Call `tell` with one sentence, at most once, if functions are compiled inside and it takes long."""
    from numba.core import event

    class Listener(event.Listener):
        def __init__(self) -> None:
            self.begun: dict[int, float] = {}
            self.spent = 0.0
            self.told = False

        def on_start(self, event: Any) -> None:
            self.begun[id(event.data.get("dispatcher"))] = time.perf_counter()

        def on_end(self, event: Any) -> None:
            begun = self.begun.pop(id(event.data.get("dispatcher")), None)
            self.spent += time.perf_counter() - begun if begun is not None else 0.0
            if self.spent > LONG and not self.told:
                self.told = True
                tell(SENTENCE)

    with event.install_listener("numba:compile", Listener()):
        yield
