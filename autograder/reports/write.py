"""Puts a whole report in its folder, or nothing at all.

Everything is first built in a folder beside the target, then takes its place in one move. A report folder holds one
report: writing again replaces all of it, so its files always agree. A folder that holds anything else is never touched.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import AutograderError, UsageError
from autograder.model.result import TopicResult
from autograder.reports.export import FORMATS, USUAL
from autograder.reports.gradebook import Gradebook
from autograder.scratch import Scratch

MARK = ".autograder-report"  # lists the files of the report, one a line
_MEANINGS = {
    errno.ENOSPC: ("the disk is full", "free some space and make the report again"),
    errno.EDQUOT: ("your disk quota is used up", "free some space and make the report again"),
    errno.EROFS: ("is on a read-only disk", "name another folder with --out DIR"),
    errno.EACCES: ("may not be written", "name another folder with --out DIR, or change its permissions"),
    errno.EPERM: ("may not be written", "name another folder with --out DIR, or change its permissions"),
    errno.ENOTDIR: ("lies inside a file", "name another folder with --out DIR"),
}


def write_reports(
    gradebook: Gradebook,
    results: Sequence[TopicResult],
    target_dir: Path,
    *,
    language: str = "en",
    formats: Sequence[str] = USUAL,
) -> list[Path]:
    """The files written, the page to open first. AutograderError says what the disk refused; the target is then as it
    was before. UsageError if the target holds something that is no report, or a format is unknown."""
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise UsageError(f"no such report format: {', '.join(unknown)}", now=f"use one of {', '.join(FORMATS)}")
    target = target_dir.absolute().resolve()
    refuse_foreign(target)
    with explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with Scratch(target.parent, f".{target.name}.") as beside:
            written = _build(gradebook, results, beside / "new", language=language, formats=formats)
            _take_place(beside, target)
    return [target / path for path in written]


def refuse_foreign(target: Path) -> None:
    """UsageError unless `target` is free: missing, empty, or a report and nothing else."""
    with explained(target):
        if not target.exists():
            return
        if not target.is_dir():
            raise UsageError("is a file, not a folder", where=str(target), now="name another folder with --out DIR")
        found = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
        mark = target / MARK
        ours = {MARK, *mark.read_text(encoding="utf-8").split("\n")} if MARK in found else set()
    foreign = sorted(found - ours)
    if foreign:
        raise UsageError(
            f"holds files that no report has written ({', '.join(foreign[:3])}{', …' if len(foreign) > 3 else ''})",
            where=str(target),
            now="name a new or empty folder with --out DIR; nothing was changed",
        )


@contextmanager
def explained(target: Path) -> Iterator[None]:
    """An OSError leaves as an AutograderError that says where, what and what now."""
    try:
        yield
    except OSError as failure:
        default = (failure.strerror or str(failure), "check the path, its permissions and the disk")
        what, now = _MEANINGS.get(failure.errno or 0, default)
        raise AutograderError(what, where=str(target), now=f"{now}; no report was written") from failure


def _build(
    gradebook: Gradebook, results: Sequence[TopicResult], root: Path, *, language: str, formats: Sequence[str]
) -> list[str]:
    written = []
    for name in FORMATS:
        for path, text in FORMATS[name](gradebook, results, language) if name in formats else ():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8"))
            written.append(path)
    (root / MARK).write_text("\n".join(written), encoding="utf-8")
    root.chmod(0o755)
    return written


def _take_place(beside: Path, target: Path) -> None:
    """`beside/new` becomes `target`. If the last step fails, what was there is put back."""
    old = beside / "old"
    if target.exists():
        target.rename(old)
    try:
        (beside / "new").rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
