"""Which column of a list holds which field: by its heading, or by a column map that a user has saved."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from testimonia import vocabulary
from testimonia.errors import BadColumnMap
from testimonia.linkage.lists.records import FIELDS

__all__ = ["ColumnMap", "recognise"]

_FILLING = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Headings of one organisation's lists -> fields; saved as JSON so that its next list is read alike.

    `ignored` headings are known to hold nothing to link on, and are not reported as unknown.
    """

    fields: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse a field that does not exist, or one given to two headings."""
        given = list(self.fields.values())
        for known in given:
            if known not in FIELDS:
                raise BadColumnMap(f"the column map names the field {known!r}; there are {', '.join(FIELDS)}.")
            if given.count(known) > 1:
                raise BadColumnMap(f"the column map gives the field {known!r} to two headings; keep one of them.")

    @staticmethod
    def load(path: Path) -> ColumnMap:
        """Read a saved map: `{"columns": {heading: field, ...}, "ignored": [heading, ...]}`.

        Raises BadColumnMap, naming the file, where it is not of this form.
        """
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
            fields = {str(heading): str(name) for heading, name in read["columns"].items()}
            return ColumnMap(fields, tuple(str(h) for h in read.get("ignored", ())), path.name)
        except BadColumnMap as problem:
            raise BadColumnMap(f"{path.name}: {problem}") from None
        except (ValueError, KeyError, AttributeError, TypeError):
            form = '{"columns": {"heading": "field"}}'
            raise BadColumnMap(f"{path.name} is no column map; write it like {form}.") from None

    def save(self, path: Path) -> None:
        """Write the map as JSON."""
        text = json.dumps({"columns": dict(self.fields), "ignored": list(self.ignored)}, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")


def _key(heading: str) -> str:
    return _FILLING.sub("", unicodedata.normalize("NFKC", heading)).casefold()


@cache
def _usual() -> Mapping[str, str]:
    """Folded heading -> field, from the vocabulary."""
    return MappingProxyType(
        {
            _key(heading): row["field"]
            for row in vocabulary.rows("linkage/columns")
            for heading in row["headings"].split("|")
        }
    )


def recognise(headings: Sequence[str], columns: ColumnMap | None = None) -> tuple[dict[str, int], list[int]]:
    """Field -> column number, and the numbers of the columns that stand for no field.

    A map goes before the usual headings. Of two columns for one field the one written exactly like the field
    is taken, else the first; the other stays unknown.
    """
    found: dict[str, int] = {}
    mapped = {_key(heading): name for heading, name in columns.fields.items()} if columns else {}
    wanted = [mapped.get(_key(h)) or _usual().get(_key(h)) for h in headings]
    order = sorted(range(len(headings)), key=lambda i: (_key(headings[i]) not in mapped, headings[i] != wanted[i], i))
    for index in order:
        name = wanted[index]
        if name and name not in found:
            found[name] = index
    ignored = {_key(heading) for heading in columns.ignored} if columns else set()
    taken = set(found.values())
    unknown = [i for i, h in enumerate(headings) if i not in taken and _key(h) and _key(h) not in ignored]
    return found, unknown
