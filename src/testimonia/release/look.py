"""Letters and colours that all pictures share."""

from __future__ import annotations

__all__ = ["ACCENT", "FONT", "INK", "LINE", "PALE", "SOFT", "WIDTH"]

FONT = "Noto Sans CJK KR, Noto Sans, sans-serif"
INK, SOFT, LINE, ACCENT, PALE = "#1d1b18", "#5d574e", "#d6cec0", "#7a2e1d", "#efe9dd"
WIDTH = 620
