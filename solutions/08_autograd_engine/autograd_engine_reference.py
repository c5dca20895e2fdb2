"""What the hidden checks of topic 8 share: random formulas, torch's answer to them, and what runs in the sandbox.

A formula is a list of steps (operation, i, j, number): the operation applied to nodes i and j, or to node i and the
number. The same text computes it with the student's objects there and with torch here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.seeding import Draw

RUN = """
OPERATIONS = {
    "a + b": lambda n, i, j, c: n[i] + n[j],
    "a - b": lambda n, i, j, c: n[i] - n[j],
    "a * b": lambda n, i, j, c: n[i] * n[j],
    "a / b": lambda n, i, j, c: n[i] / n[j],
    "a + number": lambda n, i, j, c: n[i] + c,
    "number + a": lambda n, i, j, c: c + n[i],
    "a - number": lambda n, i, j, c: n[i] - c,
    "number - a": lambda n, i, j, c: c - n[i],
    "a * number": lambda n, i, j, c: n[i] * c,
    "number * a": lambda n, i, j, c: c * n[i],
    "a / number": lambda n, i, j, c: n[i] / c,
    "number / a": lambda n, i, j, c: c / n[i],
    "-a": lambda n, i, j, c: -n[i],
    "a ** number": lambda n, i, j, c: n[i] ** c,
    "relu": lambda n, i, j, c: n[i].relu(),
    "exp": lambda n, i, j, c: n[i].exp(),
    "log": lambda n, i, j, c: n[i].log(),
    "tanh": lambda n, i, j, c: n[i].tanh(),
    "sin": lambda n, i, j, c: n[i].sin(),
}

def run(leaves, steps):
    nodes = list(leaves)
    for operation, i, j, number in steps:
        nodes.append(OPERATIONS[operation](nodes, i, j, number))
    return nodes
"""
_here: dict[str, Any] = {}
exec(RUN, _here)
run = _here["run"]
OF_VALUE = [name for name in _here["OPERATIONS"] if name != "sin"]
OF_DUAL = ["a + b", "a - b", "a * b", "a + number", "number + a", "a - number", "number - a", "a * number"]
OF_DUAL += ["number * a", "exp", "sin"]

# `work` with other parts in place of the student's: the order of another task must not spoil this one. The order comes
# from the standard library, so that nothing is to be learned from it here.
PARTS = """
import graphlib

def order_of(root):
    above, waiting = {}, [root]
    while waiting:
        value = waiting.pop()
        if type(value.parents) is not tuple:
            raise TypeError("parents is not a tuple")
        if value not in above:
            above[value] = value.parents
            waiting.extend(value.parents)
    return list(graphlib.TopologicalSorter(above).static_order())

def with_order(work):
    mine = getattr(student, "topo_order", None)
    student.topo_order = order_of
    try:
        return work()
    finally:
        student.topo_order = mine
"""

BACK = """
def one(leaves, steps):
    nodes = run([student.Value(leaf) for leaf in leaves], steps)
    nodes[-1].backward()
    return [[node.data for node in nodes], [node.grad for node in nodes]]

with_order(lambda: [one(*case) for case in cases])
"""

NODES = """
class Node:
    def __init__(self, parents, op):
        self.parents, self.op = parents, op

def grown(graph):
    nodes = []
    for op, above in graph:
        nodes.append(Node(tuple(nodes[k] for k in above), op))
    return nodes
"""

# A Value made of torch's own differentiation, for the network of the last task.
STAND_IN = """
class Value:
    def __init__(self, data):
        self.made = data if isinstance(data, torch.Tensor) else torch.tensor(float(data), dtype=torch.float64)
        if not isinstance(data, torch.Tensor):
            self.made.requires_grad_()

    data = property(lambda self: self.made.item())
    grad = property(lambda self: 0.0 if self.made.grad is None else self.made.grad.item())

    def backward(self):
        self.made.backward()

def method(name):
    def call(self, *others):
        return Value(getattr(self.made, name)(*(getattr(other, "made", other) for other in others)))
    return call

for name in "add radd sub rsub mul rmul truediv rtruediv pow neg".split():
    setattr(Value, f"__{name}__", method(f"__{name}__"))
for name in "relu exp log tanh".split():
    setattr(Value, name, method(name))
