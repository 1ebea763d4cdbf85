"""Drawing in the key-less process: pictures and pages, or the sentence that says why there are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from testimonia.errors import SandboxError
from testimonia.release import render_jobs
from testimonia.release.blocks import Picture

__all__ = ["Draw", "Drawing", "KeylessProcess"]

Draw = Callable[[str, bytes], bytes]
"""A job of the key-less process by its short name, and its payload: the answer."""

SECONDS = 120.0
PDF_MEMORY = 2 << 30
CHART_MEMORY = 128 << 30  # address space: V8 reserves 64 GB of it and uses 0.1
LARGEST = 256 << 20  # bytes of one answer


class KeylessProcess(Protocol):
    """What draws pictures and pages: a process that holds no key."""

    def call(
        self, job: str, payload: bytes, *, seconds: float = ..., memory: int = ..., max_answer: int = ...
    ) -> bytes:
        """Run `module:function` on `payload`."""
        ...


class Drawing:
    """Draws in the key-less process; what cannot be drawn is left out, and `failures` says why.

    `name` is that of the HTML page without its ending: `failures` knows the PDF as `<name>.pdf`.
    """

    def __init__(self, sandbox: KeylessProcess, name: str) -> None:
        self._sandbox, self._name = sandbox, name
        self.failures: dict[str, str] = {}

    def pictures(self, make: Callable[[Draw], dict[str, Picture]]) -> dict[str, Picture]:
        """Return the pictures that `make` draws, none where they could not be drawn."""
        if lacking := render_jobs.lacking_for_charts():
            self.failures["pictures"] = lacking
            return {}
        try:
            return make(lambda job, payload: self._call(job, payload, CHART_MEMORY))
        except SandboxError as error:
            self.failures["pictures"] = f"the pictures were not drawn: {error}"
            return {}

    def pdf(self, payload: bytes) -> bytes | None:
        """Return the PDF set from `payload` (JSON), or None where it could not be made."""
        if lacking := render_jobs.lacking_for_pdf(self._name):
            self.failures[f"{self._name}.pdf"] = lacking
            return None
        try:
            return self._call("pdf", payload, PDF_MEMORY)
        except SandboxError as error:
            self.failures[f"{self._name}.pdf"] = f"the PDF was not made: {error}"
            return None

    def _call(self, job: str, payload: bytes, memory: int) -> bytes:
        name = f"testimonia.release.render_jobs:{job}"
        return self._sandbox.call(name, payload, seconds=SECONDS, memory=memory, max_answer=LARGEST)
