"""Vague values of list cells: what they may mean, as plain columns, and how far two of them agree."""

from testimonia.linkage.values.prepare import SCHEMA, Unread, prepare, unread

__all__ = ["SCHEMA", "Unread", "prepare", "unread"]
