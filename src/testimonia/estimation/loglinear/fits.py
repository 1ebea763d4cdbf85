"""The public face of the log-linear models."""

from testimonia.estimation.loglinear.every import AllFits, fit_all
from testimonia.estimation.loglinear.single import Fit, fit_model

__all__ = ["AllFits", "Fit", "fit_all", "fit_model"]
