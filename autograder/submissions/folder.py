"""Folders that others may change while they are read: every step opens by descriptor and never follows a link."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from autograder.errors import UsageError
from autograder.submissions.flaws import Flaw
from autograder.submissions.paths import UnsafePath, clean_path, ignored, shown
from autograder.submissions.tree import Caps, Entry, Tree, make_tree

# O_NONBLOCK: opening a pipe must not wait for its other end. Windows has neither flag, nor descriptors of folders.
FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
NOFOLLOW, DIRECTORY = getattr(os, "O_NOFOLLOW", 0), getattr(os, "O_DIRECTORY", 0)


def read_plain(path: Path, most: int) -> bytes:
    """At most `most` bytes of a regular file. Raises OSError for anything else; a pipe is not waited for."""
    descriptor = os.open(path, FLAGS)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return file.read(most)


@contextmanager
def open_folder(path: Path, caps: Caps) -> Iterator[Tree]:
    """The folder as a tree whose entries can be read inside the `with`. Raises UsageError if it can't be opened."""
    if os.scandir not in os.supports_fd:
        raise UsageError("collecting needs Linux or macOS", where=str(path), now="collect on the grading machine")
    try:
        root = os.open(path, FLAGS | DIRECTORY)
    except OSError as fault:
        raise UsageError(
            f"can't be read: {fault.strerror}", where=str(path), now="give a folder or an archive"
        ) from None
    try:
        yield _Walk(root, caps).tree(path)
    finally:
        os.close(root)


class _Walk:
    """One pass over the names. A student with millions of files costs only that student."""

    def __init__(self, root: int, caps: Caps) -> None:
        self.root, self.most, self.widest = root, 10 * caps.files, caps.archive_files
        self.entries: list[Entry] = []
        self.folders: list[str] = []
        self.flaws: list[Flaw] = []

    def tree(self, path: Path) -> Tree:
        self._walk(self.root, (), None)
        return make_tree(path.resolve().name, str(path), self.entries, self.folders, self.flaws)

    def _walk(self, folder: int, above: tuple[str, ...], left: list[int] | None) -> None:
        """`left` counts down the names still allowed below one student; None above the level of the students."""
        with os.scandir(folder) as listing:
            most = left[0] if left else self.widest  # no folder is listed without end, not even one of students
            found = sorted(islice(listing, most + 1), key=lambda item: item.name)
        if left is None and len(found) > self.widest:
            self.flaws.append(Flaw("/".join(above), "too-many", f"more than {self.widest} names"))
            return
        folders = [item for item in found if item.is_dir(follow_symlinks=False)]
        wrapper = left is None and len(folders) == len(found) == 1
        for item in found:
            budget = None if wrapper else left if left is not None else [self.most]
            if budget is not None:
                budget[0] -= 1
                if budget[0] < 0:
                    self.flaws.append(Flaw("/".join(above), "too-many", f"more than {self.most} names"))
                    return
            self._item(item, folder, above, budget)

    def _item(self, item: os.DirEntry[str], parent: int, above: tuple[str, ...], budget: list[int] | None) -> None:
        raw = (*above, item.name)
        try:
            path = clean_path("/".join(raw))
        except UnsafePath as unsafe:
            self.flaws.append(Flaw(unsafe.prefix, unsafe.code, shown("/".join(raw))))
            return
        if ignored(path):
            return
        try:
            mode = item.stat(follow_symlinks=False).st_mode
        except OSError as fault:
            self.flaws.append(Flaw(path, "unreadable", f"{shown(path)} ({fault.strerror})"))
            return
        if stat.S_ISDIR(mode):
            self.folders.append(path)
            self._descend(path, parent, raw, budget)
        elif stat.S_ISREG(mode):
            self.entries.append(Entry(path, partial(read_below, self.root, raw)))
        else:
            self.flaws.append(Flaw(path, "link" if stat.S_ISLNK(mode) else "special"))

    def _descend(self, path: str, parent: int, raw: tuple[str, ...], budget: list[int] | None) -> None:
        try:
            folder = os.open(raw[-1], FLAGS | DIRECTORY | NOFOLLOW, dir_fd=parent)
        except OSError as fault:
            self.flaws.append(Flaw(path, "unreadable", f"{shown(path)} ({fault.strerror})"))
            return
        try:
            self._walk(folder, raw, budget)
        finally:
            os.close(folder)


def read_below(root: int, parts: tuple[str, ...], most: int) -> bytes:
    """At most `most` bytes of a regular file below an open folder. Raises OSError for links and anything special, and
    for a second name (hard link) of a file that belongs to somebody else than the folder it lies in."""
    opened: list[int] = []
    try:
        for part in parts[:-1]:
            opened.append(os.open(part, FLAGS | DIRECTORY | NOFOLLOW, dir_fd=opened[-1] if opened else root))
        opened.append(os.open(parts[-1], FLAGS | NOFOLLOW, dir_fd=opened[-1] if opened else root))
        found, parent = os.fstat(opened[-1]), os.fstat(opened[-2] if len(opened) > 1 else root)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        if found.st_nlink > 1 and found.st_uid != parent.st_uid:
            raise OSError(errno.EPERM, "a second name of somebody else's file")
        pieces: list[bytes] = []
        while most > 0 and (piece := os.read(opened[-1], min(most, 1 << 20))):
            pieces.append(piece)
            most -= len(piece)
        return b"".join(pieces)
    finally:
        for descriptor in opened:
            os.close(descriptor)
