"""The sentences with which decisions on records, and files, are refused, in the language of the reader."""

from __future__ import annotations

from testimonia.errors import ChangedMeanwhile, NotKept
from testimonia.workbench.languages import language
from testimonia.workbench.languages import mark as _

__all__ = ["SENTENCES", "sentence"]


SENTENCES = (
    _(
        "{who} has decided something about these records meanwhile: {what}, {at}. Nothing was kept. Load the page "
        "again, look at them as they are now, and decide again."
    ),
    _("Choose at least one record, and leave at least one: a split parts some from the others."),
    _("Nothing has been linked here yet; run `testimonia link` first."),
    _("Say same, different or unsure."),
    _("These records are not in this casebook. Load the page again."),
    _("These records stand together already; nothing was decided."),
    _("These two records are not in this casebook any more. Go on with the next pair."),
    _("You have decided none of these pairs; only one's own decisions can be taken back."),
    _("{number} pairs at once are too many ({most} at most). Nothing was decided."),
    _("The file has no name. Give it one and add it again."),
    _("There is no such file here any more. Load the page again."),
    _("{path}: files over {limit} MB are not taken in. Split it and add the parts."),
    _("{path}: this file is here already as a list of people. The command testimonia link reads it again."),
    _(
        "{path}: people have judged what was read in it, and reading it again would set their judgements aside. "
        "Nothing was done."
    ),
)
VERDICTS = {
    "same": _("same person"),
    "different": _("different people"),
    "unsure": _("unsure"),
}


def sentence(error: NotKept, locale: str) -> str:
    """The sentence of a refusal in a language; in English where it has none for it."""
    spoken, values = language(locale), dict(error.values)
    if isinstance(error, ChangedMeanwhile):
        values |= {"what": spoken.gettext(VERDICTS.get(error.what, error.what)), "at": spoken.moment(error.at)}
    return spoken.gettext(error.template).format(**values)
