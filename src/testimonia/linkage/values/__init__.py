"""Vague values of list cells: what they may mean, as plain columns, and how far two of them agree."""

from testimonia.linkage.values.levels import LEVELS, Level, ValueComparison
from testimonia.linkage.values.prepare import SCHEMA, Unread, prepare, unread

__all__ = ["LEVELS", "SCHEMA", "Level", "Unread", "ValueComparison", "prepare", "unread"]
