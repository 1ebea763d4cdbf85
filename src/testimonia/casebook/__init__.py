"""The encrypted store. Every SQL statement on a casebook is in here; it imports no stage."""

from testimonia.casebook.keys import Kdf
from testimonia.casebook.store import Casebook
from testimonia.casebook.values import (
    Arrival,
    Collection,
    Damage,
    Decision,
    Hit,
    Item,
    Linkage,
    Listed,
    ListFile,
    ListProblem,
)
from testimonia.casebook.writer import Writer

__all__ = [
    "Arrival",
    "Casebook",
    "Collection",
    "Damage",
    "Decision",
    "Hit",
    "Item",
    "Kdf",
    "Linkage",
    "ListFile",
    "ListProblem",
    "Listed",
    "Writer",
]
