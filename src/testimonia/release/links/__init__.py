"""Links on a page: how many records and persons, what evidence carried the links, how sure they are."""

from testimonia.release.links.pages import section
from testimonia.release.links.writing import chapter_pictures, write

__all__ = ["chapter_pictures", "section", "write"]
