"""What long work says of itself while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Report", "Step", "quiet"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of long work: `done` of `total` in `stage`; `notable` where the user should see `text` stay."""

    stage: str
    done: int
    total: int
    text: str = ""
    notable: bool = False


Report = Callable[[Step], None]


def quiet(_step: Step) -> None:
    """Report nothing."""
