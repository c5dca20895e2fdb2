"""Keys. A signature says which kind of thing was signed, so that a receipt can never pass for a result.

A key is known by its id: the first 16 hexadecimal digits of the SHA-256 of its 32 public bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from autograder.errors import SigningError
from autograder.signing.canonical import digest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_BLOCK = re.compile(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----", re.DOTALL)


def _framed(kind: str, message: bytes) -> bytes:
    return f"autograder {kind}\0".encode("ascii") + message


@dataclass(frozen=True)
class PublicKey:
    """What anybody may have: it verifies and can't sign. `raw` are its 32 bytes."""

    raw: bytes

    @cached_property
    def id(self) -> str:
        return digest(self.raw)[:16]

    @cached_property
    def _key(self) -> Ed25519PublicKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        return Ed25519PublicKey.from_public_bytes(self.raw)

    def holds(self, kind: str, message: bytes, signature: object) -> bool:
        """Did the owner of this key sign these bytes as this kind of thing?"""
        from cryptography.exceptions import InvalidSignature

        if not isinstance(signature, bytes):
            return False
        try:
            self._key.verify(signature, _framed(kind, message))
        except (InvalidSignature, ValueError):
            return False
        return True

    def pem(self) -> bytes:
        """The usual text form, as openssl reads it too."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        return self._key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class PrivateKey:
    """What only the course has. Its text never shows it."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = PublicKey(key.public_key().public_bytes_raw())

    @classmethod
    def make(cls) -> PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, pem: bytes, where: str) -> PrivateKey:
        """The key in a file. Raises SigningError if it holds none."""
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            key = load_pem_private_key(pem, None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            raise SigningError("holds no Ed25519 key: damaged or edited", where=where, now="put back a copy of it")
        return cls(key)

    @property
    def id(self) -> str:
        return self.public.id

    def sign(self, kind: str, message: bytes) -> bytes:
        """64 bytes, the same for the same message."""
        return self._key.sign(_framed(kind, message))

    def pem(self) -> bytes:
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def read_public(pem: bytes, where: str) -> dict[str, PublicKey]:
    """Every public key of a text, by id; there may be several, one after the other. Raises SigningError if none."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    found: list[PublicKey] = []
    try:
        for block in _BLOCK.findall(pem):
            key = load_pem_public_key(block)
            if not isinstance(key, Ed25519PublicKey):
                raise ValueError("another kind of key")
            found.append(PublicKey(key.public_bytes_raw()))
    except (ValueError, UnsupportedAlgorithm):
        found = []
    if not found:
        raise SigningError("holds no public key of a course", where=where, now="take the one of the student edition")
    return by_id(found)


def by_id(keys: Iterable[PublicKey]) -> dict[str, PublicKey]:
    return {key.id: key for key in keys}
