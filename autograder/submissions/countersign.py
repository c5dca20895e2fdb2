"""The receipt that the course signs. A student's own receipt says what the student's computer saw; this one says that
the course has the hand-in, and since when. Anybody with the course's public key can verify it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from autograder.errors import UploadError
from autograder.signing.canonical import canonical
from autograder.signing.keys import PublicKey
from autograder.submissions.packed import FORMAT

KIND = "signed receipt"
SUFFIX = ".signed.json"
KEYS_FILE = "course-keys.pem"  # the course's public keys, at the root of a student edition
KEYS = {"format", "kind", "student", "topic", "attempt", "submitted_at", "received_at", "content", "archive"}
KEYS |= {"archive_sha256", "store", "key", "signature"}
COPIED = ("student", "topic", "attempt", "submitted_at", "content", "archive", "archive_sha256")


class Signer(Protocol):
    """A private key, wherever it is."""

    @property
    def id(self) -> str: ...

    def sign(self, kind: str, message: bytes) -> bytes: ...


def countersigned(receipt: Mapping[str, Any], received_at: str, store: str, signer: Signer) -> dict[str, Any]:
    """The signed receipt for a hand-in. `receipt` is what `make_receipt` says of it, made anew from the hand-in: what
    the student's own file says is not taken over."""
    body = {name: receipt[name] for name in COPIED}
    body |= {"format": FORMAT, "kind": KIND, "received_at": received_at, "store": store, "key": signer.id}
    return body | {"signature": signer.sign("receipt", _message(body)).hex()}


def read_signed(data: bytes, source: str) -> dict[str, Any] | None:
    """The signed receipt in a file, None if it is none; whether it holds is for `signature_faults` to say."""
    try:
        found = json.loads(data)
        kind, form = (found.get("kind"), found.get("format")) if isinstance(found, dict) else (None, None)
    except (ValueError, RecursionError):
        return None
    if kind == KIND and form != FORMAT:
        now = "use the autograder it was made with"
        raise UploadError(f"its format {form!r} is not {FORMAT}", where=source, now=now)
    return dict(found) if kind == KIND else None


def signature_faults(receipt: Mapping[str, Any], keys: Mapping[str, PublicKey]) -> list[str]:
    """What is wrong with a signed receipt by itself; empty if the course has signed just this."""
    if set(receipt) != KEYS:
        return [f"it has missing or unknown fields: {', '.join(sorted(set(receipt) ^ KEYS))}"]
    key = keys.get(str(receipt["key"]))
    if key is None:
        return [f"it is signed by key {receipt['key']}, which is not the course's ({', '.join(sorted(keys))})"]
    try:
        signature = bytes.fromhex(receipt["signature"])
    except (ValueError, TypeError):
        signature = b""
    body = {name: value for name, value in receipt.items() if name != "signature"}
    if key.holds("receipt", _message(body), signature):
        return []
    return [f"its signature by key {key.id} does not fit what it says: it was edited, or the course never gave it"]


def to_text(receipt: Mapping[str, Any]) -> str:
    return json.dumps(receipt, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _message(body: Mapping[str, Any]) -> bytes:
    return canonical(dict(body))
