"""Hidden checks of topic 17, fifth part: MySequential, on rows of known layers."""

from __future__ import annotations

from typing import Any

import torch
from nn_module_reference import some_layers
from torch import Tensor, nn

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

ROW = """
def make(spec):
    if isinstance(spec, str):
        return getattr(nn, spec)()
    layer = nn.Linear(spec[0].shape[1], spec[0].shape[0]).to(spec[0].dtype)
    with torch.no_grad():
        layer.weight.copy_(spec[0])
        layer.bias.copy_(spec[1])
    return layer

[make(spec) for spec in specs]
"""
Spec = tuple[Tensor, Tensor] | str


def some_row(draw: Draw, sizes: tuple[int, ...]) -> list[Spec]:
    """Linear, tanh, linear, relu, linear, ... ending in a linear one."""
    row: list[Spec] = []
    for number, layer in enumerate(some_layers(draw, list(sizes))):
        row += [("Tanh", "ReLU")[number % 2]] if number else []
        row.append(layer)
    return row


def through(row: list[Spec], x: Tensor) -> Tensor:
    for spec in row:
        x = getattr(torch, spec.lower())(x) if isinstance(spec, str) else x @ spec[0].T + spec[1]
    return x


def sequence(submission: Any, row: list[Spec]) -> tuple[Any, list[Any]]:
    """The student's MySequential, and the modules in it."""
    mods = compare.items(submission.build(ROW, specs=row), len(row), list)
    return compare.is_type(submission.MySequential(*mods), nn.Module, "MySequential(...)", "MySequential(...)"), mods


@check(
    "MySequential.order",
    hint="From left to right, each on what the one before returned, and one that stands there twice is used twice.",
    zh="从左到右，每个模块接着前一个的返回值算；出现两次的模块要用两次。",
)
def test_modules_are_applied_in_their_order(submission: Any, draw: Draw) -> None:
    for count in (2, 3, 5):
        row = some_row(draw, draw.sizes(count, 2, 9))
        seq, _ = sequence(submission, row)
        x = draw.randn(4, row[0][0].shape[1])
        compare.same(seq(x), through(row, x))
    square, tanh = (draw.randn(4, 4), draw.randn(4)), "Tanh"
    first, second = compare.items(submission.build(ROW, specs=[square, tanh]), 2, list)
    seq, x = submission.MySequential(first, second, first, first), draw.randn(3, 4)
    compare.same(seq(x), through([square, tanh, square, square], x), what="a row with repeats", zh="有重复模块的结果")
    compare.equal(len(seq), 4, what="the length of a row with repeats", zh="有重复模块时的长度")
    swap = submission.build("class Swap(nn.Module):\n    def forward(self, pair):\n        return pair[::-1]\nSwap()")
    compare.same(submission.MySequential(swap)((x, 1)), (1, x), what="a swapped pair", zh="交换后的一对")


@check(
    "MySequential.registered",
    hint="Training, saving and moving only reach modules that nn.Module knows as its children.",
    zh="训练、保存、移动都只能到达 nn.Module 知道的子模块。",
)
def test_the_parameters_are_found(submission: Any, draw: Draw) -> None:
    row = some_row(draw, draw.sizes(4, 2, 9))
    seq, mods = sequence(submission, row)
    seq.append(
        compare.items(submission.build(ROW, specs=[(draw.randn(3, row[-1][0].shape[0]), draw.randn(3))]), 1, list)[0]
    )
    shapes = sorted(tuple(value.shape) for value in seq.params().values())
    want = [tuple(part.shape) for spec in row if not isinstance(spec, str) for part in spec]
    compare.equal(
        shapes, sorted([*want, (3, row[-1][0].shape[0]), (3,)]), what="the shapes of the parameters", zh="参数的形状"
    )
    seq.eval()
    compare.equal(
        [mod.training for mod in mods], [False] * len(mods), what="the modes after eval()", zh="eval() 后的模式"
    )
    once = submission.build(
        "[len(list(student.MySequential(m, m).parameters())), len(student.MySequential(m, m))]", m=mods[0]
    )
    compare.equal(once, [2, 2], what="parameters and places of a repeated layer", zh="重复一层时的参数个数与长度")


@check(
    "MySequential.slice",
    hint="An index gives one module, a slice gives a shorter row of the same modules. Past the end is an IndexError.",
    zh="下标给出一个模块；切片给出由同样这些模块组成的、更短的一列。越界应抛出 IndexError。",
)
def test_places_and_slices(submission: Any, draw: Draw) -> None:
    row = some_row(draw, draw.sizes(4, 2, 9))  # five modules
    seq, mods = sequence(submission, row)
    compare.equal(len(seq), 5, what="the length", zh="长度")
    for place in (*range(5), -1, -2, -5):
        compare.require(
            seq[place] == mods[place], "seq[i] is not the module at that place.", "seq[i] 不是那个位置的模块。"
        )
    for place in (5, -6, 17):
        compare.raises(IndexError, lambda place=place: seq[place])
    for part in (slice(2), slice(2, None), slice(1, 4), slice(-2, None), slice(None, None, 2), slice(3, 1), slice(0)):
        short = compare.is_type(seq[part], submission.MySequential, "the slice", "切片")
        compare.equal(len(short), len(row[part]), what="the length of a slice", zh="切片的长度")
        for place, mod in enumerate(mods[part]):
            compare.require(
                short[place] == mod, "a slice holds other modules, or copies.", "切片里是别的模块，或是副本。"
            )
    x = draw.randn(4, row[2][0].shape[1])
    compare.same(seq[2:](x), through(row[2:], x), what="what a slice computes", zh="切片的计算结果")


@check(
    "MySequential.append",
    hint="The newcomer stands at the end and is registered like the others; the row itself comes back.",
    zh="新来的排在最后，并像其他模块一样登记；返回的是这一列自己。",
)
def test_append_makes_the_row_longer(submission: Any, draw: Draw) -> None:
    row = some_row(draw, draw.sizes(5, 2, 9))  # seven modules
    mods = compare.items(submission.build(ROW, specs=row), 7, list)
    seq = compare.is_type(submission.MySequential(*mods[:2]), nn.Module, "MySequential(...)", "MySequential(...)")
    half = seq[:1]
    for mod in mods[2:6]:
        compare.require(seq.append(mod) == seq, "append should return the row itself.", "append 应返回这一列自己。")
    seq.append(mods[6])
    x = draw.randn(3, row[0][0].shape[1])
    compare.same(seq(x), through(row, x), what="the result of the longer row", zh="加长之后的结果")
    compare.equal([len(seq), len(half)], [7, 1], what="the lengths", zh="长度")


@check(
    "MySequential.empty",
    hint="A row without modules does nothing to x.",
    zh="一列里没有模块，就对 x 什么也不做。",
    weight=0.5,
)
def test_an_empty_row_changes_nothing(submission: Any, draw: Draw) -> None:
    seq, x = submission.MySequential(), draw.randn(2, 3)
    compare.same(seq(x), x)
    compare.equal(len(seq), 0, what="the length", zh="长度")
    compare.raises(IndexError, lambda: seq[0])
    compare.same(compare.is_type(seq[:], submission.MySequential, "the slice", "切片")(x), x)


@check(
    "MySequential.from_scratch",
    hint="nn.Sequential is what this task builds.",
    zh="nn.Sequential 正是本题要你搭建的东西。",
    needs=["MySequential.example"],
    weight=0.5,
)
def test_no_ready_made_sequence(submission: Any) -> None:
    source_rules.forbid_names(
        submission.source, {"nn.Sequential", "nn.modules.container.Sequential"}, within="MySequential"
    )
