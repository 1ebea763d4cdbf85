"""The public face of the log-linear models: one fit, all fits, and the answers that rest on them."""

from testimonia.estimation.loglinear.averaged import loglinear_average
from testimonia.estimation.loglinear.chosen import independence, loglinear_aic, loglinear_bic
from testimonia.estimation.loglinear.every import AllFits, fit_all
from testimonia.estimation.loglinear.listed import top_models, verdict_counts
from testimonia.estimation.loglinear.single import Fit, fit_model

__all__ = [
    "AllFits",
    "Fit",
    "fit_all",
    "fit_model",
    "independence",
    "loglinear_aic",
    "loglinear_average",
    "loglinear_bic",
    "top_models",
    "verdict_counts",
]
