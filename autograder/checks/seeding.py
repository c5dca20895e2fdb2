"""All hidden randomness of a check, from one recorded seed."""

from __future__ import annotations

import hashlib
import random
from functools import cached_property

import torch


def derive(seed: int, name: str) -> int:
    """A seed of 63 bits that only this seed and this name give."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def float_type(number: int) -> torch.dtype:
    """float64, and float32 in every third case: with the four layouts of `Draw.layout`, twelve cases see all pairs."""
    return torch.float32 if number % 3 == 2 else torch.float64


class Draw:
    """Random inputs, the same for the same seed. `child(name)` is independent of everything drawn here, so adding a
    draw to one part of a check never changes another part. All tensors are made on the CPU.

    Every tensor comes from a generator of its own. From a few hundred numbers of one generator a student's code could
    compute its seed, and so everything else that was drawn from it: the true weights, the next input."""

    def __init__(self, seed: int) -> None:
        self.seed = int(seed)
        self._handed_out = 0

    def __repr__(self) -> str:
        return "Draw(…)"  # a seed in a traceback would give the hidden inputs away

    @cached_property
    def random(self) -> random.Random:
        return random.Random(derive(self.seed, "python"))

    def child(self, name: str) -> Draw:
        """An independent Draw; the same name gives the same one."""
        return Draw(derive(self.seed, f"child/{name}"))

    def new_seed(self) -> int:
        """Another seed on every call, for code that wants an integer."""
        self._handed_out += 1
        return derive(self.seed, f"seed/{self._handed_out}")

    def new_generator(self, device: str = "cpu") -> torch.Generator:
        """A freshly seeded generator, another one on every call."""
        return torch.Generator(device).manual_seed(self.new_seed())

    def randn(self, *shape: int, dtype: torch.dtype = torch.float64) -> torch.Tensor:
        """Standard normal values."""
        return torch.randn(shape, dtype=torch.float64, generator=self.new_generator()).to(dtype)

    def uniform(self, low: float, high: float, *shape: int, dtype: torch.dtype = torch.float64) -> torch.Tensor:
        """Values in [low, high)."""
        unit = torch.rand(shape, dtype=torch.float64, generator=self.new_generator())
        return (low + (high - low) * unit).to(dtype)

    def integers(self, low: int, high: int, *shape: int) -> torch.Tensor:
        """int64 values in low .. high-1."""
        return torch.randint(low, high, shape, generator=self.new_generator())

    def size(self, low: int, high: int) -> int:
        """A size in low .. high, both included."""
        return self.random.randint(low, high)

    def sizes(self, count: int, low: int, high: int) -> tuple[int, ...]:
        """`count` different sizes in low .. high, both included: a shape in which no two dimensions can be mixed up."""
        return tuple(self.random.sample(range(low, high + 1), count))

    def labels(self, count: int, classes: int) -> torch.Tensor:
        """int64 labels of shape (count,); every class occurs if there is room for it."""
        drawn = self.integers(0, classes, count)
        if count >= classes:
            drawn[self.permutation(count)[:classes]] = torch.arange(classes)
        return drawn

    def permutation(self, count: int) -> torch.Tensor:
        """0 .. count-1 in random order, int64."""
        return torch.randperm(count, generator=self.new_generator())

    def noncontiguous(self, tensor: torch.Tensor) -> torch.Tensor:
        """The same values in memory with gaps, the gaps filled with garbage. Tensors without dimensions stay."""
        if tensor.dim() == 0:
            return tensor
        *rest, last = tensor.shape
        garbage = float("nan") if tensor.dtype.is_floating_point or tensor.dtype.is_complex else 1
        spread = torch.full((*rest, 2 * last + 1), garbage, dtype=tensor.dtype, device=tensor.device)
        values = spread[..., 1::2]
        values.copy_(tensor.detach())
        return values.requires_grad_(tensor.requires_grad)

    def expanded(self, tensor: torch.Tensor) -> torch.Tensor:
        """Of the same shape, every row the first row: one row in memory, with stride 0."""
        if tensor.dim() == 0 or tensor.shape[0] == 0:
            return tensor
        row = tensor.detach()[:1].clone()
        return row.expand(tensor.shape).requires_grad_(tensor.requires_grad)

    def layout(self, tensor: torch.Tensor, number: int) -> torch.Tensor:
        """Of the same shape, in four memory layouts in turn: contiguous, with gaps, transposed, one row repeated. The
        last one changes the values, the others don't: `number % 3` keeps them. Without dimensions it stays as it is."""
        if tensor.dim() == 0:
            return tensor
        if number % 4 == 2:
            turned = tensor.detach().transpose(0, -1).contiguous().transpose(0, -1)
            return turned.requires_grad_(tensor.requires_grad)
        return (tensor, self.noncontiguous(tensor), tensor, self.expanded(tensor))[number % 4]
