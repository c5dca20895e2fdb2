"""What must be true after the faults: read from the database, from what the commands said, and from the system."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import statistics
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.reports.outcomes import LOOKS
from benchmarks.fault_course import Expected
from benchmarks.fault_kills import Field, Life

PATIENCE_S = 10.0
SHARED_TMP = Path("/tmp")  # where the canary puts its folder, whatever TMPDIR says
GROWTH_MB = 8.0  # of the command's memory from its first hundred looks to its last hundred
IDENTITY = "student, topic, submission, checks_digest, grader, device, seed, isolation"


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of the table; it holds if nothing was found."""

    name: str
    figure: str
    found: list[str]


def results(field: Field, expected: Mapping[str, Expected]) -> list[Claim]:
    """Nothing lost, nothing doubled, nothing wrong."""
    with contextlib.closing(sqlite3.connect(field.database)) as database:
        rows = database.execute("SELECT student, outcome, points FROM result WHERE replaced_at IS NULL").fetchall()
        judged = "SELECT count(*) FROM result WHERE outcome != 'internal'"
        doubled = database.execute(
            f"SELECT student, count(*) FROM result WHERE outcome != 'internal' GROUP BY {IDENTITY} HAVING count(*) > 1"
        ).fetchall()
        stored = database.execute(judged).fetchone()[0]
        claims = database.execute("SELECT count(*) FROM claim").fetchone()[0]
        whole = database.execute("PRAGMA integrity_check").fetchone()[0]
    standing = {student: (outcome, points) for student, outcome, points in rows}
    lost = sorted(set(expected) - set(standing))
    wrong = [
        f"{student} ({wanted.kind}): {standing[student]}, not {(wanted.outcome, wanted.points)}"
        for student, wanted in expected.items()
        if student in standing and standing[student] != (wanted.outcome, wanted.points)
    ]
    changed = [
        f"{student}: announced as {said}, stored as {standing.get(student)}"
        for student, said in field.announced.items()
        if student not in standing or said != (_word(standing[student][0]), standing[student][1])
    ]
    begun = Counter(_lines(field.notes / "begun"))
    rejected = sum(wanted.kind == "misnamed" for wanted in expected.values())
    poison = {student for student, wanted in expected.items() if wanted.outcome == "internal"}
    again = sum(begun.values()) - len(begun) - 2 * len(poison & set(begun))
    return [
        Claim("results lost", f"{len(lost)} of {len(expected)}", lost),
        Claim("announced results that changed or vanished", f"{len(changed)} of {len(field.announced)}", changed),
        Claim(
            "graded twice under one key",
            f"{len(doubled) + len(field.twice)}; {stored} stored, {sum(begun.values())} begun, {rejected} not run,"
            f" {again} begun again after a fault",
            [*map(str, doubled), *field.twice],
        ),
        Claim("wrong outcomes or points", str(len(wrong)), wrong),
        Claim("claims left in the database", str(claims), [str(claims)] * (claims > 0)),
        Claim("the database's own check", whole, [whole] * (whole != "ok")),
    ]


def _word(outcome: str) -> str:
    return LOOKS[outcome].word.to("en")


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


class System:
    """What stands in the system before the first command, to be compared with what stands there at the end."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._before = self._look()

    def _look(self) -> dict[str, set[str]]:
        return {
            "mounts": set(_mounts()),
            "shared memory and semaphores": set(os.listdir("/dev/shm")) | set(_ipc()),
            "folders of a dead canary": set(_abandoned(SHARED_TMP)),
        }

    def _new(self) -> dict[str, list[str]]:
        """What was not there before. Others work on this machine too, so what goes away in a while is not counted."""
        end = time.monotonic() + PATIENCE_S
        while True:
            after = self._look()
            new = {name: sorted(after[name] - known) for name, known in self._before.items()}
            if not any(new.values()) or time.monotonic() > end:
                return new
            time.sleep(0.2)

    def claims(self) -> list[Claim]:
        """Orphans of every kind."""
        pids = _lines(self._field.notes / "workers")
        groups = [str(path) for pid in set(pids) for path in _groups(pid)]
        beside = self._field.folder / "out"
        files = [str(path) for folder in (self._field.folder / "tmp", beside) for path in folder.iterdir()]
        files = [path for path in files if path != str(beside / "reports")]
        new = self._new()
        return [
            Claim("orphan processes", str(len(self._field.left)), self._field.left),
            Claim("control groups", str(len(groups)), groups),
            Claim("temporary files", str(len(files)), files),
            *(Claim(name, f"{len(found)} new", found) for name, found in new.items()),
        ]


def _abandoned(parent: Path) -> list[str]:
    """Folders of autograder/scratch.py whose maker is dead: nobody holds the lock any more."""
    return [str(mark.parent) for mark in parent.glob("autograder-canary-*/.scratch") if not _held(mark)]


def _held(mark: Path) -> bool:
    try:
        with mark.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True  # it was just removed, by its maker or the next of the kind
    except BlockingIOError:
        return True
    return False


def _mounts() -> list[str]:
    """All but the small disks of fault_stress.py."""
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    return [line.split(" ", 4)[4] for line in lines if " - tmpfs faults " not in line]


def _ipc() -> list[str]:
    kinds = [(kind, Path(f"/proc/sysvipc/{kind}")) for kind in ("shm", "sem", "msg")]
    return [f"{kind} {line.split()[1]}" for kind, path in kinds for line in _lines(path)[1:]]


def _groups(pid: str) -> list[Path]:
    own = {line.split(":", 2)[2].lstrip("/") for line in Path("/proc/self/cgroup").read_text().splitlines()}
    roots = [path for path in Path("/sys/fs/cgroup").iterdir() if path.is_dir()]
    return [path for root in roots for name in own for path in (root / name).glob(f"autograder-{pid}-*")]


def memory(lives: list[Life]) -> Claim:
    """Of the command that lived longest."""
    longest = max(lives, key=lambda life: len(life.memory)).memory
    if len(longest) < 20:
        return Claim("memory of the command", "too short to tell", [])
    some = min(100, len(longest) // 4)
    first, last = (statistics.fmean(kb for _, kb in part) / 1024 for part in (longest[:some], longest[-some:]))
    figure = (
        f"{first:.1f} MiB in its first {some} looks, {last:.1f} in its last, {longest[-1][0] - longest[0][0]} results"
    )
    return Claim("memory of the command", figure, [figure] * (last - first > GROWTH_MB))
