"""The sentences with which a judgement is refused, in the language of the reader."""

from __future__ import annotations

from testimonia.errors import NotKept, Overtaken
from testimonia.workbench.languages import Language, language
from testimonia.workbench.languages import mark as _

__all__ = ["GATE", "SENTENCES", "STATES", "said"]


SENTENCES = (
    _("{who} has changed this coding to “{what}” at {at}, after you loaded it. Look at it, and decide again."),
    _("Not kept: {reason}."),
    _("A coding has no field {name}."),
    _("A coding always has a {name}."),
    _("A coding is accepted, rejected, corrected, or suggested again; not {state}."),
    _("A correction cannot change {name}; make a coding of your own in its place."),
    _("A correction changes something; accept the coding if it is right as it is."),
    _("A part needs a start and an end."),
    _("A value is a word or a number of at most {number} characters."),
    _("Between one and {number} codings can be accepted, rejected or taken back together."),
    _("Only places, organisations, dates and laws can be judged together; look at each other one."),
    _("The value of a figure is a number, written in digits."),
    _("The {name} of a coding are named."),
    _("These words do not lie in the text."),
    _("You have coded these words so already."),
    _("You have not judged this coding: there is nothing to take back."),
    _("{who} is the name of a coder that makes suggestions; choose another pseudonym."),
    _("{who} made this coding; reject it if you think that it is wrong."),
    _("Between two and five in a hundred suggestions can be seeded (0.02 to 0.05)."),
    _("Choose one of the two sides, both, or neither."),
    _("Documents are drawn in this casebook already; drawing again would let somebody pick."),
    _("No wrong suggestions were mixed in."),
    _("One of the two has nothing there: keep what the other has, or neither."),
    _("The share lies between 0 and 1 (0.2 is a fifth), the least number between 1 and 1,000."),
    _("The two do not differ there any more. Load the page again."),
    _("This document was not drawn; nobody picks which are coded twice."),
    _("Wrong suggestions are mixed in already."),
    _("You are not coding this document blind."),
    _("You are one of the two: a third person has to decide."),
    _("You have judged suggestions in this document: somebody else has to code it blind."),
    _("{who} has revealed them already."),
    _("{who} has taken this document already."),
)
STATES = {
    "suggested": _("suggested"),
    "accepted": _("accepted"),
    "corrected": _("corrected"),
    "rejected": _("rejected"),
    "left": _("the one side"),
    "right": _("the other side"),
    "both": _("both sides"),
    "neither": _("neither side"),
}
# The reasons of the gate; what comes after a colon in them is a value, and stays as it is.
GATE = (
    _("a figure without a number, and not said to be vague or lost"),
    _("a number is given for a lost figure"),
    _("a part is not verbatim at its offsets"),
    _("a quota or target is given as a result"),
    _("a value is given for a vague word"),
    _("act code not in the codebook"),
    _("attribution code not in the codebook"),
    _("measure code not in the codebook"),
    _("the bounds of a damaged number are not in the quote"),
    _("the bounds of a vague word are not round"),
    _("the least value is greater than the greatest"),
    _("the quote is not verbatim at its offsets"),
    _("the value cannot be read from the quote"),
    _("the value of a figure is not a number"),
    _("the year of a date is not in the quote"),
    _("unit not in the codebook"),
    _("unknown kind"),
    _("unknown modality"),
    _("unknown polarity or basis"),
    _("unknown status of a measure"),
    _("unknown value status or comparator"),
)


def said(error: NotKept, locale: str) -> str:
    """The sentence of a refusal in a language; in English where it has none for it."""
    spoken = language(locale)
    values = {**error.values, "reason": _reason(error.reason, spoken)}
    if isinstance(error, Overtaken):
        values["what"] = spoken.gettext(STATES.get(error.what, error.what))
        values["at"] = spoken.moment(error.at)
    return spoken.gettext(error.template).format(**values)


def _reason(reason: str, spoken: Language) -> str:
    head, colon, value = reason.partition(": ")
    return f"{spoken.gettext(head)}{colon}{value}"
