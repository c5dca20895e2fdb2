"""One command after the other, while processes of theirs are killed; and what was seen of it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from autograder.reports.outcomes import LOOKS
from benchmarks.fault_hooks import sitecustomize as hooks
from benchmarks.fault_plan import APART, BEGINNINGS, Kill, Plan

ROOT = Path(__file__).resolve().parents[1]
LINE = re.compile(r"\[\d+/\d+\] (\S+), (\S+): (.+), ([\d.]+) of [\d.]+ points")
OURS = LOOKS["internal"].word.to("en")
RETRY = re.compile(r"\[\d+/\d+\] (\S+), (\S+): a grader process was lost, starting again \(try (\d)\)")
SOME = 15  # results
GONE_S = 15.0  # what a dead command started must be gone by then


@dataclass(slots=True)
class Life:
    """One command from its start to its end: exit code (negative: the signal), what it said, its memory."""

    code: int
    said: str
    words: list[str]
    memory: list[tuple[int, int]] = field(default_factory=list)  # (results announced, resident KiB)


@dataclass(slots=True)
class Field:
    """A course, a class, and everything that was seen so far."""

    folder: Path
    worker: str = ""  # a program that stands in for the real grader process
    announced: dict[str, tuple[str, float]] = field(default_factory=dict)  # student: outcome in words, points
    twice: list[str] = field(default_factory=list)
    retried: Counter[str] = field(default_factory=Counter)
    random_kills: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # processes that outlived their command
    lives: list[Life] = field(default_factory=list)
    done: set[str] = field(default_factory=set)  # students with a result

    @property
    def notes(self) -> Path:
        return self.folder / "notes"

    @property
    def database(self) -> Path:
        return self.folder / "db" / "autograder.db"

    def kills(self) -> list[str]:
        """`id step victim pid` of every kill."""
        path = self.notes / "kills"
        return [*(path.read_text().splitlines() if path.exists() else []), *self.random_kills]

    def arm(self, kill: Kill) -> None:
        temporary = self.notes / "arming"
        temporary.write_text(json.dumps(asdict(kill)))
        temporary.rename(self.notes / "armed")

    def disarm(self) -> bool:
        """True if it had not been fired."""
        with contextlib.suppress(FileNotFoundError):
            (self.notes / "armed").unlink()
            return True
        return False

    @property
    def armed(self) -> bool:
        return (self.notes / "armed").exists()

    def command(self, *words: str) -> list[str]:
        sources = [] if "--resume" in words else [str(self.folder / "inbox")]
        where = [
            "--course",
            self.folder / "course",
            "--db",
            self.database,
            "--reports",
            self.folder / "out" / "reports",
        ]
        return [sys.executable, "-m", "autograder", "grade", *sources, *map(str, where), "-j", "2", *words]

    def start(self, words: Sequence[str], **more: Any) -> subprocess.Popen[bytes]:
        paths = [str(ROOT), str(ROOT / "benchmarks" / "fault_hooks")]
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(paths),
            "AUTOGRADER_FAULTS": str(self.notes),
            "AUTOGRADER_FAULTS_WORKER": self.worker,
            "TMPDIR": str(self.folder / "tmp"),
            "LANG": "C.UTF-8",
        }
        with (self.folder / "said").open("wb") as said:
            out = {"stdout": subprocess.DEVNULL, "stderr": said, **more}
            return subprocess.Popen(self.command(*words), env=environment, **out)

    def hear(self, text: str) -> None:
        """Note the results that the command has announced."""
        for student, _, word, points in LINE.findall(text):
            if student in self.announced and self.announced[student][0] != OURS:
                self.twice.append(student)
            self.announced[student] = word, float(points)
            self.done.add(student)
        self.retried.update(student for student, _, _ in RETRY.findall(text))

    def live(self, words: Sequence[str], todo: Plan, then: Callable[[int], None] | None = None, **more: Any) -> Life:
        """Run one command to its end, killing what is due. Done kills are taken from the plan. `then` is called once,
        with its process id, when it has graded some. `more` is for Popen."""
        if todo.begin and not self.armed:
            self.arm(todo.begin.pop(0))
        process = self.start(words, **more)
        life = Life(0, "", list(words))
        with (self.folder / "said").open("rb") as said:
            begun = seen = len(self.done)
            while (code := process.poll()) is None:
                self._listen(said, life)
                self._kill_what_is_due(process.pid, todo)
                if len(self.done) > seen + 2:  # while it grades; the reports at the end are another matter
                    seen = len(self.done)
                    life.memory.append((seen, resident_kb(process.pid)))
                if then and (len(self.done) >= begun + SOME or process.poll() is not None):
                    then(process.pid)
                    then = None
                time.sleep(0.005)
            self._listen(said, life)
        life.code = code
        self.left += [f"{name} {pid} after command {process.pid}" for pid, name in outliving(GONE_S)]
        self.lives.append(life)
        self.done |= self.stored()
        return life

    def stored(self) -> set[str]:
        """The students with a result, whatever it is."""
        if not self.database.exists():
            return set()
        with (
            contextlib.closing(sqlite3.connect(self.database)) as database,
            contextlib.suppress(sqlite3.OperationalError),
        ):
            return {row[0] for row in database.execute("SELECT DISTINCT student FROM result")}
        return set()

    def _listen(self, said: IO[bytes], life: Life) -> None:
        """Take the whole lines that have come."""
        place = said.tell()
        whole, end, _ = said.read().rpartition(b"\n")
        said.seek(place + len(whole + end))
        text = (whole + end).decode(errors="replace")
        self.hear(text)
        life.said = (life.said + text)[-20_000:]

    def _kill_what_is_due(self, command: int, todo: Plan) -> None:
        if self.armed:
            due = todo.running and len(self.done) >= todo.running[0].after + 2 * APART
            if not due or not self.disarm():
                return  # its step may still come
        if not todo.running:
            if todo.end:
                self.arm(todo.end.pop(0))
        elif len(self.done) >= todo.running[0].after:
            kill = todo.running.pop(0)
            if kill.step:
                self.arm(kill)
            name = kill.step.partition(":")[0]
            if name in (*BEGINNINGS, "worker.kill"):  # such a step comes only when a grader process has gone
                self._kill_now(command, replace(kill, victim="worker"), every=name in BEGINNINGS)
            elif not kill.step:
                self._kill_now(command, kill)

    def _kill_now(self, command: int, kill: Kill, every: bool = False) -> None:
        """Sandboxes live for some milliseconds only: wait for one. Or kill all such processes: nothing is graded then
        before another is there."""
        end = time.monotonic() + 2
        time.sleep(kill.delay)
        while time.monotonic() < end:
            if victims := hooks.below(command)[kill.victim]:
                for victim in victims if every else [random.Random(kill.id).choice(victims)]:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(victim, signal.SIGKILL)
                        self.random_kills.append(f"{kill.id} random {kill.victim} {victim}")
                return


def resident_kb(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


def outliving(within_s: float) -> list[tuple[int, str]]:
    """Processes below this one that are still there after a while, (pid, name). As every orphan below us becomes our
    child (see `adopt_orphans`), those are what a dead command has left behind."""
    end = time.monotonic() + within_s
    while alive := _reap():
        if time.monotonic() > end:
            return [(pid, _name(pid)) for pid in alive]
        time.sleep(0.02)
    return []


def _reap() -> list[int]:
    """Take leave of children that have ended; the others."""
    alive = []
    for pid in hooks.children(os.getpid()):
        with contextlib.suppress(ChildProcessError):
            if os.waitpid(pid, os.WNOHANG)[0] == 0:
                alive.append(pid)
    return alive


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:120]
    except OSError:
        return "?"


def adopt_orphans() -> None:
    """Processes below us whose parent dies become our children instead of init's."""
    import ctypes

    if ctypes.CDLL(None, use_errno=True).prctl(36, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "PR_SET_CHILD_SUBREAPER")
