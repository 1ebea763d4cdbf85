"""The casebook: an encrypted folder that is opened with a passphrase, written in acts, and read as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from testimonia.casebook import (
    life,
    lists,
    log,
    matches,
    narrowing,
    overview,
    reader,
    schema,
    search,
    verify,
)
from testimonia.casebook.database import Database
from testimonia.casebook.head import Head, check_head, last_entry, write_head
from testimonia.casebook.header import read_header
from testimonia.casebook.keys import Kdf, Keys
from testimonia.casebook.life import Life
from testimonia.casebook.lock import WriteLock
from testimonia.casebook.making import make
from testimonia.casebook.measuring import Measured
from testimonia.casebook.narrowing import Condition, Filed
from testimonia.casebook.objects import ObjectStore
from testimonia.casebook.seals import seal
from testimonia.casebook.search import Answers
from testimonia.casebook.values import (
    Arrival,
    Collection,
    Damage,
    Decision,
    Hit,
    Item,
    Linkage,
    Listed,
    ListFile,
    ListProblem,
    Logged,
    Waiting,
)
from testimonia.casebook.writer import Writer
from testimonia.errors import CasebookError, DamagedCasebook
from testimonia.model import Coding, Document, Kind, OriginGraph, State

__all__ = ["Casebook"]


class Casebook(Measured):
    """A folder in which files, readings and judgements are kept, encrypted; opened by its owner's passphrase.

    One process writes at a time, any number read meanwhile. What `act` has acknowledged survives a crash.
    """

    def __init__(self, path: Path, keys: Keys, *, write: bool, wait: float, who: str) -> None:
        """Open with keys that are known already; `create` and `open` are the ways in."""
        self.path = path
        self.who = log.check_pseudonym(who)
        self._keys = keys
        self._objects = ObjectStore(path, keys)
        self._lock = WriteLock(path, who, wait) if write else None
        self._writing = False
        try:
            self._head = self._attach(write)
        except BaseException:
            self._unlock()
            raise

    @classmethod
    def create(cls, path: Path, passphrase: str, *, kdf: Kdf | None = None, who: str = "owner") -> Casebook:
        """Make a new casebook and open it for writing.

        The folder appears whole or not at all. Raises CasebookExists when something is there already (an
        empty folder is taken over), ValueError for an empty passphrase.
        """
        log.check_pseudonym(who)
        keys = make(path, passphrase, kdf or Kdf(), who)
        return cls(path, keys, write=True, wait=0, who=who)

    @classmethod
    def open(
        cls, path: Path, passphrase: str, *, write: bool = True, wait: float = 10.0, who: str = "owner"
    ) -> Casebook:
        """Open a casebook. With `write=False` nothing in the folder changes.

        Waits up to `wait` seconds for another writer. Raises CasebookNotFound, NotACasebook, WrongPassphrase,
        NewerCasebook, CasebookInUse, or DamagedCasebook when acknowledged content is gone.
        """
        log.check_pseudonym(who)
        keys = read_header(path).keys(passphrase, path)
        return cls(path, keys, write=write, wait=wait, who=who)

    def again(self, *, write: bool, wait: float = 10.0) -> Casebook:
        """Open the same casebook once more with the keys at hand, which saves deriving them. Raises as `open` does."""
        return Casebook(self.path, self._keys, write=write, wait=wait, who=self.who)

    def _attach(self, write: bool) -> Head:
        """Check before anything can be changed, then open for good."""
        self._db = Database(self.path, self._keys.database, write=False)
        try:
            schema.check_version(self._db)
            head, last = check_head(self._db, self.path, self._keys)
            if write:
                self._db.close()
                self._db = Database(self.path, self._keys.database, write=True)
                return self._ready(head, last)
            schema.check_current(self._db)
            return head
        except BaseException:
            self._db.close()
            raise

    def _ready(self, head: Head, last: Head) -> Head:
        """Heal what a writer that was stopped has left, and bring older tables up to date."""
        self._objects.tidy()
        self._head = head
        self._sync(last)
        if schema.version(self._db) < schema.VERSION:
            with self._transaction("migrate", ""):
                schema.migrate(self._db)
        return self._head

    def close(self, *, fold_in: bool = True) -> None:
        """Close it. The write-ahead log is folded in, unless readers are at work. A second call does nothing.

        Without `fold_in` that is left to whoever closes it next: it takes some milliseconds, and loses nothing.
        """
        try:
            if fold_in and self._lock is not None and not self._db.closed:
                self._db.fold_in()
        finally:
            self._db.close()
            self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Casebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing -------------------------------------------------------------------------------------------

    @contextmanager
    def act(self, action: str, *, why: str = "") -> Iterator[Writer]:
        """One durable transaction: all that is written inside, and its entry in the log, or nothing.

        `action` and `why` are codes (`a-z 0-9 _ . : -`), never text of a document. Once the block has ended
        without an error, what it wrote survives whatever comes. Raises CasebookError on a full disk, with
        nothing of the act kept.
        """
        log.check_code(action)
        if why:
            log.check_code(why)
        if self._lock is None:
            raise CasebookError(f"The casebook {self.path} was opened for reading only.")
        if self._writing:
            raise RuntimeError("An act is already open; acts do not nest.")
        self._writing = True
        try:
            with self._transaction(action, why) as writer:
                yield writer
        finally:
            self._writing = False

    @contextmanager
    def _transaction(self, action: str, why: str) -> Iterator[Writer]:
        writer = Writer(self._db, self._objects, self.who)
        self._sync(last_entry(self._db))
        self._db.run("BEGIN IMMEDIATE")
        committing = False
        try:
            yield writer
            seals = seal(self._db, self._keys.seals, writer.touched)
            last = log.append(self._db, self._keys, self.who, action, why, seals)
            committing = True
            self._db.run("COMMIT")
        except BaseException:
            self._roll_back(writer, committing)
            raise
        self._sync(last)

    def _roll_back(self, writer: Writer, committing: bool) -> None:
        """Undo. After a commit that failed its frames may be on the disk all the same, and come back after a
        crash: the stored files they refer to are left, for without their keys they are noise."""
        if self._db.inside:
            self._db.run("ROLLBACK")
            if not committing:
                writer.undo_files()

    def _sync(self, last: Head) -> None:
        """Bring the head up to the last entry of the log; an act is acknowledged only after this."""
        if last != self._head:
            write_head(self.path, last, self._keys)
            self._head = last

    # Reading -------------------------------------------------------------------------------------------

    def arrivals(self, under: str | None = None) -> Iterator[Arrival]:
        """The ledger: one row for every path that was found, in path order.

        With `under`, only that path and the files that were found inside it (`under!/…`).
        """
        if under is None:
            yield from reader.arrivals(self._db)
        else:
            yield from reader.arrivals_under(self._db, under)

    def items(self) -> Iterator[Item]:
        """Every preserved file, in the order of its SHA-256."""
        yield from reader.items(self._db)

    def has_item(self, file_sha256: str) -> bool:
        """Whether a file is preserved here."""
        return self._db.one("SELECT 1 FROM item WHERE file_sha256 = ?", (file_sha256,)) is not None

    def item_bytes(self, file_sha256: str) -> bytes:
        """The bytes of a preserved file, checked against its SHA-256. Raises KeyError, DamagedCasebook."""
        name, key, size = reader.stored(self._db, file_sha256)
        return self._objects.read(name, key, file_sha256, size)

    def documents(self, *, codings: bool = True) -> Iterator[Document]:
        """Every preserved file that has an outcome, with text and codings, in the order of its first path."""
        for file_sha256 in reader.in_path_order(self._db):
            yield reader.document(self._db, file_sha256, codings=codings)
        self._db.forget_pages()

    def document(self, file_sha256: str, *, codings: bool = True) -> Document:
        """One file with its text and codings. Raises KeyError when it is not here."""
        return reader.document(self._db, file_sha256, codings=codings)

    def readable(self) -> list[str]:
        """The files (SHA-256) whose text holds anything, in the order of `documents`."""
        return reader.readable(self._db)

    def kinds(self) -> dict[str, int]:
        """How many codings of each kind `codings` gives."""
        return reader.kinds(self._db)

    def text(self, rendering_sha256: str) -> str:
        """The text of a rendering. Raises KeyError, or DamagedCasebook when it is not what was stored."""
        return reader.text(self._db, rendering_sha256)

    def codings(self, *, kind: Kind | None = None, state: State | None = None) -> Iterator[tuple[str, Coding]]:
        """Codings as they stand after review, each with the SHA-256 of its file, files in path order."""
        for file_sha256 in reader.in_path_order(self._db):
            for coding in reader.codings_of_file(self._db, file_sha256):
                if kind in (None, coding.kind) and state in (None, coding.state):
                    yield file_sha256, coding

    def origin_graph(self) -> OriginGraph | None:
        """The origins as they were last worked out, or None."""
        return reader.origin_graph(self._db)

    def collections(self) -> list[Collection]:
        """The lists of people, in the order in which they came, with the number of records each holds now."""
        return lists.collections(self._db)

    def list_files(self) -> list[ListFile]:
        """The files of lists that hold records now, in the order in which they came."""
        return lists.list_files(self._db)

    def listed(self) -> list[Listed]:
        """The records that the lists hold now."""
        return lists.listed(self._db)

    def lists_moment(self) -> str:
        """A text that changes whenever records of lists do, and with nothing else."""
        return lists.moment(self._db)

    def list_problems(self, file_sha256: str) -> list[ListProblem]:
        """What was wrong with the rows of a list."""
        return lists.problems(self._db, file_sha256)

    def list_codings(self, file: ListFile) -> list[Coding]:
        """The codings of the cells of a list, in text order, as they stand after review."""
        return reader.codings_of(self._db, file.rendering_sha256)

    def decisions(self) -> list[Decision]:
        """Every decision of a person on a pair of records, first to last."""
        return matches.decisions(self._db)

    def matches(self) -> list[tuple[str, str, float]]:
        """The pairs of the last linkage: two record ids and a probability, likeliest first."""
        return matches.matches(self._db)

    def chance(self, a: str, b: str) -> float | None:
        """What the last linkage said of two records, by their ids; None where it had not thought of them."""
        return matches.chance(self._db, a, b)

    def linkage(self) -> Linkage | None:
        """What the last linkage came to, or None."""
        return matches.last_linkage(self._db)

    def done(self, stage: str, key: str) -> bool:
        """Whether this step of work is marked as done."""
        return reader.done(self._db, stage, key)

    def refused(self) -> dict[str, int]:
        """How many codings the gate turned away, by reason."""
        return reader.refused(self._db)

    def unconsented_sources(self) -> int:
        """How many sources have no recorded consent; a file of no named source counts as one."""
        return reader.unconsented_sources(self._db)

    def summary(self) -> dict[str, int]:
        """How many of each thing the casebook holds."""
        return reader.summary(self._db)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last acknowledged entry of the log.

        Written down elsewhere, they show whether the whole folder was replaced by an older copy of itself.
        """
        return self._head.sequence, self._head.hash

    def moment(self) -> int:
        """A number that grows with each act, also of other writers; marks of what was opened (`seen`) do not count."""
        return overview.moment(self._db, "seen")

    def outcomes(self) -> dict[str, int]:
        """How many paths came to each outcome."""
        return overview.outcomes(self._db)

    def languages(self) -> dict[str, int]:
        """How many passages are in each language, the most frequent first."""
        return overview.languages(self._db)

    def waiting(self) -> list[Waiting]:
        """Every document with codings, and how many of them nobody has judged."""
        return overview.files_waiting(self._db)

    def last_actions(self, limit: int = 20) -> list[Logged]:
        """The last entries of the log, newest first."""
        return overview.last_actions(self._db, limit)

    def search(self, query: str, limit: int = 20, offset: int = 0) -> list[Hit]:
        """The passages in which every word of the query stands, at most `limit`, after the first `offset`.

        `"several words"` stand together, `-word` must be absent, `word*` begins so. Case, diacritics, and
        spaces in Korean names do not matter; Korean and Chinese words are found inside longer ones.
        """
        return search.search(self._db, query, limit, offset)

    def find(
        self, query: str, conditions: Sequence[Condition] = (), *, limit: int = 20, offset: int = 0, most: int = 1000
    ) -> Answers:
        """The passages that answer a query (as in `search`) and meet conditions; how many do, counted up to `most`."""
        return search.find(self._db, query, conditions, limit=limit, offset=offset, most=most)

    def filed(self) -> list[Filed]:
        """Every file that can be searched, in the order in which they came, with what searches are narrowed by."""
        return narrowing.filed(self._db)

    def codes_in_use(self) -> list[tuple[str, str | None]]:
        """Every kind of coding and code that there is here."""
        return narrowing.codes_in_use(self._db)

    def life(self, file_sha256: str) -> Life:
        """What has happened to one file, with every entry of the log about it. Raises KeyError."""
        return life.life(self._db, self._keys.seals, file_sha256)

    def seen(self, who: str) -> dict[str, str]:
        """The files (SHA-256) that somebody has opened in the workbench, and when first."""
        return narrowing.seen(self._db, who)

    def verify(self) -> Iterator[Damage]:
        """Read everything again from the disk; gives what is not as it was acknowledged, or nothing."""
        yield from verify.verify(self.path, self._keys)

    @classmethod
    def examine(cls, path: Path, passphrase: str) -> Iterator[Damage]:
        """Verify a casebook that may be too damaged to open. Changes nothing.

        Raises CasebookNotFound, NotACasebook, WrongPassphrase or NewerCasebook.
        """
        try:
            keys = read_header(path).keys(passphrase, path)
        except DamagedCasebook as problem:
            yield Damage("header", str(path), str(problem))
            return
        yield from verify.verify(path, keys)