student.Value = Value
"""


@dataclass(frozen=True)
class Formula:
    """Leaves, steps, and every node as torch computes it."""

    leaves: list[float]
    steps: list[tuple[str, int, int, float]]
    nodes: list[Tensor]

    @property
    def given(self) -> tuple[list[float], list[tuple[str, int, int, float]]]:
        """What crosses to the sandbox."""
        return self.leaves, self.steps

    def data(self) -> list[float]:
        return [node.item() for node in self.nodes]

    def grads(self, root: int = -1) -> list[float]:
        """The derivative of one node with respect to every node; 0 for those it does not depend on."""
        if not self.nodes[root].requires_grad:
            return [0.0] * len(self.nodes)
        found = torch.autograd.grad(self.nodes[root], self.nodes, retain_graph=True, allow_unused=True)
        return [0.0 if grad is None else grad.item() for grad in found]

    def tangents(self, direction: list[float]) -> list[float]:
        """How every node moves when the leaves move along `direction`."""
        count = len(self.leaves)
        return [
            sum(slope * move for slope, move in zip(self.grads(place)[:count], direction, strict=True))
            for place in range(len(self.nodes))
        ]


def formula(leaves: list[float], steps: list[tuple[str, int, int, float]]) -> Formula:
    """A formula written by hand."""
    inputs = [torch.tensor(leaf, dtype=torch.float64, requires_grad=True) for leaf in leaves]
    return Formula(leaves, steps, run(inputs, steps))


def random_formula(draw: Draw, leaves: int, length: int, operations: list[str]) -> Formula:
    """Operands are mostly recent nodes, numbers stay away from kinks, poles and overflow; in the end everything that is
    not used yet is added up."""
    rng = draw.random
    start = [rng.choice((-1, 1)) * rng.uniform(0.3, 2.0) for _ in range(leaves)]
    nodes = [torch.tensor(leaf, dtype=torch.float64, requires_grad=True) for leaf in start]
    steps: list[tuple[str, int, int, float]] = []
    free: set[int] = set()
    while len(steps) < length:
        operation, number = rng.choice(operations), rng.choice((-1, 1)) * rng.uniform(0.4, 2.5)
        i, j = (max(rng.randrange(len(nodes)), rng.randrange(len(nodes))) for _ in range(2))
        a, b = nodes[i].item(), nodes[j].item()
        if operation == "a ** number":
            number = rng.choice((2, 3, -1, -2, 0.5, 1, 1.7) if a > 0 else (2, 3, -1, -2, 1))
        if not _tame(operation, a, b):
            continue
        made = run(nodes, [(operation, i, j, number)])[-1]
        if abs(made.item()) > 30:
            continue
        free -= {i, j} if operation in ("a + b", "a - b", "a * b", "a / b") else {i}
        free.add(len(nodes))
        nodes.append(made)
        steps.append((operation, i, j, number))
    ends = sorted(free)
    for other in ends[:-1]:
        steps.append(("a + b", other, len(nodes) - 1, 0.0))
        nodes = run(nodes, steps[-1:])
    return Formula(start, steps, nodes)


def _tame(operation: str, a: float, b: float) -> bool:
    """No pole, no kink and no overflow near these operands."""
    if operation == "a / b":
        return abs(b) > 0.4
    if operation in ("number / a", "a ** number"):
        return 0.4 < abs(a) < 3
    if operation == "relu":
        return abs(a) > 0.05
    if operation == "log":
        return a > 0.3
    return operation != "exp" or a < 2.5


def away(draw: Draw, low: float, high: float) -> float:
    """A number of either sign whose size lies between low and high."""
    return draw.random.choice((-1, 1)) * draw.random.uniform(low, high)


def numbers(got: Any, count: int, what: str, zh: str) -> Tensor:
    """A list of `count` plain finite numbers from the sandbox as a float64 tensor."""
    return torch.tensor(
        [compare.number(one, what=what, zh=zh) for one in compare.items(got, count, list, what, zh)],
        dtype=torch.float64,
    )


def close(got: Any, want: list[float], what: str, zh: str, *, within: float = 1e-9) -> None:
    """A list of plain numbers, exact up to rounding."""
    expected = torch.tensor(want, dtype=torch.float64)
    compare.same(numbers(got, len(want), what, zh), expected, rtol=within, atol=within, what=what, zh=zh)


Graph = list[tuple[str, list[int]]]


def random_graph(draw: Draw, size: int) -> Graph:
    """Operations and the places of their parents, which stand earlier. Some nodes lead nowhere, some parents are
    shared, some occur twice."""
    rng = draw.random
    graph: Graph = [("", []), ("", [])]
    while len(graph) < size:
        op = rng.choice(["", "+", "-", "*", "/", "**", "relu", "exp", "log", "tanh", "+", "*"])
        count = 0 if not op else 2 if op in "+-*/" else 1
        above = [max(rng.randrange(len(graph)), rng.randrange(len(graph))) for _ in range(count)]
        graph.append((op, above))
    return graph


def reached(graph: Graph, root: int) -> set[int]:
    """The places of everything that root was computed from, its own included."""
    found, waiting = {root}, [root]
    while waiting:
        for parent in graph[waiting.pop()][1]:
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def cost(graph: Graph, root: int) -> dict[str, int]:
    """What graph_cost must say."""
    inside = reached(graph, root)
    kept: set[int] = set()
    for place in inside:
        op, above = graph[place]
        kept |= set(above) if op in ("*", "/", "**", "log") else {place} if op in ("exp", "tanh", "relu") else set()
    return {"nodes": len(inside), "edges": sum(len(graph[place][1]) for place in inside), "stored": len(kept)}


def chain(length: int) -> Graph:
    """A leaf and `length` operations one after the other."""
    return [("", [])] + [("tanh", [place]) for place in range(length)]


def doublings(count: int) -> Graph:
    """y = y + y, again and again: 2 ** count paths from the root to the leaf."""
    return [("", [])] + [("+", [place, place]) for place in range(count)]
