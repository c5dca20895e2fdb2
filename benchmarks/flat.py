"""A thousand submissions of one topic by one grader: time and memory of the first hundred against the last."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

from autograder.model.course import Limits
from autograder.sandbox.host import Host
from benchmarks.measure import cpu_s, memory_mb
from benchmarks.throughput import Wall


def private_mb(pid: int) -> float:
    """Memory of a sandbox that it shares with nobody, in MiB."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in rollup if line.startswith("Private_")) / 1024


def one_sandbox(wall: Wall) -> float:
    """Private memory of a loaded sandbox after its first call, in MiB."""
    limits = Limits()
    host = Host(wall.zygote.spawn(limits), limits)
    host.hello()
    host.request("load", {"work.py": b"import torch\ndef f(x): return torch.softmax(x, -1)\n"}, "work")
    host.request("call", None, "f", (__import__("torch").randn(3, 5),), {})
    size = private_mb(host.process.pid)
    host.close()
    return size


def report(count: int = 1000) -> str:
    """Three lines: private memory of a sandbox, total memory and time over the run."""
    wall = Wall()
    sizes = [one_sandbox(wall) for _ in range(9)]
    walls, cpus, memory = [], [], {}
    for number in range(count):
        before, begun = cpu_s(os.getpid()), time.perf_counter()
        wall.grade(number)
        walls.append((time.perf_counter() - begun) * 1e3)
        cpus.append((cpu_s(os.getpid()) - before) * 1e3)
        if number + 1 in (100, count):
            memory[number + 1] = memory_mb(os.getpid())
    wall.worker.close()
    first, last = statistics.median(walls[:100]), statistics.median(walls[-100:])
    first_cpu, last_cpu = statistics.fmean(cpus[:100]), statistics.fmean(cpus[-100:])
    return "\n".join(
        [
            f"private memory of a sandbox after its first call: {statistics.median(sizes):.1f} MiB (median of 9)",
            f"grader, zygote and sandboxes: {memory[100]:.0f} MiB after 100, {memory[count]:.0f} MiB after {count}",
            f"submissions 1-100: {first:.1f} ms, {first_cpu:.1f} CPU; last 100: {last:.1f} ms, {last_cpu:.1f} CPU",
        ]
    )


if __name__ == "__main__":
    print(report())
