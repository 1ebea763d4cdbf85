"""Links on a page: how many records and persons, what evidence carried the links, how sure they are."""

from testimonia.release.links.pages import beside_truth, section
from testimonia.release.links.writing import chapter_pictures, write

__all__ = ["beside_truth", "chapter_pictures", "section", "write"]
