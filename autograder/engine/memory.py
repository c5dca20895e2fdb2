"""What earlier proofs found, so that what has not changed is not run again.

A result is remembered under a digest of all that decides it: the variant's source, the checks, their data, points and
limits, the seed, the device, and the program with its Python and torch. Nothing else is asked for, so two checkouts of
a course share what they have in common. A file that can't be read is as good as none.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.engine.seam import grader_version
from autograder.model.job import Job
from autograder.model.plain import from_plain, to_plain
from autograder.model.result import TopicResult
from autograder.model.text import Text

FORM = 2  # of the files; another one is not read
AT_LEAST = 500  # results of a topic that are kept, whether they were asked for or not
TAIL = 600  # characters of a check's detail
SILENT = frozenset({"cli", "reports", "store", "signing", "submissions", "course"})  # rooms that decide no result


def program_digest(package: Path) -> str:
    """A digest of the program in the folder `package`, as far as it decides results, and of what runs it."""
    whole = hashlib.sha256(f"{FORM} {grader_version()} {sys.version}".encode())
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package)
        if name.parts[0] not in SILENT:
            whole.update(f"{name.as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


class Memory:
    """Results by job, in a file for each topic and kind. Nothing is read before it is asked for."""

    def __init__(self, folder: Path | None, program: str, *, forget: bool = False) -> None:
        """`folder` None: remembers nothing. With `forget` nothing is recalled, but what is found now is kept."""
        self._folder, self._program, self._forget = folder, program, forget
        self._files: dict[str, dict[str, Any]] = {}
        self._used: dict[str, list[str]] = {}

    def recall(self, name: str, job: Job) -> TopicResult | None:
        """The result of the same job, from the file called `name`."""
        if self._folder is None or self._forget:
            return None
        key = self._key(job)
        plain = self._file(name).get(key)
        try:
            result: TopicResult | None = from_plain(TopicResult, plain) if plain else None
        except (TypeError, ValueError):
            return None
        if result is not None:
            self._used.setdefault(name, []).append(key)
        return result

    def keep(self, name: str, job: Job, result: TopicResult) -> None:
        """Remember a result; `save` writes it down."""
        if self._folder is not None:
            key = self._key(job)
            self._file(name)[key] = to_plain(_slim(result))
            self._used.setdefault(name, []).append(key)

    def save(self) -> None:
        """Write what is new. What was asked for last is kept longest. No room for it is no reason to stop."""
        for name, used in self._used.items():
            entries = self._file(name)
            latest = {key: entries.pop(key) for key in dict.fromkeys(used) if key in entries}
            older = list(entries.items())[-max(AT_LEAST, 2 * len(latest)) :]
            self._files[name] = dict(older) | latest
            with suppress(OSError):
                self._write(name)
        self._used.clear()

    def _write(self, name: str) -> None:
        assert self._folder is not None
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps(self._files[name], ensure_ascii=False, separators=(",", ":"))
        beside = self._folder / f".{name}.{os.getpid()}.new"
        try:
            beside.write_bytes(gzip.compress(text.encode(), 5, mtime=0))
            os.replace(beside, self._path(name))
        finally:
            beside.unlink(missing_ok=True)

    def _file(self, name: str) -> dict[str, Any]:
        if name not in self._files:
            found: Any = None
            with suppress(OSError, ValueError, EOFError, RecursionError):
                found = json.loads(gzip.decompress(self._path(name).read_bytes()))
            self._files[name] = found if isinstance(found, dict) else {}
        return self._files[name]

    def _path(self, name: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{name}.json.gz"

    def _key(self, job: Job) -> str:
        """Of what decides the result, not of whose it is, where the course lies, or how often it was tried."""
        plain = to_plain(replace(job, id="", student="", submission="", tries=1, speed=0.0))
        plain["topic"] |= {"visible": "", "hidden": []}  # their content is in the topic's digest
        whole = json.dumps([self._program, plain], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()


def _slim(result: TopicResult) -> TopicResult:
    """The result without what no proof looks at: hints, values, the end of what was printed."""
    checks = tuple(
        replace(check, hint=Text(), values=Text(), measured={}, detail=check.detail[-TAIL:]) for check in result.checks
    )
    return replace(result, checks=checks, limits=(), problems=(), output="")
