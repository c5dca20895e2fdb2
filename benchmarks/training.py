"""What the wall adds to a training task of about one CPU second: the same training in this process and in a sandbox."""

from __future__ import annotations

import statistics
import time
import types

import torch

from autograder.model.course import Limits
from autograder.sandbox import backend
from autograder.sandbox.host import Host
from autograder.sandbox.launcher import Zygote
from autograder.sandbox.remote import Submission

SOURCE = """
import torch
from torch import nn

def train(x, y, steps):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    for step in range(steps):
        rows = slice(step * 64 % 1280, step * 64 % 1280 + 64)
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(x[rows]), y[rows]).backward()
        optimizer.step()
    return net(x).detach()
"""
STEPS = 2500


def run(count: int = 11) -> tuple[list[float], list[float]]:
    """CPU seconds of the training itself, here and in a sandbox, in turn. The wall's part includes both ends."""
    backend.settle()
    module = types.ModuleType("work")
    exec(compile(SOURCE, "work.py", "exec"), vars(module))
    x, y = torch.randn(1437, 64), torch.randint(0, 10, (1437,))
    module.train(x, y, 10)
    here, there = [], []
    limits = Limits(cpu_s=60, wall_s=120)
    with Zygote() as zygote:
        for _ in range(count):
            begun = time.process_time()
            expected = module.train(x, y, STEPS)
            here.append(time.process_time() - begun)
            host = Host(zygote.spawn(limits), limits)
            host.hello()
            names = host.request("load", {"work.py": SOURCE.encode()}, "work")
            begun, before = time.process_time(), host.process.cpu_s()
            got = Submission(host, names, SOURCE, "cpu").train(x, y, STEPS)
            there.append(time.process_time() - begun + host.process.cpu_s() - before)
            host.close()
            if not torch.equal(got, expected):
                raise SystemExit("the training in the sandbox came to other numbers")
    return here, there


def report(count: int = 11) -> str:
    """One line: medians and the overhead of paired runs."""
    here, there = run(count)
    overhead = statistics.median(b / a - 1 for a, b in zip(here, there, strict=True))
    return (
        f"training of {statistics.median(here):.2f} CPU s in process, {statistics.median(there):.2f} through the wall: "
        f"overhead {overhead:+.1%} (median of {count} pairs; bitwise the same weights)"
    )


if __name__ == "__main__":
    print(report())
