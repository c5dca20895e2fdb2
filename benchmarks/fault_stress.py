"""What is taken away from the command while it grades, one thing after the other, and what it must do about it.

Where it can't go on it has to say so in words of its own and to go on later; where it can, nobody may notice anything.
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.store.store import Store
from benchmarks import fault_claims, faults
from benchmarks.fault_claims import Claim
from benchmarks.fault_hooks import sitecustomize as hooks
from benchmarks.fault_kills import Field
from benchmarks.fault_plan import Plan

Step = Callable[[Field, int], None]
MOST_COMMANDS = 5


def nothing(_: Field, __: int) -> None:
    """Nothing to do."""


@dataclass(frozen=True, slots=True)
class Case:
    """`before` the command starts, `during` (once it has graded some; with its process id), `after` it has ended.
    `told`: it must give up with one of these words; (): it must get through. `room`: the folder that gets a small disk
    of its own, for root only. `slow`: takes a minute."""

    name: str
    told: tuple[str, ...] = ()
    before: Step = nothing
    during: Step = nothing
    after: Step = nothing
    room: str = ""
    slow: bool = False
    may: bool = False  # it may also get through
    popen: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)


# Disk


def fill(name: str, leave_kb: int) -> Step:
    """Fill the small disk of a folder but for some KiB."""

    def step(where: Field, _: int) -> None:
        with (where.folder / name / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
            while ballast.write(bytes(4096)):
                pass
        size = (where.folder / name / "ballast").stat().st_size
        os.truncate(where.folder / name / "ballast", max(0, size - (leave_kb << 10)))

    return step


def unfill(name: str) -> Step:
    return lambda where, _: (where.folder / name / "ballast").unlink()


def remount(name: str, options: str) -> Step:
    def step(where: Field, _: int) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", where.folder / name], check=True)

    return step


@contextlib.contextmanager
def small_disk(path: Path) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m,nr_inodes=400", "faults", path], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", path], check=True)


# Processes


def pick(command: int, kind: str) -> int:
    """A living process of the command's."""
    end = time.monotonic() + 30
    while not (found := hooks.below(command)[kind]) and time.monotonic() < end:
        time.sleep(0.002)
    return found[0] if found else 0


def squeeze(kind: str, what: int, left: int, hard: bool = False) -> Step:
    """Leave a process no more file descriptors or address space than it has, and `left`."""

    def step(_: Field, command: int) -> None:
        with contextlib.suppress(OSError):
            pid = pick(command, kind)
            if what == resource.RLIMIT_NOFILE:
                used = max(map(int, os.listdir(f"/proc/{pid}/fd"))) + 1
            else:
                used = int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * resource.getpagesize()
            most = resource.prlimit(pid, what)[1]
            resource.prlimit(pid, what, (used + left, used + left if hard else most))

    return step


def then_kill(step: Step, kind: str) -> Step:
    """So that it has to start another."""

    def both(where: Field, command: int) -> None:
        step(where, command)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pick(command, kind), signal.SIGKILL)

    return both


def stop(kind: str, seconds: float) -> Step:
    """Let a process stand still for a while."""

    def step(_: Field, command: int) -> None:
        pid = pick(command, kind)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
            threading.Timer(seconds, lambda: _go_on(pid)).start()

    return step


def _go_on(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)


def largest_file(_: Field, command: int) -> None:
    resource.prlimit(command, resource.RLIMIT_FSIZE, (64 << 10, resource.RLIM_INFINITY))


# Database


def busy(seconds: float) -> Step:
    """Another program writes to the database and takes its time."""

    def hold(path: Path) -> None:
        with contextlib.closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as database:
            database.execute("BEGIN EXCLUSIVE")
            time.sleep(seconds)
            database.execute("ROLLBACK")

    return lambda where, _: threading.Thread(target=hold, args=(where.database,), daemon=True).start()


def made_then_read_only(where: Field, _: int) -> None:
    Store.open(where.database).close()
    remount("db", "ro")(where, 0)


def several(where: Field, command: int) -> None:
    """What must be borne, all at the same time."""
    busy(1)(where, command)
    squeeze("zygote", resource.RLIMIT_AS, 0, hard=True)(where, command)
    squeeze("worker", resource.RLIMIT_AS, 0)(where, command)
    squeeze("worker", resource.RLIMIT_NOFILE, 0)(where, command)


