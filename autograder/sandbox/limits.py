"""The limits of one sandbox: what the kernel is told, and what a report may claim about it.

Theory of operation. Each process has resource limits (rlimits). Under the strict profile a sandbox is one process, so
its limit on address space is a limit on the memory of the whole sandbox, and no cgroup is needed. With workers each
process has that much, and only a memory cgroup limits the sum. The limit on the number of processes is the kernel's
per user id and user namespace: every sandbox has a user namespace of its own, and an id that isn't root outside, for
which the limit would be ignored. CPU and wall-clock time are counted per check by the grader, which kills at the
deadline; RLIMIT_CPU stands behind it for the case that the grader is stuck.

`apply` runs inside the sandbox: this file imports nothing but the standard library when it is loaded.
"""

from __future__ import annotations

import math
import os
import resource
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.model.course import Limits
    from autograder.model.result import LimitNote

MIB = 1 << 20
FILES = 256  # open files
THREADS = 64  # of a sandbox without further processes
ARENA_MB = 64  # glibc reserves an arena of this size for the first thread; it isn't the student's
CPU_FACTOR = 100  # RLIMIT_CPU is for the whole sandbox, limits.cpu_s for one check


def profile(processes: int, device: str) -> str:
    """The seccomp profile that goes with these limits."""
    return ("gpu " if device == "cuda" else "") + ("workers" if processes else "strict")


def tasks(processes: int) -> int:
    """How many tasks (processes and their threads together, as the kernel counts) `processes` more processes need."""
    return THREADS if processes == 0 else 8 + 4 * processes  # a worker has a thread or two, the first process more


def last_cpu_s(cpu_s: float) -> int:
    """CPU seconds after which the kernel kills a sandbox (SIGKILL, for soft and hard limit are the same)."""
    return math.ceil(cpu_s * CPU_FACTOR)


def rlimits(limits: dict[str, float], address_space: int, device: str) -> dict[str, int]:
    """Name of each rlimit to its value. `address_space` is what the warm sandbox already has, in bytes."""
    memory = address_space + int(limits["memory_mb"] + ARENA_MB) * MIB
    return {
        "AS": resource.RLIM_INFINITY if device == "cuda" else memory,  # CUDA reserves far more addresses than memory
        "FSIZE": max(int(limits["disk_mb"]) * MIB, int(limits["output_kb"]) * 1024),
        "NOFILE": FILES,
        "NPROC": tasks(int(limits["processes"])) + 1,  # one more than the cgroup, whose refusals are counted
        "CPU": last_cpu_s(limits["cpu_s"]),
        "CORE": 0,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
        "SIGPENDING": 64,
        "NICE": 0,
        "RTPRIO": 0,
    }


def apply(limits: dict[str, float], device: str) -> None:
    """Limit this process, soft and hard alike, beyond what it already holds."""
    with open("/proc/self/statm") as statm:
        address_space = int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    for name, value in rlimits(limits, address_space, device).items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))


def notes(limits: Limits, device: str, cgroup: str) -> tuple[LimitNote, ...]:
    """How each limit is enforced on this machine; `cgroup` is "cgroup v1", "cgroup v2" or "" if there is none."""
    from autograder.model.result import LimitNote

    more = limits.processes
    memory, processes = "kernel: RLIMIT_AS", "kernel: seccomp"
    if cgroup:
        memory, processes = f"kernel: {cgroup}", f"kernel: {cgroup}"
    elif device == "cuda":
        memory = "not enforced"
    elif more:
        memory, processes = "kernel: RLIMIT_AS for each process; their sum is not enforced", "kernel: RLIMIT_NPROC"
    if more:
        processes += f" ({tasks(more)} tasks, threads included)"
    return (
        LimitNote("cpu", f"{limits.cpu_s:g} s per check", "watched"),
        LimitNote("wall", f"{limits.wall_s:g} s per check", "watched"),
        LimitNote("memory", f"{limits.memory_mb} MiB", memory),
        LimitNote("processes", f"{more} more", processes),
        LimitNote("output", f"{limits.output_kb} KiB", "watched"),
        LimitNote("disk", f"{limits.disk_mb} MiB", "kernel: size of a private tmpfs"),
    )
