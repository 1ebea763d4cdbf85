"""Latent classes: people of unknown kinds, lists independent within a kind (Manrique-Vallier 2016, Biometrics 72)."""

from __future__ import annotations

from testimonia.estimation.latent.answer import latent_class
from testimonia.estimation.latent.sampler import Chains, sample

__all__ = ["Chains", "latent_class", "sample"]
