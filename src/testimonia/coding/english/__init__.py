"""The English rules: passages in, codings out."""

from testimonia.coding.english.coder import code

__all__ = ["code"]
