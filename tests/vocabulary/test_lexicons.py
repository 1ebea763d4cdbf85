"""Every code that a lexicon can give is in the codebook; a wrong one would be refused by the gate, line by line."""

from __future__ import annotations

import pytest

from testimonia import vocabulary
from testimonia.coding.codebook import load_codebook

COLUMNS = {
    "acts": (("code", "act"),),
    "measures": (("code", "measure"), ("mtype", "measure"), ("status", "status")),
    "cues": (("code", "stance"), ("stance", "stance")),
    "roles": (("code", "role"), ("norm", "role")),
    "units": (("unit", "unit"),),
    "symbols": (("unit", "unit"),),
    "hedges": (("comparator", "comparator"),),
}
TABLES = [name[:-4] for name in vocabulary.names() if name.rpartition("/")[2][:-4] in COLUMNS and "/" in name]


@pytest.mark.parametrize("name", TABLES)
def test_every_code_of_a_lexicon_is_in_the_codebook(name: str) -> None:
    """Acts, measures, stances, roles, units and comparators of the three languages."""
    book = load_codebook()
    for column, scheme in COLUMNS[name.rpartition("/")[2]]:
        for row in vocabulary.rows(name):
            for code in filter(None, row.get(column, "").replace(",", "|").split("|")):
                known = book.is_unit(code) if scheme == "unit" else code in book.schemes[scheme]
                assert known or code == "-", f"{name}: {code} is no {scheme}"
