"""Every limit, through the whole program below the command line: just below it, exactly at it, and above."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from autograder.model.result import Outcome
from autograder.sandbox import cgroups, limits

MIB = 1 << 20
GROUPS = cgroups.find()
CGROUP = f"kernel: {GROUPS.name}" if GROUPS else ""


@dataclass(frozen=True)
class Row:
    """`source` defines f(amount, ask). `at` is the largest amount that passes; None where nothing can be done exactly
    at the limit (a clock)."""

    name: str
    source: str
    below: float
    at: float | None
    above: float
    outcome: Outcome
    note: tuple[str, str, str]  # name, value, enforced
    limits: dict[str, float] = field(default_factory=dict)
    needs: str = ""  # a reason to skip it here


TABLE = [
    Row(
        "CPU time",
        "import time\ndef f(n, ask):\n    end = time.process_time() + n\n    while time.process_time() < end: pass\n",
        *(0.05, None, 20),
        Outcome.CPU,
        ("cpu", "1 s per check", "watched"),
        {"cpu_s": 1},
    ),
    Row(
        "wall time",
        "import time\ndef f(n, ask): time.sleep(n)\n",
        *(0.05, None, 60),
        Outcome.TIMEOUT,
        ("wall", "5 s per check; waiting for a processor is not counted", "watched"),
        {"wall_s": 5},
    ),
    Row(
        "memory of one process",
        "def f(n, ask): b'x' * n\n",
        *(100 * MIB, 128 * MIB, (128 + 2 * limits.ARENA_MB) * MIB),
        Outcome.MEMORY,
        ("memory", "128 MiB", "kernel: RLIMIT_AS"),
        {"memory_mb": 128},
    ),
    Row(
        "memory of a process among several",
        "def f(n, ask): b'x' * n\n",
        *(100 * MIB, 128 * MIB, 500 * MIB),
        Outcome.MEMORY,
        ("memory", "128 MiB", CGROUP or "kernel: RLIMIT_AS for each process; their sum is not enforced"),
        {"memory_mb": 128, "processes": 1},
    ),
    Row(
        "memory of several processes together",
        """
