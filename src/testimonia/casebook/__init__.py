"""The encrypted store. Every SQL statement on a casebook is in here; it imports no stage."""

from testimonia.casebook.keys import Kdf
from testimonia.casebook.store import Casebook
from testimonia.casebook.values import Arrival, Damage, Hit, Item
from testimonia.casebook.writer import Writer

__all__ = ["Arrival", "Casebook", "Damage", "Hit", "Item", "Kdf", "Writer"]
