"""Every error a caller can act on.

TestimoniaError
├── CasebookError
│   ├── CasebookNotFound       no casebook at this path
│   ├── CasebookExists         a casebook, or something else, is already there
│   ├── WrongPassphrase        the passphrase does not open it
│   ├── NotACasebook           the folder belongs to another program
│   ├── NewerCasebook          written by a newer testimonia
│   ├── CasebookInUse          another process is writing
│   └── DamagedCasebook        what is stored does not match what was acknowledged
├── UnusablePath               a path that cannot be read or written
├── VocabularyError            a vocabulary file breaks its own rules
├── SandboxError
│   ├── JobCrashed             the worker ended without an answer
│   ├── JobTimedOut            the worker ran out of time
│   └── JobTooLarge            the worker ran out of memory, or its answer was too large
├── BadTable                   an overlap table that cannot be a table of who was recorded by which lists
│   └── TooFewLists            fewer than three lists: what is possible with two, and what it assumes
├── BadModel                   a model that is not in bracket form or names lists that are not there
├── UnreadableList             a list of people whose bytes, sheet or heading cannot be read
├── BadColumnMap               a saved column map that names no field, or one field twice
├── StartsDisagree             the estimation of who matches comes to different ends from different starts
├── NotKept                    a judgement or a coding that may not be kept as it is; the message says why
│   ├── Overtaken              somebody else has changed the coding since it was seen
│   ├── ChangedMeanwhile       the pair or the group of records stands otherwise than it was seen
│   ├── NotDecided             a decision on records that says nothing, or too much at once
│   └── NotTakenIn             a file that was handed over cannot be kept or read again; the message says why
├── NoSuchCoding               the coding is no longer there
└── MissingPart                an optional component of this installation is missing

The message of each is the sentence the user sees: what happened, to which file, what to do.
"""

from __future__ import annotations

__all__ = [
    "BadColumnMap",
    "BadModel",
    "BadPairs",
    "BadTable",
    "CasebookError",
    "CasebookExists",
    "CasebookInUse",
    "CasebookNotFound",
    "ChangedMeanwhile",
    "DamagedCasebook",
    "JobCrashed",
    "JobTimedOut",
    "JobTooLarge",
    "MissingPart",
    "NewerCasebook",
    "NoSuchCoding",
    "NotACasebook",
    "NotDecided",
    "NotKept",
    "NotTakenIn",
    "Overtaken",
    "SandboxError",
    "StartsDisagree",
    "TestimoniaError",
    "TooFewLists",
    "UnreadableList",
    "UnusablePath",
    "VocabularyError",
    "WrongPassphrase",
]


class TestimoniaError(Exception):
    """Something a user can act on; the message says what."""

    __test__ = False


class CasebookError(TestimoniaError):
    """The casebook cannot be used as asked."""


class CasebookNotFound(CasebookError, FileNotFoundError):
    """There is no casebook at this path."""


class CasebookExists(CasebookError, FileExistsError):
    """Something is already at the place where a casebook was to be made."""


class WrongPassphrase(CasebookError, PermissionError):
    """The passphrase does not open this casebook."""


class NotACasebook(CasebookError, ValueError):
    """The folder was not written by testimonia."""


class NewerCasebook(CasebookError, ValueError):
    """The casebook was written by a newer testimonia."""


class CasebookInUse(CasebookError, BlockingIOError):
    """Another process is writing to this casebook."""


class DamagedCasebook(CasebookError, ValueError):
    """What is stored is not what was acknowledged."""


class UnusablePath(TestimoniaError, OSError):
    """A path that cannot be read, or cannot be written to."""


class VocabularyError(TestimoniaError, ValueError):
    """A vocabulary file breaks its own rules."""


class SandboxError(TestimoniaError, RuntimeError):
    """A job in the key-less process did not end with an answer."""


class JobCrashed(SandboxError):
    """The worker ended without an answer."""


class JobTimedOut(SandboxError, TimeoutError):
    """The worker did not answer in the time it was given."""


class JobTooLarge(SandboxError, MemoryError):
    """The worker needed more memory than it was given, or its answer was too large."""


class BadTable(TestimoniaError, ValueError):
    """An overlap table breaks a rule; the message says which file and row, and what to do."""


class TooFewLists(BadTable):
    """Fewer than three lists; the message gives what two lists can say, and under which assumption."""


class BadModel(TestimoniaError, ValueError):
    """A model is not written in bracket form, `[123,25,34]`, or names lists that the table does not have."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"The model {text!r} cannot be read: {why}; write it like [123,25,34].")


class UnreadableList(TestimoniaError, ValueError):
    """A list of people cannot be read at all; the message names the file and says what to do."""


class BadColumnMap(TestimoniaError, ValueError):
    """A column map breaks its own rules."""


class BadPairs(TestimoniaError, ValueError):
    """A table of pairs of names lacks a column or is in an encoding that is not known."""


class StartsDisagree(TestimoniaError, ArithmeticError):
    """The estimation of who matches depends on where it starts; the message gives the numbers, and what to do."""


class NotKept(TestimoniaError, ValueError):
    """A judgement or a coding may not be kept as it is.

    `template` is the sentence with names in braces for `values`, so that it can be said in another language; `reason`
    says why in the words of the gate, where it was the gate.
    """

    def __init__(self, template: str, *, reason: str = "", **values: object) -> None:
        super().__init__(template.format(reason=reason, **values) if reason or values else template)
        self.template, self.reason, self.values = template, reason, values


class Overtaken(NotKept):
    """Somebody else has changed a coding since it was seen: who, to what, and when."""

    SAID = "{who} has changed this coding to “{what}” at {at}, after you loaded it. Look at it, and decide again."

    def __init__(self, who: str, what: str, at: str, coding: str = "") -> None:
        super().__init__(self.SAID, who=who, what=what, at=at)
        self.who, self.what, self.at, self.coding = who, what, at, coding


class ChangedMeanwhile(NotKept):
    """Records stand otherwise than they were seen: who decided something meanwhile, what, and when."""

    SAID = (
        "{who} has decided something about these records meanwhile: {what}, {at}. Nothing was kept. Load the page "
        "again, look at them as they are now, and decide again."
    )

    def __init__(self, who: str, what: str, at: str) -> None:
        super().__init__(self.SAID, who=who, what=what, at=at)
        self.who, self.what, self.at = who, what, at


class NotDecided(NotKept):
    """A decision on records that cannot be kept; the message says why."""


class NotTakenIn(NotKept):
    """A file that was handed over is not kept, or not read again; the message says why and what to do."""


class NoSuchCoding(TestimoniaError, LookupError):
    """A coding is not there, or not any more: its text was coded again, or it is not for these eyes."""


class MissingPart(TestimoniaError, ImportError):
    """An optional component is not installed."""
