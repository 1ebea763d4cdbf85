"""x"""

from testimonia.intake.draft import Draft, Unreadable


def read(data: bytes, name: str) -> Draft:
    raise Unreadable("not yet read.", "Wait.")
