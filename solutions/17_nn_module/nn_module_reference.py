"""What the hidden checks of topic 17 share: trees of small modules and the names in them, and networks by hand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from autograder.checks import compare
from autograder.checks.seeding import Draw

F32, F64 = torch.float32, torch.float64
Layer = tuple[Tensor, Tensor]  # weight (out, in), bias (out,)

# Trees of MiniModules -----------------------------------------------------------------------------------------------

TREE = """
class Part(student.MiniModule):
    pass

params = [student.Param(value) for value in values]
parts = [Part() for _ in range(count)]
for owner, name, kind, number in steps:
    setattr(parts[owner], name, (params if kind == "param" else parts)[number])
root = parts[0]
"""
LISTED = "[(name, value.data) for name, value in root.named_parameters()]"


@dataclass
class Tree:
    """Module 0 is the root. Every step gives a module (by number) an attribute: a parameter or another module."""

    values: list[Tensor] = field(default_factory=list)
    count: int = 1
    steps: list[tuple[int, str, str, int]] = field(default_factory=list)

    def add(self, owner: int, name: str, kind: str, number: int) -> None:
        self.steps.append((owner, name, kind, number))

    def named(self, module: int = 0, prefix: str = "") -> Iterator[tuple[str, Tensor]]:
        """Every name: a module's own parameters first, then those of its children."""
        mine = [step for step in self.steps if step[0] == module]
        for _, name, _, number in (step for step in mine if step[2] == "param"):
            yield prefix + name, self.values[number]
        for _, name, _, number in (step for step in mine if step[2] == "part"):
            yield from self.named(number, f"{prefix}{name}.")

    def once(self) -> list[tuple[str, Tensor]]:
        """The same, each parameter under its first name only."""
        seen: list[Tensor] = []
        found = []
        for name, value in self.named():
            if not any(value is other for other in seen):
                seen.append(value)
                found.append((name, value))
        return found

    def below(self, module: int) -> set[int]:
        """The module and everything under it."""
        found = {module}
        for owner, _, kind, number in self.steps:
            if owner == module and kind == "part":
                found |= self.below(number)
        return found

    def build(self, submission: Any, source: str) -> Any:
        """The source's result, run after the tree was built."""
        return submission.build(TREE + source, values=self.values, count=self.count, steps=self.steps)


def some_tree(draw: Draw, shared: int = 0) -> Tree:
    """At least four levels deep. `shared` parameters, and as many modules, stand in two places."""
    tree, letters = Tree(), "abcdeghkmpqrsuvxyz"
    for number in range(14):
        owner = number if number < 3 else draw.size(0, tree.count - 1)
        name = f"{draw.random.choice(letters)}{number}"
        if number < 3 or draw.size(0, 2) == 0:
            tree.add(owner, name, "part", tree.count)
            tree.count += 1
    for number in range(10):
        tree.add(min(number, 3) if number < 4 else draw.size(0, tree.count - 1), f"w{number}", "param", number)
        tree.values.append(draw.randn(*draw.sizes(2, 1, 4)))
    for number in range(shared):
        tree.add(draw.size(0, tree.count - 1), f"again{number}", "param", draw.size(0, 9))
        tree.add(0, f"other{number}", "part", draw.size(1, 3))
    draw.random.shuffle(tree.steps)
    return tree


# Networks -----------------------------------------------------------------------------------------------------------


def mlp(submission: Any, dims: list[int], dtype: torch.dtype = F32) -> Any:
    """The student's MLP, with parameters of that dtype."""
    model = compare.is_type(submission.MLP(dims), nn.Module, "MLP(dims)", "MLP(dims)")
    return model.double() if dtype is F64 else model


def names_by_shape(model: Any, dims: list[int]) -> list[tuple[str, str]]:
    """The names of weight and bias of every layer. The sizes in `dims` all differ and none is 1, so shapes tell."""
    by_shape = {tuple(value.shape): name for name, value in model.params().items()}
    wanted = [((out, before), (out,)) for before, out in itertools.pairwise(dims)]
    found = [by_shape.get(shape, "") for pair in wanted for shape in pair]
    compare.require(
        all(found) and len(by_shape) == len(found),
        "the parameters should be one weight (out, in) and one bias (out,) per layer, as those of nn.Linear.",
        "参数应当是每层一个权重 (out, in) 和一个偏置 (out,)，与 nn.Linear 相同。",
        reason="shape",
    )
    return list(zip(found[::2], found[1::2], strict=True))


def some_layers(draw: Draw, dims: list[int], dtype: torch.dtype = F64) -> list[Layer]:
    return [
        (draw.randn(out, before, dtype=dtype), draw.randn(out, dtype=dtype)) for before, out in itertools.pairwise(dims)
    ]


def given(names: list[tuple[str, str]], layers: list[Layer]) -> dict[str, Tensor]:
    """The layers' numbers by the names of the student's parameters."""
    return {name: value for pair, layer in zip(names, layers, strict=True) for name, value in zip(pair, layer)}  # noqa: B905


def forward(layers: list[Layer], x: Tensor, scale: float = 0.5) -> Tensor:
    for weight, bias in layers[:-1]:
        x = (x @ weight.T + bias).clamp(min=0)
    return (x @ layers[-1][0].T + layers[-1][1]) * scale


def result(model: Any, x: Tensor, outputs: int, what: str = "the result", zh: str = "结果") -> Tensor:
    """model(x) without its graph, known to be of the right shape and dtype."""
    got: Tensor = compare.tensor(model(x), shape=(len(x), outputs), dtype=x.dtype, what=what, zh=zh)
    return got.detach()


# FixedMLP -----------------------------------------------------------------------------------------------------------

FILL = """
model = student.FixedMLP(len(numbers["fixed"])).to(numbers["fixed"].dtype)
model.load_state_dict(numbers)
model
"""


def some_numbers(draw: Draw, d: int, dtype: torch.dtype = F64) -> dict[str, Tensor]:
    return {
        "linear.weight": draw.randn(d, d, dtype=dtype),
        "linear.bias": draw.randn(d, dtype=dtype),
        "fixed": draw.uniform(-1, 1, d, d, dtype=dtype),
    }


def filled(submission: Any, numbers: dict[str, Tensor]) -> Any:
    """The student's FixedMLP with these numbers in it."""
    return compare.is_type(submission.build(FILL, numbers=numbers), nn.Module, "FixedMLP(d)", "FixedMLP(d)")


def fixed_forward(weight: Tensor, bias: Tensor, fixed: Tensor, x: Tensor) -> Tensor:
    h = ((x @ weight.T + bias) @ fixed + 1).clamp(min=0)
    h = h @ weight.T + bias
    while float(h.detach().abs().sum()) > 1:
        h = h / 2
    return h
