"""Who is the same person: constraints, draws of the partition, clusters, missed pairs, overlap tables."""

from __future__ import annotations

from testimonia.linkage.clusters.drawing import Draws, draw

__all__ = ["Draws", "draw"]