FULL, MANY = ("the disk is full", "disk is full"), ("Too many open files", "can't be opened or created")
READ_ONLY = ("may not be written", "may not be opened", "can't be opened or created")  # the last: the write-ahead log
CASES = (
    Case("the disk of the database is full", FULL, during=fill("db", 8), after=unfill("db"), room="db"),
    Case("the disk of the reports is full", FULL, before=fill("out", 8), after=unfill("out"), room="out"),
    Case(
        "the temporary folder is full",
        before=remount("tmp", "nr_inodes=1"),
        after=remount("tmp", "nr_inodes=400"),
        room="tmp",
    ),
    Case("no file may grow (RLIMIT_FSIZE)", ("full", "failed", "File too large"), during=largest_file),
    Case("the database is busy for 2 s", during=busy(2)),
    Case("the database is busy for 40 s", ("is locked by another program",), during=busy(40), slow=True),
    Case("the database is read-only", READ_ONLY, before=made_then_read_only, after=remount("db", "rw"), room="db"),
    Case(
        "no more file descriptors for the command",
        MANY,
        during=then_kill(squeeze("command", resource.RLIMIT_NOFILE, -8), "worker"),
    ),
    Case("no more file descriptors for a grader process", during=squeeze("worker", resource.RLIMIT_NOFILE, 0)),
    Case("no more file descriptors for a zygote", during=squeeze("zygote", resource.RLIMIT_NOFILE, 0)),
    Case("no more memory for the command", ("memory",), during=squeeze("command", resource.RLIMIT_AS, 0), may=True),
    Case("no more memory for a grader process", during=squeeze("worker", resource.RLIMIT_AS, 0)),
    Case("no more memory for a zygote", during=squeeze("zygote", resource.RLIMIT_AS, 0, hard=True)),
    Case("several things at once", during=several),
    Case("a zygote stands still for 15 s", during=stop("zygote", 15), slow=True),
    Case("a grader process stands still for 2 s", during=stop("worker", 2)),
    Case("nobody to talk to (2> /dev/full)", popen={"stderr": "/dev/full"}),
    Case("the clock jumps by days at every look", environment={"AUTOGRADER_FAULTS_CLOCK": "1"}),
)


def run(case: Case, folder: Path, submissions: int, seed: int, **more: Any) -> Claim:
    """One case on a class of its own; `more` is for `faults.make_field`."""
    if case.room and os.geteuid() != 0:
        return Claim(case.name, "not tried: mounting a small disk is for root", [])
    folder = folder / case.name.replace("/", " ")
    where, expected = faults.make_field(folder, submissions, random.Random(seed), **more)
    with contextlib.ExitStack() as stack:
        if case.room:
            stack.enter_context(small_disk(folder / case.room))
        popen = {name: stack.enter_context(Path(file).open("wb")) for name, file in case.popen.items()}
        case.before(where, 0)
        with _environment(case.environment):
            first = where.live([], _no_kills(), lambda pid: case.during(where, pid), **popen)
        case.after(where, 0)
        found, figure = _judge(case, first.code, first.said)
        found += faults.campaign(where, _no_kills()) if first.code != 0 or case.told else []
        found += [f"{len(where.lives)} commands"] * (len(where.lives) > MOST_COMMANDS)
        claims = [*fault_claims.results(where, expected), *_leftovers(where)]
        found += [f"{claim.name}: {one}" for claim in claims for one in claim.found]
    return Claim(case.name, f"{figure}; {len(where.lives)} commands", found)


def _judge(case: Case, code: int, said: str) -> tuple[list[str], str]:
    last = next((line for line in reversed(said.splitlines()) if line.startswith("autograder: ")), "")
    if case.told:
        right = code == 3 and any(word in said.rpartition("autograder: ")[2] for word in case.told)
        right = right or (case.may and code in (0, 3) and "\nopen     " in said)
        return ([] if right else [f"exit code {code}, said: {said[-400:]}"]), f"exit code {code}, {last[-90:]!r}"
    return ([] if code in (0, 3) and not last else [f"exit code {code}, said: {said[-400:]}"]), "got through"


def _leftovers(where: Field) -> list[Claim]:
    files = [str(path) for path in (where.folder / "tmp").iterdir()]
    return [Claim("orphan processes", "", where.left), Claim("temporary files", "", files)]


def _no_kills() -> Plan:
    return Plan([], [], [])


@contextlib.contextmanager
def _environment(more: Mapping[str, str]) -> Iterator[None]:
    os.environ.update(more)
    try:
        yield
    finally:
        for name in more:
            del os.environ[name]


def cases(words: str | None, short: bool) -> list[Case]:
    """Those with these words in their names, all for None, none for ""; `short` leaves the slow ones out."""
    found = [case for case in CASES if words is None or (words and words in case.name)]
    return [case for case in found if not (short and case.slow)]
