"""What the hidden checks of topic 16 share: batches that were fetched, statistics of draws, and shifts by hand."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.checks import compare

F32, F64 = torch.float32, torch.float64
FETCH = "import itertools\nlist(itertools.islice(loader, 300))"


def batches(submission: Any, loader: Any) -> list[Any]:
    """Everything one pass over the student's loader gives."""
    return compare.items(submission.build(FETCH, loader=loader), None, list, "the batches of one pass", "一遍的小批量")


def numbers(found: list[Any]) -> list[list[int]]:
    """Batches of a dataset of integers, as lists."""
    return [compare.tensor(batch, shape=(None,), dtype=torch.int64, what="a batch").tolist() for batch in found]


def flat(found: list[list[int]]) -> list[int]:
    return [number for batch in found for number in batch]


def once(found: list[list[int]], count: int) -> None:
    """Every sample of 0 ... count - 1 is there exactly once."""
    seen = sorted(flat(found))
    compare.require(
        seen == list(range(count)),
        "one pass should give every sample exactly once.",
        "一遍应当恰好给出每个样本一次。",
        reason="value",
    )


def unlikely(counts: Tensor, expected: float) -> float:
    """How unusual these counts of equally likely outcomes are: a chi-square, as a standard normal value."""
    degrees = counts.numel() - 1
    chi = float(((counts.double() - expected) ** 2).sum()) / expected
    middle, width = 1 - 2 / (9 * degrees), math.sqrt(2 / (9 * degrees))
    return float(((chi / degrees) ** (1 / 3) - middle) / width)


def rate(hits: Tensor, chance: float, en: str, zh: str, errors: float = 5.0) -> None:
    """The share of hits is within five standard errors of `chance`; more, where hits depend on their neighbours."""
    error = math.sqrt(chance * (1 - chance) / max(1, hits.numel()))
    compare.require(abs(hits.double().mean().item() - chance) <= errors * error, en, zh, reason="statistics")


def result(got: Any, x: Tensor) -> Tensor:
    """`got`, known to be of the shape and dtype of x."""
    found: Tensor = compare.tensor(got, shape=tuple(x.shape), dtype=x.dtype)
    return found.detach()


def shifted(x: Tensor, down: int, right: int, fill: float) -> Tensor:
    """x (N, C, H, W), all of it moved alike."""
    m, (h, w) = max(abs(down), abs(right)), x.shape[2:]
    wide = F.pad(x.double(), (m, m, m, m), value=fill).to(x.dtype)
    return wide[:, :, m - down : m - down + h, m - right : m - right + w]


def moves(got: Tensor, x: Tensor, reach: int, fill: float) -> Tensor:
    """How far each picture was moved, int64 (N, 2). Pictures are random, so at most one place fits."""
    found = torch.full((len(x), 2), 99)
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            fits = (got == shifted(x, down, right, fill)).flatten(1).all(1)
            found[fits] = torch.tensor([down, right])
    compare.require(
        bool((found != 99).all()),
        "a picture is not x moved by whole pixels, all channels together, with fill coming in at the edges.",
        "有一张图不是把 x 整体移动整数个像素、所有通道一起动、空出处填 fill 的结果。",
        reason="value",
    )
    return found


def new_memory(seen: Any) -> None:
    """The observed call returned something of its own."""
    compare.require(
        seen.same_as is None and not seen.shares,
        "the result shares its memory with x: whoever writes into it changes x.",
        "结果与 x 共用内存：往结果里写，就改动了 x。",
        reason="changed",
    )


def from_generator(submission: Any, call: str, x: Tensor, seed: int) -> None:
    """`call` (a function of x and g) draws from g alone: equal seeds, equal results; g moves on."""
    source = f"""
def run(number):
    g = torch.Generator().manual_seed(number)
    return [{call}, {call}]

torch.manual_seed(1)
before = torch.get_rng_state()
one, two, other = run(seed), run(seed), run(seed + 1)
rests = torch.equal(before, torch.get_rng_state())
g = None
torch.manual_seed(seed)
first = {call}
torch.manual_seed(seed)
[one, two, other, rests, first, {call}]
"""
    got = compare.items(submission.build(source, x=x, seed=seed), 6, list)
    for run in got[:3]:
        for value in compare.items(run, 2, list):
            result(value, x)
    (first, following), again, other = got[:3]
    compare.same(again, [first, following], rtol=0, atol=0, what="the result of an equal seed", zh="同一种子的结果")
    compare.require(not torch.equal(first, following), "two calls with one generator give the same.",
                    "用同一个生成器调用两次，结果相同。")  # fmt: skip
    compare.require(not torch.equal(first, other[0]), "another seed gives the same result.", "换一个种子，结果相同。")
    compare.equal(got[3], True, what="leaving PyTorch's global generator alone", zh="不动全局生成器")
    compare.same(got[5], result(got[4], x), rtol=0, atol=0, what="the result without a generator, seeded globally",
                 zh="不给生成器、用全局种子的结果")  # fmt: skip
