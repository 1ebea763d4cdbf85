"""What a casebook knows of judgements and of how well people judge, and the hand that writes the latter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from testimonia.casebook import doubles, judgements
from testimonia.casebook.database import Database
from testimonia.casebook.keys import Keys, mac
from testimonia.casebook.values import Adjudicated, Double, DoublePlan, Judged, Laid, Seeded, Vote
from testimonia.model import State

__all__ = ["Measured", "Measuring"]


class Measured:
    """The part of a casebook that is read when people judge and are measured."""

    _db: Database
    _keys: Keys

    def judged(self, coding: str) -> Judged | None:
        """The coding with an id, as it stands, with what people said of it; or None. No document is read for it."""
        return judgements.judged(self._db, coding)

    def judged_between(self, rendering_sha256: str, start: int, end: int) -> list[Judged]:
        """The codings that reach into a stretch of a rendering, in text order; also those made blind."""
        return judgements.judged_between(self._db, rendering_sha256, start, end)

    def judged_codings(self, rendering_sha256: str) -> list[Judged]:
        """All codings of a rendering, in text order; also those made blind."""
        return judgements.judged_codings(self._db, rendering_sha256)

    def reviews(self, coding: str) -> list[Vote]:
        """Every review of the coding with an id, first to last."""
        return judgements.reviews(self._db, coding)

    def lot(self, name: str) -> float:
        """A number in [0, 1) that is drawn for a name in this casebook: always the same, and nobody can choose it."""
        return int(mac(self._keys.purpose("lots"), name.encode())[:13], 16) / 16**13

    def laid_out(self) -> list[Laid]:
        """Every text that can be given to a second coder, once each, with its main language."""
        return doubles.laid_out(self._db)

    def double_plan(self) -> DoublePlan | None:
        """How documents are chosen for a second coder, or None before that was begun."""
        return doubles.plan(self._db)

    def doubles(self) -> list[Double]:
        """Every document that somebody codes or has coded without seeing what others did."""
        return doubles.doubles(self._db)

    def double(self, rendering_sha256: str, coder: str) -> Double | None:
        """How far somebody is with a document that she codes so, or None."""
        return doubles.double(self._db, rendering_sha256, coder)

    def reviewers(self) -> dict[str, frozenset[str]]:
        """Who has judged anything in which rendering."""
        return doubles.reviewers(self._db)

    def adjudications(self) -> list[Adjudicated]:
        """What third persons decided where two coders differ, first to last."""
        return doubles.adjudications(self._db)

    def seeded(self) -> list[Seeded]:
        """The wrong suggestions that were seeded, with what is wrong and who said what of them."""
        return doubles.seeded(self._db)

    def made_instead_of_seeded(self) -> dict[str, list[str]]:
        """The codings that people made in place of seeded suggestions, by `suggestion person`."""
        return doubles.made_instead(self._db)

    def seeded_between(self, rendering_sha256: str, start: int, end: int) -> list[Judged]:
        """The seeded suggestions that reach into a stretch of a rendering, looking like any other."""
        return doubles.seeded_between(self._db, rendering_sha256, start, end)

    def seeded_one(self, id_: str) -> Judged | None:
        """The seeded suggestion with an id, looking like any other, or None."""
        return doubles.seeded_one(self._db, id_)


class Measuring:
    """The part of a writer that keeps what measures how well people judge."""

    _db: Database
    _who: str

    def _touch(self, *unit: str | bytes) -> None:
        """Note a unit of content that is written."""
        raise NotImplementedError

    def double_plan(self, share: float, least: int, *, seeded: float = 0.0) -> None:
        """Begin to code documents twice: a share of them, at least some of each language (0: none yet).

        `seeded` is the share of wrong suggestions that are mixed in.
        """
        doubles.keep_plan(self._db, self._who, share, least, seeded)
        self._touch("plan", "doubles")

    def reveal(self) -> None:
        """Say from now on which suggestions were seeded."""
        doubles.reveal(self._db, self._who)
        self._touch("plan", "doubles")

    def begin_double(self, rendering_sha256: str) -> None:
        """Take a document to code it without seeing what others did."""
        doubles.begin(self._db, rendering_sha256, self._who)
        self._touch("double", rendering_sha256, self._who)

    def finish_double(self, rendering_sha256: str) -> None:
        """Declare a document that was coded blind finished."""
        doubles.finish(self._db, rendering_sha256, self._who)
        self._touch("double", rendering_sha256, self._who)

    def adjudicate(self, told: Adjudicated) -> None:
        """Add what this person decided where two coders differ. Never changed or removed."""
        number = doubles.adjudicate(self._db, replace(told, who=self._who))
        self._touch("adjudication", str(number))

    def seeded(self, rendering_sha256: str, made: Iterable[Seeded]) -> None:
        """Keep wrong suggestions for a rendering, beside the codings and never among them."""
        doubles.keep_seeded(self._db, rendering_sha256, made)
        self._touch("seeded", rendering_sha256)

    def review_seeded(
        self,
        id_: str,
        state: State,
        *,
        changes: Mapping[str, Any] | None = None,
        own: str | None = None,
        back: int | None = None,
        seconds: float | None = None,
    ) -> int:
        """Add what this person said of a seeded suggestion; gives its number.

        `own` is the id of the coding that she made in its place; `back` as in `review`.
        """
        told = dict(changes or {})
        if own is not None:
            told[doubles.OWN] = own
        if back is not None:
            told[judgements.BACK] = back
        number = doubles.vote_seeded(self._db, id_, self._who, state, told, seconds)
        self._touch("seeded_judgement", str(number))
        return number
