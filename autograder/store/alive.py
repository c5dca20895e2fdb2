"""Which runs are alive: each holds a lock on its own byte of a file beside the database, `<database>-runs`.

The kernel drops the lock when the process ends, however it ends, so there are no heartbeats to miss and no process
numbers to mistake. Where the system has no such locks every other run passes for dead; then two runs at once may do
the same work, but a result is still stored once.
"""

from __future__ import annotations

import contextlib
import os
import struct
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class RunLocks:
    """The locks of one open store. Open file description locks, so that two stores in one process don't share them."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + "-runs")
        self._file: int | None = None

    def hold(self, run: int) -> bool:
        """Say that `run` is alive until this store is closed; False if another process says so."""
        return self._lock(run, "F_WRLCK")

    def release(self, run: int) -> None:
        self._lock(run, "F_UNLCK")

    def is_held_elsewhere(self, run: int) -> bool:
        """Is `run` alive in another process, or in another store of this one?"""
        if not hasattr(fcntl, "F_OFD_GETLK"):
            return False
        answer = fcntl.fcntl(self._open(), fcntl.F_OFD_GETLK, _flock(fcntl.F_WRLCK, run))
        return struct.unpack_from("h", answer)[0] != fcntl.F_UNLCK

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _lock(self, run: int, kind: str) -> bool:
        if not hasattr(fcntl, "F_OFD_SETLK"):
            return True
        with contextlib.suppress(BlockingIOError, PermissionError):
            fcntl.fcntl(self._open(), fcntl.F_OFD_SETLK, _flock(getattr(fcntl, kind), run))
            return True
        return False

    def _open(self) -> int:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        return self._file


def _flock(kind: int, run: int) -> bytes:
    """`struct flock` of 64-bit systems: one byte at offset `run`."""
    return struct.pack("hhqqi4x", kind, os.SEEK_SET, run, 1, 0)
