"""The workbench: local pages over a casebook, on loopback only. `serve` opens it."""

from testimonia.workbench.serving import Address, serve

__all__ = ["Address", "serve"]
