"""The limits of one sandbox: what the kernel is told, and what a report may claim about it.

Theory of operation. Each process has resource limits (rlimits). Under the strict profile a sandbox is one process, so
its limit on address space is a limit on the memory of the whole sandbox, and no cgroup is needed. With workers each
process has that much, and only a memory cgroup limits the sum. The limit on the number of processes is the kernel's
per user id and user namespace: every sandbox has a user namespace of its own, and an id that isn't root outside, for
which the limit would be ignored. CPU and wall-clock time are counted per check by the grader, which kills at the
deadline; RLIMIT_CPU stands behind it for the case that the grader is stuck. The size of an answer, and how often it
calls back, are counted by the grader as the frames arrive, before anything is kept of them.

`apply` runs inside the sandbox: this file imports nothing but the standard library when it is loaded.
"""

from __future__ import annotations

import errno
import math
import os
from contextlib import suppress
from typing import TYPE_CHECKING

with suppress(ImportError):  # on Windows, where students check their own work and nothing is limited
    import resource

if TYPE_CHECKING:
    from autograder.model.course import Limits
    from autograder.model.result import LimitNote

MIB = 1 << 20
THREADS = 64  # of a sandbox without further processes
ARENA_MB = 64  # glibc reserves an arena of this size for the first thread; it isn't the student's
CPU_FACTOR = 100  # RLIMIT_CPU is for the whole sandbox, limits.cpu_s for one check


def profile(processes: int, device: str) -> str:
    """The seccomp profile that goes with these limits."""
    return ("gpu " if device == "cuda" else "") + ("workers" if processes else "strict")


def tasks(processes: int) -> int:
    """How many tasks (processes and their threads together, as the kernel counts) `processes` more processes need."""
    return THREADS if processes == 0 else 8 + 4 * processes  # a worker has a thread or two, the first process more


def cpu_total(cpu_s: float) -> int:
    """Seconds of CPU time after which the kernel itself ends a sandbox, if nobody has done so before."""
    return math.ceil(cpu_s * CPU_FACTOR)


def rlimits(limits: dict[str, float], address_space: int, device: str) -> dict[str, int]:
    """Name of each rlimit to its value. `address_space` is what the warm sandbox already has, in bytes."""
    memory = address_space + int(limits["memory_mb"] + ARENA_MB) * MIB
    return {
        "AS": resource.RLIM_INFINITY if device == "cuda" else memory,  # CUDA reserves far more addresses than memory
        "FSIZE": max(int(limits["disk_mb"]) * MIB, int(limits["output_kb"]) * 1024),
        "NOFILE": int(limits["files"]),
        "NPROC": tasks(int(limits["processes"])) + 1,  # one more than the cgroup, whose refusals are counted
        "CPU": cpu_total(limits["cpu_s"]),
        "CORE": 0,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
        "SIGPENDING": 64,
        "NICE": 0,
        "RTPRIO": 0,
    }


def apply(limits: dict[str, float], device: str) -> None:
    """Limit this process, soft and hard alike, beyond what it already holds.

    Raises OSError where whoever grades is held to less than a sandbox needs: a limit can be lowered, never raised.
    """
    with open("/proc/self/statm") as statm:
        address_space = int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    for name, value in rlimits(limits, address_space, device).items():
        kind = getattr(resource, f"RLIMIT_{name}")
        try:
            resource.setrlimit(kind, (value, value))
        except ValueError:
            hard = resource.getrlimit(kind)[1]
            raise OSError(errno.EPERM, f"RLIMIT_{name} is {hard} here, and a sandbox needs {value}") from None


def notes(limits: Limits, device: str, cgroup: str) -> tuple[LimitNote, ...]:
    """How each limit is enforced on this machine; `cgroup` is "cgroup v1", "cgroup v2" or "" if there is none."""
    from autograder.model.result import LimitNote

    more = limits.processes
    cpu, memory, processes = "watched", "kernel: RLIMIT_AS", "kernel: seccomp"
    if cgroup:
        memory, processes = f"kernel: {cgroup}", f"kernel: {cgroup}"
    elif device == "cuda":
        memory = "not enforced"
    elif more:
        memory, processes = "kernel: RLIMIT_AS for each process; their sum is not enforced", "kernel: RLIMIT_NPROC"
    if more:
        processes += f" ({tasks(more)} tasks, threads included)"
    if more and not cgroup:
        cpu = "watched, for the first process; the clock ends the others"
    disk = "kernel: size of a private tmpfs"
    gpu = (LimitNote("gpu memory", "all of the device", "not enforced"),) if device == "cuda" else ()
    return (
        LimitNote("cpu", f"{limits.cpu_s:g} s per check", cpu),
        LimitNote("wall", f"{limits.wall_s:g} s per check", "watched"),
        LimitNote("memory", f"{limits.memory_mb} MiB", memory),
        LimitNote("processes", f"{more} more", processes),
        LimitNote("output", f"{limits.output_kb} KiB", "watched"),
        LimitNote("disk", f"{limits.disk_mb} MiB", disk),
        LimitNote("inodes", f"{limits.inodes} files and folders", disk),
        LimitNote("files", f"{limits.files} open at a time", "kernel: RLIMIT_NOFILE"),
        LimitNote("message", f"{limits.message_mb} MiB per answer", "watched"),
        LimitNote("calls", f"{limits.calls} per check", "watched"),
        *gpu,
    )
