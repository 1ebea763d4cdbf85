"""From a passphrase to keys: Argon2id for the one that opens the casebook, HKDF for one key a purpose."""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from testimonia.errors import CasebookError

__all__ = ["Kdf", "Keys"]

KEY_BYTES = 32
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Kdf:
    """Cost of one guess at the passphrase: Argon2id (RFC 9106) memory in KiB, passes, lanes.

    The defaults take 256 MiB and 3 passes, about half a second. Tests may be cheaper; casebooks may not.
    """

    memory_kib: int = 262_144
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        """Refuse what Argon2id refuses, and what a damaged header could ask for, before memory is taken."""
        possible = 1 <= self.lanes <= 64 and 1 <= self.passes <= 1000
        if not possible or not 8 * self.lanes <= self.memory_kib <= 8 * 1024 * 1024:
            raise ValueError(f"Argon2id cannot work with {self.memory_kib} KiB, {self.passes}, {self.lanes}.")


@dataclass(frozen=True)
class Keys:
    """The keys of one casebook. `root` is never used itself; each purpose has its own 32 bytes."""

    root: bytes

    def __repr__(self) -> str:
        return "Keys(…)"

    @classmethod
    def derive(cls, passphrase: str, salt: bytes, kdf: Kdf) -> Keys:
        """Keys for a passphrase; in Unicode NFC, because systems differ in how they write typed Hangul."""
        secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        try:
            root = hash_secret_raw(secret, salt, kdf.passes, kdf.memory_kib, kdf.lanes, KEY_BYTES, Type.ID)
        except HashingError as problem:
            need = kdf.memory_kib // 1024
            raise CasebookError(f"The key needs {need} MiB of memory for a moment: {problem}.") from problem
        return cls(root)

    def purpose(self, name: str) -> bytes:
        """The key for one purpose: HKDF-Expand (RFC 5869) of the root with the purpose as info."""
        return HKDFExpand(SHA256(), KEY_BYTES, f"testimonia casebook 1 {name}".encode()).derive(self.root)

    @cached_property
    def database(self) -> bytes:
        return self.purpose("database pages")

    @cached_property
    def object_names(self) -> bytes:
        return self.purpose("object names")

    @cached_property
    def object_wrapping(self) -> bytes:
        return self.purpose("object key wrapping")

    @cached_property
    def header(self) -> bytes:
        return self.purpose("header")

    @cached_property
    def head(self) -> bytes:
        return self.purpose("head of the log")

    @cached_property
    def log(self) -> bytes:
        return self.purpose("log")

    @cached_property
    def seals(self) -> bytes:
        return self.purpose("seals")


def mac(key: bytes, message: bytes) -> str:
    """HMAC-SHA256 in hexadecimal."""
    return hmac.new(key, message, sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Whether two texts are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(left.encode("utf-8", "replace"), right.encode("utf-8", "replace"))
