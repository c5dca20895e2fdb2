"""How fast this machine is, against the one that the limits of courses are written for.

Theory of operation. A fixed piece of work, like that of the course: a loop of the interpreter, small tensors with their
gradients, a product of matrices. Each part is done several times in turn, timed in CPU seconds of this thread alone,
and its best time counts: a neighbour on the same core takes the time of some turns, hardly of all, and the interrupted
ones lose. The speed is the reference's time over the sum of the best; below 1 is a slower machine. All of it costs
less than a tenth of a second of CPU on the reference.

`python -m autograder.sandbox.speed` prints what was measured here. To take another machine as the reference, run it
there, idle, a few times, and write the smallest `ms` of each part into REFERENCE_MS.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping

import torch

from autograder.model import pace
from autograder.sandbox.facts import Fact

# A virtual machine with two cores of an AMD EPYC of the fourth generation (2.6 GHz nominal), Linux 6.18, Python 3.11,
# PyTorch 2.13.0 for the CPU. Milliseconds of CPU time.
REFERENCE_MS: Mapping[str, float] = {"interpreter": 0.95, "small tensors": 1.12, "matrices": 1.02}
TURNS = 12
ENOUGH_S = 0.08  # of CPU time, once each part has had three turns


def measure() -> float:
    """The speed of this machine, rounded to two digits. Sets PyTorch to one thread, as grading does."""
    return speed_of(best_ms())


def speed_of(best: Mapping[str, float]) -> float:
    """The speed from the best time of each part."""
    return round(sum(REFERENCE_MS.values()) / sum(best[part] for part in REFERENCE_MS), 2)


def best_ms(clock: Callable[[], float] = time.thread_time) -> dict[str, float]:
    """Each part's best time in milliseconds of CPU time."""
    torch.set_num_threads(1)
    best = dict.fromkeys(PARTS, float("inf"))
    for work in PARTS.values():
        work()  # the first call of an operation loads and allocates
    began = clock()
    for turn in range(TURNS):
        if turn >= 3 and clock() - began > ENOUGH_S:
            break
        for part, work in PARTS.items():
            start = clock()
            work()
            best[part] = min(best[part], (clock() - start) * 1e3)
    return best


def fact(speed: float) -> Fact:
    """What `doctor` says of it."""
    times = pace.stretch(speed)
    value = f"{speed:g} times the reference"
    if pace.too_slow(speed):
        now = f"limits are stretched at most {times:g} times, too little here: grade on a faster machine"
        return Fact("speed", value, False, now)
    return Fact("speed", value, True, f"limits on time are {times:g} times as long here" if times > 1 else "")


def _interpreter() -> None:
    total, table = 0, dict.fromkeys(range(64), 0)
    for number in range(12_000):
        table[number & 63] = total
        total = (total * 31 + number) % 1_000_003


def _small_tensors() -> None:
    x = torch.full((16, 32), 0.1, requires_grad=True)
    w = torch.full((32, 32), 0.01, requires_grad=True)
    for _ in range(13):
        loss = torch.softmax(torch.tanh(x @ w), -1).square().sum()
        loss.backward()
        x.grad = w.grad = None


def _matrices() -> None:
    product = factor = torch.full((256, 256), 0.01)
    for _ in range(3):
        product = factor @ product


PARTS: Mapping[str, Callable[[], None]] = {
    "interpreter": _interpreter,
    "small tensors": _small_tensors,
    "matrices": _matrices,
}


def main() -> None:
    """Print what was measured, as JSON."""
    best = best_ms()
    print(json.dumps({"speed": speed_of(best), "ms": {part: round(ms, 3) for part, ms in best.items()}}))


if __name__ == "__main__":
    main()
