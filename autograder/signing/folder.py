"""The folder of keys beside a database: `<database>-keys/`, for its owner alone.

<id>.key   a private key: whoever has it signs in the course's name
<id>.pub   its public half; that of every key there ever was stays
head       how far the trail had come when this machine last saw it: the database can't be set back unnoticed
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import SigningError
from autograder.signing.keys import PrivateKey, PublicKey, by_id, read_public

PRIVATE, PUBLIC, HEAD = ".key", ".pub", "head"


def keys_beside(database: Path, keys: Path | None = None) -> Path:
    """Where the keys of a database lie: beside it, or in the folder `keys`."""
    return (keys or database.parent) / f"{database.name}-keys"


class KeyFolder:
    """Nothing is read or written before it is asked for. Every failure is a SigningError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> PrivateKey:
        """A new key, on the disk when this returns."""
        key = PrivateKey.make()
        with self._told():
            if not self.path.is_dir():
                self.path.mkdir(mode=0o700, parents=True)
                _write(self.path / ".gitignore", b"*\n", 0o600)  # a key in a repository is a key given away
            self._refuse_open(self.path)
            _write(self.path / f"{key.id}{PUBLIC}", key.public.pem(), 0o644)
            _write(self.path / f"{key.id}{PRIVATE}", key.pem(), 0o600)
            _settle(self.path)
        return key

    def first(self) -> PrivateKey:
        """The key that is there already, or a new one."""
        with self._told():
            ids = sorted(path.stem for path in self.path.glob(f"*{PRIVATE}"))
        return self.load(ids[0]) if ids else self.make()

    def load(self, key_id: str) -> PrivateKey:
        """The private key called so."""
        path = self.path / f"{key_id}{PRIVATE}"
        with self._told():
            self._refuse_open(self.path)
            self._refuse_open(path)
            key = PrivateKey.read(path.read_bytes(), str(path))
        if key.id != key_id:
            raise SigningError(f"holds another key, {key.id}: it was replaced", where=str(path), now="put back a copy")
        return key

    def public(self) -> dict[str, PublicKey]:
        """Every public key of the folder; none if there is no folder. Those whose private key is here come with it."""
        with self._told():
            texts = [(path, path.read_bytes()) for path in sorted(self.path.glob(f"*{PUBLIC}"))]
        return {key_id: key for path, text in texts for key_id, key in read_public(text, str(path)).items()}

    def public_key(self, key_id: str) -> PublicKey:
        """The public half of a key; that of its private file counts, if there is one."""
        if (self.path / f"{key_id}{PRIVATE}").exists():
            return self.load(key_id).public
        known = self.public()
        if key_id not in known:
            self.load(key_id)  # says what is missing
        return known[key_id]

    def owned(self) -> dict[str, PublicKey]:
        """The public halves of the private keys of the folder; none if there is no folder."""
        with self._told():
            ids = sorted(path.stem for path in self.path.glob(f"*{PRIVATE}"))
        return by_id(self.load(key_id).public for key_id in ids)

    def forget(self, key_id: str) -> None:
        """Delete a private key; its public half stays."""
        with contextlib.suppress(FileNotFoundError), self._told():
            (self.path / f"{key_id}{PRIVATE}").unlink()

    def head(self) -> str:
        """What was remembered last, "" if nothing."""
        with contextlib.suppress(OSError):
            return (self.path / HEAD).read_text("ascii").strip()
        return ""

    def remember(self, head: str) -> None:
        """Remember how far the trail has come. A place that can't be written is no reason to fail."""
        with contextlib.suppress(OSError):
            _write(self.path / HEAD, head.encode("ascii") + b"\n", 0o600)

    def _refuse_open(self, path: Path) -> None:
        """Others must not read it. Windows has no such bits."""
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            right = "700" if path.is_dir() else "600"
            raise SigningError(
                f"may be read or changed by others (mode {mode:03o}), so nothing is signed with it",
                where=str(path),
                now=f"chmod {right} '{path}'; if others had access, make a new key: autograder keys rotate",
            )

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as fault:
            raise SigningError(
                "the signing key is not there",
                where=str(fault.filename),
                now="put back a copy of it; if there is none: autograder keys replace --why ...",
            ) from fault
        except OSError as fault:
            raise SigningError(
                f"the signing key can't be used: {fault.strerror}",
                where=str(fault.filename or self.path),
                now="check the folder's owner and its permissions",
            ) from fault


def _write(path: Path, data: bytes, mode: int) -> None:
    """Whole or not at all, and never with wider permissions for a moment."""
    beside = path.with_name(f".{os.urandom(8).hex()}.part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _settle(folder: Path) -> None:
    """The names are on the disk too."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
