"""Links on a page: how many records and persons, what evidence carried the links, how sure they are."""

from testimonia.release.links.writing import write

__all__ = ["write"]