import os, time
def f(n, ask):
    ready, tell = os.pipe()
    if os.fork() == 0:
        held = b'x' * (n // 2)
        os.write(tell, b'x')
        time.sleep(60)
    os.close(tell)
    if os.read(ready, 1) != b'x': raise RuntimeError('my worker is gone')
    b'x' * (n // 2)
    os.kill(-1, 9)
    os.wait()
""",
        *(100 * MIB, 128 * MIB, 200 * MIB),
        Outcome.MEMORY,
        ("memory", "128 MiB", CGROUP),
        {"memory_mb": 128, "processes": 1},
        "" if CGROUP else "no control groups that we may use here",
    ),
    Row(
        "processes, where none are allowed",
        "import os\ndef f(n, ask):\n    for _ in range(n): os.fork() or os._exit(0)\n",
        *(0, 0, 1),
        Outcome.PROCESSES,
        ("processes", "0 more", "kernel: seccomp"),
    ),
    Row(
        "threads",
        """
import threading
def f(n, ask):
    end = threading.Event()
    threads = [threading.Thread(target=end.wait) for _ in range(n)]
    try:
        for thread in threads: thread.start()
    finally:
        end.set()
""",
        *(8, limits.THREADS, limits.THREADS + 1),
        Outcome.PROCESSES,
        ("processes", "0 more", "kernel: seccomp"),
        {"memory_mb": 2048},
    ),
    Row(
        "processes, where some are allowed",
        """
import os, time
def f(n, ask):
    try:
        for _ in range(n - 1): os.fork() or time.sleep(60)
    finally:
        os.kill(-1, 9)
        while True:
            try: os.wait()
            except ChildProcessError: break
""",
        *(2, limits.tasks(2), limits.tasks(2) + (1 if CGROUP else 2)),
        Outcome.PROCESSES,
        ("processes", "2 more", f"{CGROUP or 'kernel: RLIMIT_NPROC'} (16 tasks, threads included)"),
        {"processes": 2, "memory_mb": 256},
    ),
    Row(
        "output",
        "import os\ndef f(n, ask): os.write(1, b'x' * n)\n",
        *(1000, 10_000, 64 * 1024 + 1 - 11_000),
        Outcome.OUTPUT,
        ("output", "64 KiB", "watched"),
        {"output_kb": 64},
    ),
    Row(
        "bytes on disk",
        "def f(n, ask):\n    with open('big', 'wb') as file: file.write(bytes(n))\n",
        *(MIB, 4 * MIB - 4096, 4 * MIB - 4095),  # the submission itself takes a page
        Outcome.DISK,
        ("disk", "4 MiB", "kernel: size of a private tmpfs"),
        {"disk_mb": 4},
    ),
    Row(
        "files on disk",
        "def f(n, ask):\n    for number in range(n): open(f'{number}', 'w').close()\n",
        *(10, 49, 50),  # the submission itself is one
        Outcome.DISK,
        ("inodes", "50 files and folders", "kernel: size of a private tmpfs"),
        {"inodes": 50},
    ),
    Row(
        "open files",
        "def f(n, ask): held = [open('tiny.py') for _ in range(n)]\n",
        *(10, 60, 61),  # its two outputs, its input and its socket are open
        Outcome.FILES,
        ("files", "64 open at a time", "kernel: RLIMIT_NOFILE"),
        {"files": 64},
    ),
    Row(
        "bytes of an answer",
        "import torch\ndef f(n, ask): return torch.zeros(n, dtype=torch.uint8)\n",
        *(1000, MIB, MIB + 1),
        Outcome.MESSAGE,
        ("message", "1 MiB per answer", "watched"),
        {"message_mb": 1},
    ),
    Row(
        "calls of the check's functions",
        "def f(n, ask):\n    for _ in range(n): ask()\n",
        *(1, 50, 51),
        Outcome.CALLS,
        ("calls", "50 per check", "watched"),
        {"calls": 50},
    ),
]


WITHOUT_GROUPS = [
    replace(
        row,
        note=(*row.note[:2], enforced),
        above=row.above + (1 if row.name == "processes, where some are allowed" and CGROUP else 0),
    )
    for row in TABLE
    for enforced in (
        {
            "memory of a process among several": "kernel: RLIMIT_AS for each process; their sum is not enforced",
            "processes, where some are allowed": "kernel: RLIMIT_NPROC (16 tasks, threads included)",
        }.get(row.name),
    )
    if enforced
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_up_to_the_limit_all_is_well_and_above_it_has_its_own_outcome(graded, row):
    judge(graded, row)


@pytest.mark.parametrize("row", WITHOUT_GROUPS, ids=lambda row: row.name)
def test_it_is_so_without_control_groups_too(graded, zygote, monkeypatch, row):
    monkeypatch.setattr(zygote, "_groups", None)
    judge(graded, row)


def judge(graded, row):
    if row.needs:
        pytest.skip(row.needs)
    amounts = {"below": row.below, "at": row.at, "above": row.above, "after": row.below}
    amounts = {name: amount for name, amount in amounts.items() if amount is not None}
    result = graded(row.source, amounts, **row.limits)
    outcomes = {check.check[2:]: check.outcome for check in result.checks}
    wanted = {name: row.outcome if name == "above" else Outcome.PASSED for name in amounts}
    assert outcomes == wanted, [check.detail for check in result.checks]
    above = next(check for check in result.checks if check.check == "f.above")
    assert above.reason == "limit"
    assert above.points == 0
    assert above.message.en
    assert above.message.zh
    assert row.note in [(note.name, note.value, note.enforced) for note in result.limits]
    assert result.flags == ()
