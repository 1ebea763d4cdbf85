"""Lists of people as spreadsheets: their rows as records, and what could not be taken as said."""

from testimonia.linkage.lists.headings import ColumnMap
from testimonia.linkage.lists.reading import read_list, read_lists
from testimonia.linkage.lists.records import FIELDS, ListFile, ListRecord, RefusedRow, RowError

__all__ = ["FIELDS", "ColumnMap", "ListFile", "ListRecord", "RefusedRow", "RowError", "read_list", "read_lists"]
