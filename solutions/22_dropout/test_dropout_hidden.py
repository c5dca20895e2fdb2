"""Hidden checks of topic 22, first part: the function. A mask is read off the result, where a 0 was dropped, and judged
by what every lawful way of drawing has in common; never by particular random numbers."""

from __future__ import annotations

from typing import Any

import torch
from dropout_reference import F32, F64, READY_MADE, close_to, neighbours, nonzero, spread
from torch import Tensor

from autograder.checks import compare, gradients, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

RATES = (0.3, 0.05, 0.8, 0.6)
MANY = "g = torch.Generator().manual_seed(seed)\n[student.dropout(x, p, True, g) for _ in range(calls)]"
PLAIN = "torch.manual_seed(seed)\n[student.dropout(x, p, True) for _ in range(calls)]"


def result(submission: Any, x: Tensor, p: float, draw: Draw) -> Tensor:
    got = submission.dropout(x, p, True, draw.new_generator())
    return compare.finite(compare.tensor(got, shape=tuple(x.shape), dtype=x.dtype)).detach()


def several(submission: Any, x: Tensor, p: float, calls: int, seed: int, source: str = MANY) -> list[Tensor]:
    """The results of some calls in a row, with one generator or with the global one, seeded once."""
    made = submission.build(source, x=x, p=p, calls=calls, seed=seed % 2**31)
    results = compare.items(made, calls, list)
    return [compare.tensor(one, shape=tuple(x.shape), dtype=x.dtype).detach() for one in results]


@check(
    "dropout.eval_identity",
    hint="Outside of training the whole network plays: nothing is dropped, and nothing needs to be made up for.",
    zh="不在训练时，整个网络都参与：什么都不丢弃，也就不需要任何补偿。",
)
def test_nothing_changes_outside_of_training(submission: Any, draw: Draw) -> None:
    for number, p in enumerate((0.0, 0.3, 0.5, 0.9, 1.0, 0.3)):
        x = draw.layout(draw.randn(*draw.sizes(2, 2, 7), dtype=F32 if number == 5 else F64), number)
        compare.same(submission.dropout(x, p, False, draw.new_generator()), x)
        compare.same(submission.dropout(x, p, training=False), x)


@check(
    "dropout.zero_fraction_p03",
    hint="p is the share that is dropped, not the share that stays. Every entry has that same chance.",
    zh="p 是被丢弃的比例，不是保留的比例。每个元素的机会都相同。",
)
def test_the_share_of_zeros_is_p(submission: Any, draw: Draw) -> None:
    for number, p in enumerate(RATES):
        dtype = F32 if number % 2 else F64
        x = nonzero(draw, *((250, 400) if number == 0 else (125, 80)), dtype=dtype)
        share = (result(submission, x, p, draw) == 0).double().mean().item()
        close_to(
            share, p, p * (1 - p) / x.numel(), "the share of zeros is not p.", "零所占的比例不等于 p。",
        )  # fmt: skip


@check(
    "dropout.mean_preserved_p03",
    hint="A share p of the sum is lost. By which factor must the rest grow, so that on average nothing is?",
    zh="总和平均损失了 p 这一份。剩下的要放大多少倍，才能平均不变？",
)
def test_the_mean_stays(submission: Any, draw: Draw) -> None:
    for number, p in enumerate(RATES):
        x = draw.uniform(0.5, 2.0, *((250, 400) if number == 0 else (125, 80)), dtype=F32 if number % 2 else F64)
        found = result(submission, x, p, draw).double().mean().item()
        variance = p / (1 - p) * x.double().square().sum().item() / x.numel() ** 2
        close_to(
            found, x.double().mean().item(), variance + 1e-10,
            "on average the entries should be what they were.", "平均而言，各元素应与原来相同。",
        )  # fmt: skip


@check(
    "dropout.two_values_only",
    hint="An entry is 0, or it is itself times 1 / (1 - p). Nothing in between, and no other noise.",
    zh="每个元素要么是 0，要么是自身乘以 1 / (1 - p)。没有中间情形，也没有别的噪声。",
)
def test_entries_are_dropped_or_scaled(submission: Any, draw: Draw) -> None:
    for number, p in enumerate((0.3, 0.5, 0.9, 0.1, 0.75, 0.3)):
        x = draw.layout(nonzero(draw, *draw.sizes(2, 12, 30), dtype=F32 if number % 2 else F64), number)
        y = result(submission, x, p, draw)
        compare.same(y, torch.where(y == 0, torch.zeros_like(x), x / (1 - p)), what="an entry", zh="一个元素")
        compare.require(
            bool((y == 0).any()) and bool((y != 0).any()),
            "some entries should be dropped, and some should stay.",
            "应当有一些元素被丢弃，另一些保留。",
        )


