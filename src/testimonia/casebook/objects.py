"""The bytes of files: one write-once file each, under a name that only the key can compute.

A file is AES-256-GCM under a random key of its own; that key lies wrapped in the database, so that forgetting
the key erases the file. The name is bound in as additional data. Lengths are padded (Padmé, Nikitin et al.
2019, at most 12 percent), so that neither name nor length tells whether a known file is held.
"""

from __future__ import annotations

import os
import secrets
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from testimonia.casebook.durable import PARTIAL, make_folder, write_durably
from testimonia.casebook.keys import Keys, mac
from testimonia.errors import DamagedCasebook

__all__ = ["ObjectStore"]

CHUNK = 1 << 20
NONCE_BYTES = 12
TAG_BYTES = 16
SMALLEST = 4096  # bytes; shorter files all have this length


class ObjectStore:
    """The folder `objects` of one casebook."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder / "objects"
        self._keys = keys

    def name(self, file_sha256: str) -> str:
        """The keyed name of a file: HMAC of its SHA-256."""
        return mac(self._keys.object_names, bytes.fromhex(file_sha256))

    def path(self, name: str) -> Path:
        """Where the file of this name lies."""
        return self.folder / name[:2] / name[2:]

    def write(self, name: str, data: bytes) -> bytes:
        """Store bytes durably under a name; gives their wrapped key, to be kept in the database."""
        key = AESGCM.generate_key(256)
        make_folder(self.folder)
        make_folder(self.path(name).parent)
        write_durably(self.path(name), lambda file: _encrypt(file, key, name, data))
        return self._wrap(key, name)

    def read(self, name: str, wrapped: bytes, file_sha256: str, size: int) -> bytes:
        """The bytes of a file. Raises DamagedCasebook unless they are the ones that were stored."""
        try:
            key = self._unwrap(wrapped, name)
            with self.path(name).open("rb") as file:
                data = _decrypt(file, key, name, size)
        except FileNotFoundError as problem:
            raise DamagedCasebook(f"The stored file {self.path(name)} is missing.") from problem
        except (InvalidTag, ValueError) as problem:
            raise DamagedCasebook(f"The stored file {self.path(name)} is damaged.") from problem
        if sha256(data).hexdigest() != file_sha256:
            raise DamagedCasebook(f"The stored file {self.path(name)} is not the file that was preserved.")
        return data

    def discard(self, name: str) -> None:
        """Remove a file that no committed row refers to."""
        self.path(name).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what a writer that was stopped had begun to write."""
        for partial in self.folder.glob(f"*/*{PARTIAL}"):
            partial.unlink(missing_ok=True)

    def _wrap(self, key: bytes, name: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._keys.object_wrapping).encrypt(nonce, key, name.encode())

    def _unwrap(self, wrapped: bytes, name: str) -> bytes:
        nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        return AESGCM(self._keys.object_wrapping).decrypt(nonce, sealed, name.encode())


def padded(size: int) -> int:
    """The length a file of `size` bytes is padded to: Padmé, from 4 KiB on."""
    if size <= SMALLEST:
        return SMALLEST
    exponent = size.bit_length() - 1
    low = exponent - exponent.bit_length()
    mask = (1 << low) - 1
    return (size + mask) & ~mask


def _encrypt(file: BinaryIO, key: bytes, name: str, data: bytes) -> None:
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = Cipher(AES(key), GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(name.encode())
    file.write(nonce)
    view = memoryview(data)
    for start in range(0, len(data), CHUNK):
        file.write(cipher.update(view[start : start + CHUNK]))
    file.write(cipher.update(bytes(padded(len(data)) - len(data))) + cipher.finalize())
    file.write(cipher.tag)


def _decrypt(file: BinaryIO, key: bytes, name: str, size: int) -> bytes:
    length = os.fstat(file.fileno()).st_size
    if length != NONCE_BYTES + padded(size) + TAG_BYTES:
        raise ValueError("length")
    cipher = Cipher(AES(key), GCM(file.read(NONCE_BYTES))).decryptor()
    cipher.authenticate_additional_data(name.encode())
    plain = BytesIO()
    left = padded(size)
    while left:
        chunk = file.read(min(CHUNK, left))
        plain.write(cipher.update(chunk))
        left -= len(chunk)
    cipher.finalize_with_tag(file.read(TAG_BYTES))
    plain.truncate(size)
    return plain.getvalue()
