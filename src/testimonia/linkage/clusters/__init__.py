"""Who is the same person: constraints, draws of the partition, clusters, missed pairs, overlap tables."""

from __future__ import annotations

from testimonia.linkage.clusters.drawing import Draws, draw
from testimonia.linkage.clusters.persons import Persons, expected_change, persons
from testimonia.linkage.clusters.point import Clustering, Merge, best_clusters, co_membership

__all__ = [
    "Clustering",
    "Draws",
    "Merge",
    "Persons",
    "best_clusters",
    "co_membership",
    "draw",
    "expected_change",
    "persons",
]