@check(
    "dropout.p0_p1",
    hint="With p = 0 nothing happens. With p = 1 all is zero, although 1 / (1 - p) does not exist: look there first.",
    zh="p = 0 时什么都不变。p = 1 时全为零，尽管 1 / (1 - p) 不存在：请先处理这种情形。",
)
def test_rates_of_zero_and_one(submission: Any, draw: Draw) -> None:
    for number in range(4):
        x = draw.layout(draw.randn(*draw.sizes(2, 3, 9), dtype=F32 if number == 3 else F64), number)
        weights = draw.randn(*x.shape, dtype=x.dtype)
        for p, want, slope in ((0.0, x, weights), (1.0, x * 0, weights * 0), (0, x, weights), (1, x * 0, weights * 0)):
            compare.same(submission.dropout(x, p, True, draw.new_generator()), want)
            g = draw.new_generator()
            (got,) = gradients.of(lambda t, p=p, g=g: submission.dropout(t, p, True, g), x, grad_output=weights)
            compare.same(got, slope, what="the gradient", zh="梯度")


@check(
    "dropout.elementwise_independent",
    hint="Every single entry draws its own lot: no lot for a whole row, column or channel, and no fixed number.",
    zh="每个元素各自抽签：不能整行、整列或整个通道共用一签，也不能规定丢弃的个数。",
)
def test_every_entry_draws_for_itself(submission: Any, draw: Draw) -> None:
    for number, p in enumerate((0.3, 0.6, 0.4)):
        shape = ((30, 41, 23), (160, 90), (7, 5, 20, 31))[number]
        dropped = result(submission, nonzero(draw, *shape, dtype=F32 if number == 1 else F64), p, draw) == 0
        for dim in range(dropped.dim()):
            unusual = max(abs(spread(dropped, p, dim)), abs(neighbours(dropped, p, dim)))
            compare.require(
                unusual <= 6,
                f"along dimension {dim} entries do not fall independently of each other.",
                f"沿第 {dim} 维，各元素的去留并不相互独立。",
                reason="statistics",
            )


@check(
    "dropout.number_varies",
    hint="By lot the number of zeros is sometimes above p times n and sometimes below. Nobody counts.",
    zh="抽签的话，零的个数有时多于 p 乘 n，有时少于它。没有人去数。",
)
def test_the_number_of_zeros_is_not_fixed(submission: Any, draw: Draw) -> None:
    p, x = 0.3, nonzero(draw, 8, 5)
    dropped = torch.stack(several(submission, x, p, 80, draw.new_seed())).flatten(1) == 0
    compare.require(
        abs(spread(dropped, p, 0)) <= 6,
        "the number of zeros does not vary from call to call as it would by lot.",
        "每次调用中零的个数，没有像抽签那样变化。",
        reason="statistics",
    )


@check(
    "dropout.blind",
    hint="The lot does not look: large entries and small ones, positive and negative ones fall equally often.",
    zh="抽签不看数值：大的、小的、正的、负的，被丢弃的机会一样多。",
)
def test_values_do_not_matter_for_the_lot(submission: Any, draw: Draw) -> None:
    p, x = 0.3, nonzero(draw, 120, 90)
    dropped = result(submission, x, p, draw) == 0
    for group in (x > 0, x < 0, x.abs() > 1.25, x.abs() < 1.25):
        share = dropped[group].double().mean().item()
        close_to(
            share, p, p * (1 - p) / int(group.sum()),
            "how often an entry is dropped depends on its value.", "元素被丢弃的机会与它的数值有关。",
        )  # fmt: skip


@check(
    "dropout.fresh_mask",
    hint="Draw anew at every call: a mask that is kept, or a generator seeded inside, drops the same entries for ever.",
    zh="每次调用都要重新抽签：存起来的掩码，或者在函数里播种的生成器，会永远丢弃同样的元素。",
)
def test_two_calls_drop_different_entries(submission: Any, draw: Draw) -> None:
    x = nonzero(draw, 20, 15)
    for source in (MANY, PLAIN):
        first, second, third = (y != 0 for y in several(submission, x, 0.4, 3, draw.new_seed(), source))
        compare.require(
            not (torch.equal(first, second) or torch.equal(second, third) or torch.equal(first, third)),
            "two calls in a row dropped exactly the same entries.",
            "接连两次调用丢弃了完全相同的元素。",
        )


@check(
    "dropout.generator_only",
    hint="Draw from the generator that was given, and from nothing else. None means torch's global one.",
    zh="只从给定的 generator 抽取随机数；None 表示 torch 的全局生成器。",
)
def test_the_generator_decides(submission: Any, draw: Draw) -> None:
    x, seed = nonzero(draw, 20, 15), draw.new_seed()
    for source in (MANY, PLAIN):
        one, same, other = (several(submission, x, 0.4, 2, s, source) for s in (seed, seed, draw.new_seed()))
        compare.same(
            torch.stack(same), torch.stack(one), rtol=0, atol=0, what="the same draw once more", zh="重抽的结果"
        )
        different = not torch.equal(torch.stack(other), torch.stack(one))
        compare.require(different, "another seed drops exactly the same entries.", "换了种子，丢弃的元素却完全相同。")
    state = submission.build("torch.get_rng_state()")
    submission.dropout(x, 0.4, True, draw.new_generator())
    compare.require(
        torch.equal(compare.tensor(state), compare.tensor(submission.build("torch.get_rng_state()"))),
        "the global random generator was used, though another one was given.",
        "给定了 generator，却用了全局随机数生成器。",
    )


