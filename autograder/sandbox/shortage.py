"""Whether the machine, rather than a sandbox, was short of memory when a sandbox was refused some.

Linux grants address space without asking what is left, except in its strict mode (vm.overcommit_memory is 2). Only
there can what other programs hold turn into a MemoryError in a sandbox.
"""

from __future__ import annotations

from pathlib import Path


def of_memory(wanted_mb: int, proc: Path = Path("/proc")) -> bool:
    """Whether the kernel could refuse a sandbox its `wanted_mb` MiB because others have taken them."""
    try:
        if (proc / "sys/vm/overcommit_memory").read_text().strip() != "2":
            return False
        fields = dict(line.split(":", 1) for line in (proc / "meminfo").read_text().splitlines())
        free_kb = int(fields["CommitLimit"].split()[0]) - int(fields["Committed_AS"].split()[0])
    except (OSError, KeyError, ValueError):  # not Linux, which alone can say; the sandbox's own limit is likelier
        return False
    return free_kb < wanted_mb << 10
