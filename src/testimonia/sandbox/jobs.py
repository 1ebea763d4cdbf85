"""Which functions the key-less process runs: those that these modules list in `__all__`, and no others.

A job takes bytes (and short arguments by name) and returns bytes. Modules are named, never imported from
here, so that no stage comes to depend on another; `PRELOADED` ones are loaded once, before the first job, the
others by the job itself.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

__all__ = ["ALLOWED", "PRELOADED", "Job", "UnknownJob", "find", "preload"]

Job = Callable[..., bytes]  # (payload: bytes, **arguments: str) -> bytes
PRELOADED = ("testimonia.intake.jobs", "testimonia.intake.warm")
ALLOWED = frozenset({*PRELOADED, "testimonia.release.render_jobs", "testimonia.sandbox.proofs"})


class UnknownJob(LookupError):
    """A job that is not on the list."""


def split(name: str) -> tuple[str, str]:
    """`module:function` as a pair; raises UnknownJob unless the module is on the list."""
    module, _, function = name.partition(":")
    if module not in ALLOWED:
        raise UnknownJob(f"{name} is no job of the key-less process")
    return module, function


def find(name: str) -> Job:
    """The job called `module:function`; raises UnknownJob for anything that is not on the list."""
    module_name, function = split(name)
    module = import_module(module_name)
    if function not in module.__all__:
        raise UnknownJob(f"{name} is no job of the key-less process")
    return cast(Job, getattr(module, function))


def preload() -> None:
    """Load what every job needs, once, so that a job costs a fork and not an import."""
    for module in PRELOADED:
        import_module(module)
