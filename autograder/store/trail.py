"""The trail: who did what, when and why. Entries are only added, each in the transaction of what it tells.

An entry holds the hash of the one before it and is signed, so none can be changed, left out, added in the middle or
moved. Its "rows" are the values it gave to rows of other tables; by them the audit knows what every row must look like.
The key that signed the last entry signs the next one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, insert, select

from autograder.errors import StoreError
from autograder.signing.canonical import canonical, digest
from autograder.signing.keys import PublicKey
from autograder.store.facts import Facts, column_text
from autograder.store.pen import Pen
from autograder.store.schema import trail

_LAST = select(trail).order_by(trail.c.number.desc()).limit(1)
_ADD = insert(trail)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `details` is JSON text, as it was signed."""

    number: int
    at: str
    who: str
    what: str  # "result.stored"
    subject: str  # "ada/softmax-regression"
    why: str
    details: str
    previous: str
    hash: str
    key: str
    signature: bytes

    def hashed(self, store: str) -> str:
        """The hash of what it says, in this store."""
        said = (store, self.number, self.at, self.who, self.what, self.subject, self.why, self.details, self.previous)
        return digest(canonical([*said, self.key]))

    def signed_by(self, key: PublicKey) -> bool:
        return key.id == self.key and key.holds("trail", self.hash.encode("ascii", "replace"), self.signature)

    @property
    def head(self) -> str:
        """A short name for the trail up to here, to be kept elsewhere."""
        return f"{self.number}:{self.hash}"

    def told(self) -> dict[str, Any]:
        """The details as values. Raises ValueError if they are no JSON."""
        found = json.loads(self.details)
        return found if isinstance(found, dict) else {}


class Trail:
    """The trail inside one writing transaction."""

    def __init__(self, connection: Connection, pen: Pen) -> None:
        self.connection, self._pen = connection, pen

    @cached_property
    def _last(self) -> Entry | None:
        """Read when it is first needed: many transactions add nothing."""
        entry = last(self.connection)
        if entry is not None and self._pen.written != entry.hash:
            self._trust(entry)
        return entry

    @property
    def next(self) -> int:
        """The number of the entry that comes next."""
        return self._last.number + 1 if self._last else 1

    @property
    def key(self) -> str:
        """Who signs it."""
        return self._last.key if self._last else self._pen.first().id

    def append(  # noqa: PLR0913  # who, when, what, why: that is what it is for
        self,
        what: str,
        subject: str = "",
        *,
        at: str,
        why: str = "",
        rows: Iterable[Facts] = (),
        details: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> int:
        """Add an entry; its number. `key` is the one that signs from now on, if another one does."""
        told = dict(details or {}) | ({"rows": list(rows)} if rows else {})
        signer = self._pen.key(key or self.key)
        previous = self._last.hash if self._last else ""
        at, who, what, subject, why = map(column_text, (at, self._pen.who, what, subject, why))
        text = canonical(told).decode("ascii")
        bare = Entry(self.next, at, who, what, subject, why, text, previous, "", signer.id, b"")
        made = bare.hashed(self._pen.store(self.connection))
        values = {name: getattr(bare, name) for name in _COLUMNS}
        values |= {"hash": made, "signature": signer.sign("trail", made.encode("ascii"))}
        self.connection.execute(_ADD, values)
        self._last = Entry(**values)
        self._pen.written = made
        return self._last.number

    def sign_result(self, found: Facts) -> dict[str, Any]:
        """What goes into the row of a result that the next entry will tell of."""
        signer = self._pen.key(self.key)
        message = result_message(self._pen.store(self.connection), self.next, found)
        return {"trail": self.next, "key": signer.id, "signature": signer.sign("result", message)}

    def _trust(self, entry: Entry) -> None:
        """Never build on an entry that somebody else has written or changed."""
        public = self._pen.public(entry.key)
        if entry.hashed(self._pen.store(self.connection)) != entry.hash or not entry.signed_by(public):
            raise StoreError(
                f"the trail's last entry, number {entry.number}, was written or changed by another hand",
                where=str(self._pen.database),
                now="nothing was saved; `autograder audit` says what was changed",
            )
        self._pen.written = entry.hash


_COLUMNS = tuple(column.name for column in trail.columns)


def last(connection: Connection) -> Entry | None:
    row = connection.execute(_LAST).first()
    return Entry(*row) if row else None


def entries(connection: Connection, after: int = 0) -> Iterator[Entry]:
    """Oldest first."""
    query = select(trail).where(trail.c.number > after).order_by(trail.c.number)
    return (Entry(*row) for row in connection.execute(query))


def result_message(store: str, number: int | None, found: Facts) -> bytes:
    """What the signature of a result covers: the store, the entry that came with it, and every value that never
    changes. Its row's number and whether it counts are told by the trail. What is null is left out, so that a column
    that is added one day changes no signature."""
    other = ("table", "id", "replaced_at", "redone")
    fixed = {name: value for name, value in found.items() if name not in other and value is not None}
    return canonical([store, number, fixed])
