"""Bytes in: find, preserve, identify, read, label, split.

Parsers are loaded in the key-less process only; importing this room loads none.
"""

from testimonia.intake.reading import MAX_BYTES, read
from testimonia.intake.taking import NotTaken, take
from testimonia.intake.version import VERSION, fingerprint
from testimonia.intake.walk import Found, is_casebook, walk

__all__ = ["MAX_BYTES", "VERSION", "Found", "NotTaken", "fingerprint", "is_casebook", "read", "take", "walk"]
