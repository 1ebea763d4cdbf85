"""The assumption on the table: the same fits, different unseen cells."""

from testimonia.estimation.sensitivity.band import HALF_WIDTH, WIDTHS
from testimonia.estimation.sensitivity.sweep import SATURATED, sensitivity

__all__ = ["HALF_WIDTH", "SATURATED", "WIDTHS", "sensitivity"]
