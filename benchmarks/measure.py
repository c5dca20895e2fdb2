"""CPU and memory of a process and everything it started, read from /proc."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> Iterator[int]:
    """A process and all its living descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


def cpu_s(pid: int) -> float:
    """CPU seconds of a process, its living descendants and all they have waited for."""
    total = 0.0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) * TICK
    return total


def memory_mb(pid: int) -> float:
    """Proportional memory of a process and its living descendants, in MiB: shared pages count once."""
    total = 0
    for member in family(pid):
        for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


@dataclass(slots=True)
class Samples:
    """Wall and CPU milliseconds of one way to do a thing. /proc counts CPU in steps of 10 ms: only means count."""

    name: str
    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def row(self, base: Samples) -> str:
        cpu, wall = statistics.fmean(self.cpu_ms), sorted(self.wall_ms)
        ratio = statistics.fmean(base.cpu_ms) / cpu
        p95 = wall[int(len(wall) * 0.95)] if len(wall) > 1 else wall[0]
        return (
            f"| {self.name} | {len(wall)} | {statistics.median(wall):.1f} | {p95:.1f} "
            f"| {cpu:.1f} | {1000 / cpu:.2f} | {ratio:.1f}x |"
        )


HEADER = (
    "| mode | n | wall ms p50 | p95 | CPU ms mean | submissions / s / core | against cold |\n"
    "|---|---|---|---|---|---|---|"
)
