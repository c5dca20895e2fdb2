"""Folders for a while. If the process that made one is killed, the next that makes one of the kind removes it.

Theory of operation. Each such folder holds a file `.scratch`, and whoever made the folder holds a lock on it. The
kernel drops the lock when the process ends, however it ends, so a folder whose file can be locked is nobody's. A folder
of that name without the file is somebody else's and is left alone, unless it is empty: then its maker was killed in
between, and an empty folder is no loss. A maker whose folder was taken for one of those makes another. Where the system
has no such locks nothing is ever removed but by its maker.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

MARK = ".scratch"


class Scratch:
    """A new folder `path` in `parent`, its name starting with `prefix`; removed by `close`. Raises OSError."""

    def __init__(self, parent: Path, prefix: str) -> None:
        if fcntl is not None:
            with contextlib.suppress(OSError):  # a folder that may be written but not listed
                for left in parent.iterdir():
                    if left.name.startswith(prefix) and not left.is_symlink():
                        _remove_if_nobodys(left)
        made: tuple[Path, int | None] | None = None
        while made is None:
            made = _make(parent, prefix)
        self.path, self._lock = made

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Harmless the second time."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _make(parent: Path, prefix: str) -> tuple[Path, int | None] | None:
    """The folder and its locked file; None if somebody took it for a dead one's."""
    path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    if fcntl is None:
        return path, None
    try:
        lock = os.open(path / MARK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileNotFoundError:
        return None
    except OSError:
        path.rmdir()
        raise
    with contextlib.suppress(OSError):  # a file system without locks
        fcntl.flock(lock, fcntl.LOCK_EX)
    if not (path / MARK).exists():
        os.close(lock)
        return None
    return path, lock


def _remove_if_nobodys(path: Path) -> None:
    with contextlib.suppress(OSError):
        try:
            lock = os.open(path / MARK, os.O_RDWR | os.O_NOFOLLOW)
        except FileNotFoundError:
            path.rmdir()  # only if it is empty
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(lock).st_uid == os.geteuid():
                shutil.rmtree(path, ignore_errors=True)
        finally:
            os.close(lock)
