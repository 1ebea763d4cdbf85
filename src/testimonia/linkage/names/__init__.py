"""Names: any written form of a Korean or Chinese name as a lattice of readings, compared, weighed, blocked on."""

from testimonia.linkage.names.adapting import adapted
from testimonia.linkage.names.codes import encode
from testimonia.linkage.names.comparing import (
    compare_encoded,
    evidence,
    given_evidence,
    score_many,
    surname_evidence,
)
from testimonia.linkage.names.deciding import Comparison, compare, reading
from testimonia.linkage.names.keys import best_key, families, keys, partial_keys
from testimonia.linkage.names.reading import read

__all__ = [
    "Comparison",
    "adapted",
    "best_key",
    "compare",
    "compare_encoded",
    "encode",
    "evidence",
    "families",
    "given_evidence",
    "keys",
    "partial_keys",
    "read",
    "reading",
    "score_many",
    "surname_evidence",
]
