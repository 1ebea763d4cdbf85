"""`casebook.json`: the only file in a casebook that can be read without its key.

It holds what is needed to derive the key, a checksum (so that damage is told apart from a wrong passphrase),
a check value (so that a wrong passphrase is told apart from a damaged database) and a MAC (so that a header
somebody has changed is noticed). A second copy lies beside it: a casebook whose salt is lost is lost.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from testimonia.casebook.durable import write_durably
from testimonia.casebook.keys import SALT_BYTES, Kdf, Keys, mac, same
from testimonia.errors import (
    CasebookNotFound,
    DamagedCasebook,
    NewerCasebook,
    NotACasebook,
    UnusablePath,
    WrongPassphrase,
)

__all__ = ["DATABASE", "HEAD", "HEADERS", "Header", "read_header", "write_header"]

FORMAT = "testimonia casebook"
VERSION = 1
HEADERS = ("casebook.json", "casebook.copy.json")
DATABASE = "casebook.db"
HEAD = "casebook.head"


@dataclass(frozen=True, slots=True)
class Header:
    """What is known before the passphrase: format version, cost of the key, salt; and two keyed values."""

    kdf: Kdf
    salt: str
    check: str
    mac: str
    version: int = VERSION

    @classmethod
    def make(cls, passphrase: str, kdf: Kdf) -> tuple[Header, Keys]:
        """A header with a new salt, and the keys it leads to."""
        salt = secrets.token_bytes(SALT_BYTES)
        keys = Keys.derive(passphrase, salt, kdf)
        bare = cls(kdf, salt.hex(), _check(keys), "")
        return cls(kdf, bare.salt, bare.check, mac(keys.header, bare.signed())), keys

    def keys(self, passphrase: str, folder: Path) -> Keys:
        """The keys that the passphrase leads to. Raises WrongPassphrase, or DamagedCasebook for a bad MAC."""
        keys = Keys.derive(passphrase, bytes.fromhex(self.salt), self.kdf)
        if not same(_check(keys), self.check):
            raise WrongPassphrase(f"The passphrase does not open the casebook {folder}. Nothing was changed.")
        if not self.vouched(keys):
            raise DamagedCasebook(f"The header of the casebook {folder} was changed after it was written.")
        return keys

    def vouched(self, keys: Keys) -> bool:
        """Whether these keys wrote this header."""
        return same(mac(keys.header, self.signed()), self.mac)

    def signed(self) -> bytes:
        """What the MAC covers: everything but itself."""
        return _canonical({name: value for name, value in self._fields().items() if name != "mac"})

    def to_bytes(self) -> bytes:
        fields = self._fields()
        return _canonical(fields | {"checksum": sha256(_canonical(fields)).hexdigest()})

    def _fields(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}


def _check(keys: Keys) -> str:
    return mac(keys.purpose("check value"), b"this passphrase is right")


def _canonical(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True, indent=1).encode() + b"\n"


def write_header(folder: Path, header: Header) -> None:
    """Put the header and its copy into the folder, durably."""
    for name in HEADERS:
        write_durably(folder / name, lambda file: file.write(header.to_bytes()))


def read_header(folder: Path) -> Header:
    """The header of a casebook; its copy where the header itself is damaged.

    Raises CasebookNotFound, NotACasebook, NewerCasebook, or DamagedCasebook when both copies are.
    """
    try:
        folder.lstat()
        there = folder.is_dir() and any((folder / name).is_file() for name in HEADERS)
    except PermissionError as problem:
        raise _shut(folder) from problem
    except OSError as problem:
        raise CasebookNotFound(f"There is no casebook at {folder}. Check the path, or make one there.") from problem
    if not there:
        raise _foreign(folder)
    try:
        return parse_header(folder, HEADERS[0])
    except DamagedCasebook as damaged:
        try:
            return parse_header(folder, HEADERS[1])
        except DamagedCasebook:
            raise damaged from None


def parse_header(folder: Path, name: str) -> Header:
    """One of the two header files. Raises DamagedCasebook, NotACasebook or NewerCasebook."""
    try:
        data = (folder / name).read_bytes()
        fields = json.loads(data)
    except PermissionError as problem:
        raise _shut(folder) from problem
    except (FileNotFoundError, ValueError) as problem:
        raise _broken(folder, name) from problem
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        raise _broken(folder, name)
    checksum = fields.pop("checksum", None)
    if checksum != sha256(_canonical(fields)).hexdigest():
        raise _broken(folder, name)
    if fields["version"] > VERSION:
        raise NewerCasebook(f"The casebook {folder} was written by a newer testimonia. Update to open it.")
    return _header(fields, data, folder, name)


def _header(fields: dict[str, Any], data: bytes, folder: Path, name: str) -> Header:
    try:
        kdf = Kdf(**fields.pop("kdf"))
        header = Header(kdf=kdf, **{key: value for key, value in fields.items() if key != "format"})
    except (TypeError, ValueError) as problem:
        raise _broken(folder, name) from problem
    if header.to_bytes() != data:
        raise _broken(folder, name)
    return header


def _broken(folder: Path, name: str) -> DamagedCasebook | NotACasebook:
    ours = any((folder / other).is_file() for other in (HEAD, *HEADERS) if other != name)
    if not ours or not (folder / DATABASE).is_file():
        return _foreign(folder)
    return DamagedCasebook(f"The header {folder / name} is damaged. Put back a copy of it from a backup.")


def _shut(folder: Path) -> UnusablePath:
    said = f"The casebook {folder} cannot be read: no permission. Give yourself permission and try again."
    return UnusablePath(said)


def _foreign(folder: Path) -> NotACasebook:
    return NotACasebook(f"{folder} is not a casebook of testimonia. Nothing was changed in it.")
