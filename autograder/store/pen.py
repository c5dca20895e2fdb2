"""Who writes, and the keys of one open store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from autograder.signing.folder import KeyFolder, keys_beside
from autograder.signing.keys import PrivateKey, PublicKey
from autograder.store.schema import meta

STORE = "store"  # the name of a database, in `meta`: a signature holds in one database only


@dataclass(frozen=True, slots=True)
class Hand:
    """Who works on a store, what time it is there (ISO 8601 with zone), and where its folder of keys is, if that is
    not beside it."""

    who: str = ""
    now: Callable[[], str] = str
    keys: Path | None = None


NOBODY = Hand()


class Pen:
    """Signs. A private key is read when it is first needed, so that reading a store needs none."""

    def __init__(self, database: Path, hand: Hand) -> None:
        self.database, self.who, self.now = database, hand.who, hand.now
        self.folder = KeyFolder(keys_beside(database, hand.keys))
        self.written = ""  # the hash of the entry that this pen has written or checked last
        self._keys: dict[str, PrivateKey] = {}
        self._store = ""

    def key(self, key_id: str) -> PrivateKey:
        if key_id not in self._keys:
            self._keys[key_id] = self.folder.load(key_id)
        return self._keys[key_id]

    def public(self, key_id: str) -> PublicKey:
        """The public half of a key that lies, or lay, in the folder."""
        return self._keys[key_id].public if key_id in self._keys else self.folder.public_key(key_id)

    def first(self) -> PrivateKey:
        """The key of a store that has none yet."""
        key = self.folder.first()
        return self._keys.setdefault(key.id, key)

    def make(self) -> PrivateKey:
        key = self.folder.make()
        return self._keys.setdefault(key.id, key)

    def forget(self, key_id: str) -> None:
        self._keys.pop(key_id, None)
        self.folder.forget(key_id)

    def store(self, connection: Connection) -> str:
        """The name of the store."""
        if not self._store:
            self._store = connection.execute(select(meta.c.value).where(meta.c.key == STORE)).scalar() or ""
        return self._store
