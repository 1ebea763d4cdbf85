"""The encrypted store. Every SQL statement on a casebook is in here; it imports no stage."""

from testimonia.casebook.keys import Kdf
from testimonia.casebook.store import Casebook
from testimonia.casebook.values import (
    BLIND,
    PERSON,
    Arrival,
    Collection,
    Damage,
    Decision,
    Hit,
    Item,
    Judged,
    Linkage,
    Listed,
    ListFile,
    ListProblem,
    Vote,
)
from testimonia.casebook.writer import Writer

__all__ = [
    "BLIND",
    "PERSON",
    "Arrival",
    "Casebook",
    "Collection",
    "Damage",
    "Decision",
    "Hit",
    "Item",
    "Judged",
    "Kdf",
    "Linkage",
    "ListFile",
    "ListProblem",
    "Listed",
    "Vote",
    "Writer",
]
