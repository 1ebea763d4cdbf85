"""What the fields of records of people, and the comparisons between them, are called."""

from __future__ import annotations

import re

from testimonia.workbench.languages import Language
from testimonia.workbench.languages import mark as _

__all__ = ["FIELDS", "chosen_name", "comparison_name", "field_name", "script"]


FIELDS = {
    "name": _("name"),
    "name_note": _("note on the name"),
    "alias": _("other name"),
    "sex": _("sex"),
    "birth_year": _("born"),
    "age": _("age"),
    "age_at": _("age at"),
    "origin_place": _("from"),
    "crossing_date": _("crossed"),
    "crossing_place": _("crossed at"),
    "destination": _("to"),
    "exploitation": _("what was done"),
    "forced_return": _("forced return"),
    "return_year": _("returned in"),
    "report_year": _("reported in"),
    "derived_from": _("taken from"),
}
COMPARISONS = {
    "name": _("name"),
    "alias": _("other name"),
    "birth": _("birth or age"),
    "origin": _("place of origin"),
    "crossing": _("time of the crossing"),
    "route": _("place of the crossing"),
    "destination": _("destination"),
    "sex": _("sex"),
    "harm": _("what was done"),
    "return": _("forced return"),
    "recorded": _("when it was recorded"),
}
CHOSEN = {
    "queue": _("asked about, for it matters most"),
    "audit": _("drawn at random"),
    "second": _("a second look"),
    "adjudication": _("settles a dispute"),
    "split": _("person split"),
    "merge": _("persons joined"),
    "withdrawn": _("taken back"),
}
_HANGUL, _HAN = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]"), re.compile(r"[\u4e00-\u9fff]")


def field_name(field: str, spoken: Language) -> str:
    """What a field of a record is called."""
    return spoken.gettext(FIELDS[field]) if field in FIELDS else field


def comparison_name(comparison: str, spoken: Language) -> str:
    """What a comparison of two records is called."""
    return spoken.gettext(COMPARISONS[comparison]) if comparison in COMPARISONS else comparison


def chosen_name(chosen: str, spoken: Language) -> str:
    """Why something was decided about a pair."""
    return spoken.gettext(CHOSEN[chosen]) if chosen in CHOSEN else chosen


def script(text: str) -> str | None:
    """The language tag for a value that is written in Korean or Chinese script; None for any other."""
    return "ko" if _HANGUL.search(text) else "zh" if _HAN.search(text) else None
