"""Sees what a piece of code does to the machine while it runs: files written, things started, code run."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from uploads import CODE, SOFTMAX, TOPICS, RawEntry, raw_zip, tar_of, write

from autograder.submissions import collected
from autograder.submissions.collect import collect

WRITES = {
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
}
STARTS = {"os.system", "os.exec", "os.fork", "os.posix_spawn", "subprocess.Popen", "socket.connect", "socket.bind"}
RUNS = {"exec", "compile", "import", "marshal.loads", "pickle.find_class", "ctypes.dlopen", "code.__new__"}
_current: list[Watch] = []


class Watch:
    """What happened below `with watching():`; `written` are absolute paths, `read` counts bytes read from files."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.started: list[str] = []
        self.executed: list[str] = []
        self.read = 0

    def outside(self, *folders: Path) -> list[str]:
        """Paths written to that lie in none of the folders."""
        return [path for path in self.written if not any(Path(path).is_relative_to(folder) for folder in folders)]


def _hook(event: str, args: tuple[object, ...]) -> None:
    if not _current:
        return
    watch = _current[-1]
    if event == "open" and isinstance(args[0], (str, bytes)):
        flags = args[2] if isinstance(args[2], int) else 0
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            watch.written.append(os.path.abspath(os.fsdecode(args[0])))
    elif event in WRITES:
        paths = [path for path in args if isinstance(path, (str, bytes, os.PathLike))]
        watch.written += [os.path.abspath(os.fsdecode(path)) for path in paths]
    elif event in STARTS:
        watch.started.append(f"{event} {args!r}"[:200])
    elif event in RUNS:
        watch.executed.append(f"{event} {args!r}"[:200])


sys.addaudithook(_hook)


def warm_up(place: Path) -> None:
    """Collect every kind of upload once, so that what collecting itself imports is not taken for an attack."""
    shapes = {
        f"ada/softmax-regression/{SOFTMAX.entry}": CODE,
        "bob.zip": raw_zip([RawEntry("é.py".encode(), CODE), RawEntry(b"../x", CODE)]),
        "eve.tar.gz": tar_of({SOFTMAX.entry: CODE, "softmax.ipynb": b"", "conftest.py": b""}),
        "bad.zip": b"none",
        "sofmax.py": CODE,
    }
    source = write(place / "class", shapes)
    for _ in range(2):
        collected.write(collect([source], TOPICS).submissions, place / "into", "test")
    collect([place / "into"], TOPICS)


@contextlib.contextmanager
def watching() -> Iterator[Watch]:
    """Counts from here on. What is watched must have run once before, or its own imports are seen."""
    watch, read = Watch(), os.read

    def counted(descriptor: int, size: int) -> bytes:
        data = read(descriptor, size)
        watch.read += len(data)
        return data

    os.read = counted  # type: ignore[assignment]
    _current.append(watch)
    try:
        yield watch
    finally:
        _current.pop()
        os.read = read