@check(
    "dropout.grad_mask",
    hint="The gradient passes where the entry passed, with the same factor. The mask must be on the way of autograd.",
    zh="元素通过之处，梯度也通过，并乘以同一个因子。掩码必须处在自动求导的路径上。",
)
def test_the_gradient_is_the_scaled_mask(submission: Any, draw: Draw) -> None:
    for number, p in enumerate((0.3, 0.6, 0.3, 0.85)):
        x = draw.layout(nonzero(draw, *draw.sizes(2, 6, 12), dtype=F32 if number == 3 else F64), number)
        weights, generator, values = draw.randn(*x.shape, dtype=x.dtype), draw.new_generator(), []

        def fn(t: Tensor, p: float = p, generator: Any = generator, values: list[Any] = values) -> Any:
            values.append(submission.dropout(t, p, True, generator))
            return values[-1]

        (got,) = gradients.of(fn, x, grad_output=weights)
        y = compare.tensor(values[0], shape=tuple(x.shape), dtype=x.dtype).detach()
        scaled = torch.where(y == 0, torch.zeros_like(x), torch.full_like(x, 1 / (1 - p)))
        compare.same(y, scaled * x)
        compare.same(got, scaled * weights, what="the gradient", zh="梯度")
    gradients.match(lambda x: submission.dropout(x, 0.3, False), lambda x: x * 1, lambda d: d.randn(4, 3), draw)


@check(
    "dropout.any_shape",
    hint="x may have any shape, also () or no entries, and its rows may share memory: the mask has memory of its own.",
    zh="x 可以是任意形状，包括 () 和没有元素的形状，各行也可能共用内存：掩码要有自己的内存。",
)
def test_every_shape_and_layout(submission: Any, draw: Draw) -> None:
    for number, shape in enumerate(((), (0, 4), (3, 0, 2), (1,), (6,), draw.sizes(4, 2, 5), (9, 1), (5, 4, 3))):
        for dtype in (F64, F32):
            x = draw.layout(nonzero(draw, *shape, dtype=dtype), number)
            y = result(submission, x, 0.4, draw)
            compare.same(y, torch.where(y == 0, torch.zeros_like(x), x / 0.6), what="an entry", zh="一个元素")
    x = draw.expanded(nonzero(draw, 200, 60))
    dropped = result(submission, x, 0.4, draw) == 0
    compare.require(
        abs(spread(dropped, 0.4, 1)) <= 6,
        "rows that share memory lose the same entries.",
        "共用内存的各行丢弃了相同的元素。",
        reason="statistics",
    )


@check(
    "dropout.input_unchanged",
    hint="x belongs to the caller, who may need it once more: *=, masked_fill_ and x[...] = 0 write into it.",
    zh="x 是调用者的，之后可能还要用：*=、masked_fill_ 和 x[...] = 0 都会改写它。",
)
def test_x_stays_as_it_is(submission: Any, draw: Draw) -> None:
    for number, p in enumerate((0.3, 0.7, 0.0, 1.0, 0.5)):
        x = draw.layout(nonzero(draw, 4, 7), number)
        for training in (True, False):
            seen = submission.observe("dropout", x, p, training, draw.new_generator())
            compare.tensor(seen.result, shape=(4, 7), dtype=F64)
            compare.unchanged(x, seen.args[0], "x")


@check(
    "dropout.bad_p_raises",
    hint="A probability below 0 or above 1 is a slip of the caller, in either mode: say so with a ValueError.",
    zh="小于 0 或大于 1 的概率是调用者的笔误，不论哪种模式：请用 ValueError 说明。",
)
def test_impossible_rates_are_refused(submission: Any, draw: Draw) -> None:
    for p in (-0.1, 1.1, -1e-6, 1.000001, 2, -1, 50.0):
        for training in (True, False):
            compare.raises(ValueError, submission.dropout, draw.randn(3, 4), p, training, draw.new_generator())


@check(
    "dropout.vectorised",
    hint="One operation draws all lots at once.",
    zh="一次运算就能抽完所有的签。",
    needs=["dropout.example"],
)
def test_no_loop_over_entries(submission: Any, draw: Draw) -> None:
    counts = [submission.observe("dropout", draw.randn(n, n + 1), 0.3, True, draw.new_generator()) for n in (4, 8)]
    source_rules.vectorised(counts[0].op_count, counts[1].op_count)


@check(
    "dropout.no_builtin",
    hint="Draw a mask, multiply, scale. The ready-made function is what you are building.",
    zh="抽一个掩码，相乘，缩放。现成的函数正是你要实现的东西。",
    needs=["dropout.example"],
    weight=3.0,
)
def test_dropout_is_built_from_scratch(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, READY_MADE, within="dropout")
    seen = submission.observe("dropout", draw.randn(6, 5), 0.3, True, draw.new_generator())
    source_rules.forbid_ops(seen, {"aten::native_dropout", "aten::_fused_dropout", "aten::dropout"})
