"""Ids of records that could be names: what is written out of a linkage holds ids, so none may say who somebody is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from testimonia.linkage import lists

__all__ = ["could_be_a_name", "without_names"]

_WORDS = re.compile(r"[^\W\d_]{2,}[ ,][ ]?[^\W\d_]{2,}")
_OTHER_LETTERS = re.compile(r"[^\W\d_a-zA-Z]")
_DIGIT = re.compile(r"\d")
LONGEST = 64
WHAT = "the id could be a name; the record is called {given}, and what is written out holds that."
MADE = "the list has no ids; its records are called by list and row ({given} and so on)."
REMEDY = "Give the list ids that say nothing of a person."


def could_be_a_name(record_id: str) -> bool:
    """Whether an id could say who somebody is: letters of another script, no digit, two words, or very long."""
    return (
        not _DIGIT.search(record_id)
        or bool(_OTHER_LETTERS.search(record_id) or _WORDS.search(record_id))
        or len(record_id) > LONGEST
    )


def without_names(files: Sequence[lists.ListFile]) -> tuple[lists.ListFile, ...]:
    """The same lists, records with such an id called by list and row, and that said.

    Ids that were made from list and row when they were read stay as they are.
    """
    taken = {record.record_id for file in files for record in file.records}
    return tuple(_renamed(file, taken) for file in files)


def _renamed(file: lists.ListFile, taken: set[str]) -> lists.ListFile:
    records, said, unfit = [], [], set()
    for record in file.records:
        if could_be_a_name(_own(record.record_id, record.list, file.name)):
            given = _fresh(f"{file.name}-row{record.row}", taken)
            unfit.add(record.row)
            said.append(lists.RowError(record.row, "record_id", WHAT.format(given=given), REMEDY, file.name))
            record = record._replace(record_id=given)
        records.append(record)
    if "record_id" not in file.columns and records:
        said.append(lists.RowError(0, "record_id", MADE.format(given=records[0].record_id), REMEDY, file.name))
    if not said:
        return file
    about = {"record_id", *(file.headings[at] for name, at in file.columns.items() if name == "record_id")}
    kept = [one for one in file.errors if not (one.row in unfit and one.column in about)]
    return replace(file, records=tuple(records), errors=(*kept, *said))


def _own(record_id: str, *names: str) -> str:
    """The id without the name of its list, which reading puts before ids that it has to make or to tell apart."""
    for name in names:
        record_id = record_id.removeprefix(f"{name}-row").removeprefix(f"{name}/")
    return record_id


def _fresh(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}#{number}", number + 1
    taken.add(name)
    return name
