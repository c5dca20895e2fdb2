"""Hidden checks of topic 25, third part: the mean that forgets, and how many steps it takes."""

from __future__ import annotations

from typing import Any

import torch
from gd_momentum_reference import F32, F64, counted

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# ema_bias_corrected ---------------------------------------------------------------------------------------------------


def averages(xs: list[float], beta: float) -> list[float]:
    """As weighted means, with the weights written out."""
    means = []
    for t in range(1, len(xs) + 1):
        weights = [beta ** (t - 1 - k) for k in range(t)]
        means.append(sum(w * x for w, x in zip(weights, xs, strict=False)) / sum(weights))
    return means


@check(
    "ema_bias_corrected.first_equals_x",
    hint="m_1 is only a small part of x_1, for m_0 = 0 counts as well. Dividing by 1 - beta^t takes m_0 out again.",
    zh="m_1 只是 x_1 的一小部分，因为 m_0 = 0 也算在内。除以 1 - beta^t 就把 m_0 去掉了。",
)
def test_the_first_mean_is_the_first_number(submission: Any, draw: Draw) -> None:
    for _ in range(6):
        x = draw.random.uniform(-9, 9)
        compare.same(submission.ema([x], draw.random.uniform(0.05, 0.99)), [x], what="the means", zh="平均值")


@check(
    "ema_bias_corrected.constant",
    hint="The mean of equal numbers is that number, from the first to the last.",
    zh="相等的数，平均值就是那个数，从头到尾都是。",
)
def test_a_constant_stays_constant(submission: Any, draw: Draw) -> None:
    for beta in (0.9, 0.5, 0.99):
        x = draw.random.uniform(1, 5)
        compare.same(submission.ema([x] * 30, beta), [x] * 30, what="the means", zh="平均值")


@check(
    "ema_bias_corrected.value",
    hint="beta is the share of the past, 1 - beta that of the new number, and t counts from 1.",
    zh="beta 是过去所占的份额，1 - beta 是新数的份额，t 从 1 数起。",
)
def test_means_of_random_numbers(submission: Any, draw: Draw) -> None:
    for number in range(12):
        beta = (0.9, 0.0, draw.random.uniform(0.05, 0.99))[number % 3]
        xs = [draw.random.uniform(-5, 5) for _ in range(draw.size(2, 25))]
        compare.same(submission.ema(xs, beta), averages(xs, beta), what="the means", zh="平均值")


@check(
    "ema_bias_corrected.empty",
    hint="No numbers, no means: an empty list.",
    zh="没有数，就没有平均值：返回空列表。",
)
def test_an_empty_list(submission: Any) -> None:
    compare.equal(submission.ema([], 0.9), [], what="the means", zh="平均值")


@check(
    "ema_bias_corrected.input_unchanged",
    hint="The list belongs to the caller. Append to one of your own.",
    zh="列表是调用者的。请往自己的列表里添加。",
    weight=0.5,
)
def test_the_list_is_left_alone(submission: Any, draw: Draw) -> None:
    xs = [draw.random.uniform(-5, 5) for _ in range(7)]
    seen = submission.observe("ema", xs, 0.7)
    compare.items(seen.result, 7, list, "the means", "平均值")
    compare.unchanged(xs, seen.args[0], "xs")


# batch_effect ---------------------------------------------------------------------------------------------------------

BOWL = "lambda x: (slope * x ** 2).sum() / 2"
SADDLE = "lambda p: p[0] ** 2 - p[1] ** 2 + p[1] ** 4 / 4 + 1"


def steps(submission: Any, f: Any, x0: torch.Tensor, method: str, *numbers: float) -> int:
    """What steps_to counts, known to be an int."""
    got = submission.steps_to(f, x0, method, *numbers)
    counted_steps: int = compare.is_type(got, int, "the number of steps", "步数")
    return counted_steps


@check(
    "batch_effect.updates",
    hint="The last batch of an epoch may be smaller, and is still a step. Epochs do not lend each other samples.",
    zh="一轮的最后一个小批量可以较小，但仍是一步更新。各轮之间不能互借样本。",
)
def test_how_many_updates(submission: Any, draw: Draw) -> None:
    cases = [(n, b, e) for n, b, e in ((12, 4, 3), (13, 4, 3), (1, 8, 5), (0, 8, 5), (9, 1, 2), (9, 2, 0), (64, 64, 2))]
    cases += [(draw.size(50, 5000), draw.size(2, 300), draw.size(2, 30)) for _ in range(15)]
    cases.append((10**15 + 1, 10**5, 1))
    for n, batch, epochs in cases:
        got = submission.updates_per_run(n, batch, epochs)
        compare.equal(got, (n + batch - 1) // batch * epochs, what="the number of updates", zh="更新次数")


@check(
    "batch_effect.step_counts",
    hint="The smallest k with f(x_k) <= tol: k is 0 if the start will do, and max_steps if it never happens.",
    zh="使 f(x_k) <= tol 的最小 k：起点就满足时是 0，始终不满足时是 max_steps。",
)
def test_exact_counts_in_bowls(submission: Any, draw: Draw) -> None:
    for number in range(8):
        d = draw.size(1, 4)
        slope, x0 = draw.uniform(0.5, 6.0, d), draw.uniform(0.5, 2.0, d)
        f, lr, mu = submission.build(BOWL, slope=slope), draw.random.uniform(0.02, 0.2), draw.random.uniform(0.2, 0.7)
        tol = (1e-3, 0.05)[number % 2]
        for method, kept in (("gd", 0.0), ("momentum", mu)):
            want = counted(slope, x0, lr, kept, tol, 400)
            got = steps(submission, f, x0, method, lr, mu, tol, 400)
            compare.equal(got, want, what="the number of steps", zh="步数")


@check(
    "batch_effect.limits",
    hint="tol itself is low enough; max_steps is what comes back when it is not reached, also on the way to infinity.",
    zh="恰好等于 tol 就算达到；达不到时返回 max_steps，跑向无穷大时也一样。",
)
def test_the_ends_of_the_count(submission: Any) -> None:
    square, x0 = submission.build("lambda x: (x ** 2).sum()"), torch.tensor([1.0], dtype=F64)
    cases = ((1.0, 9, 0), (2.0, 9, 0), (0.25, 9, 1), (0.25, 2, 1), (0.2, 1, 1), (-1.0, 7, 7), (0.2, 0, 0))
    for method in ("gd", "momentum"):
        for tol, most, want in cases:
            got = steps(submission, square, x0, method, 0.25, 0.0, tol, most)
            compare.equal(got, want, what="the number of steps", zh="步数")
        for most in (30, 1200):  # infinity, then nan
            got = steps(submission, square, x0, method, 1.5, 0.5, 0.1, most)
            compare.equal(got, most, what="the number of steps of a run that diverges", zh="发散时的步数")
    nowhere = submission.build("lambda x: (x.sum() * float('nan'))")
    compare.equal(steps(submission, nowhere, x0, "gd", 0.1, 0.0, 0.5, 5), 5, what="the number of steps", zh="步数")


@check(
    "batch_effect.momentum_faster",
    hint="Fifty times as steep across as along: plain descent creeps along, momentum adds the small steps up.",
    zh="横向的陡度是纵向的五十倍：普通下降慢慢挪，动量把小步累积起来。",
)
def test_momentum_halves_the_steps_in_a_ravine(submission: Any, draw: Draw, record_property: Any) -> None:
    f = submission.build(BOWL, slope=torch.tensor([1.0, 50.0], dtype=F64))
    x0 = draw.uniform(0.7, 1.5, 2)
    plain = steps(submission, f, x0, "gd", 0.038, 0.8, 1e-6, 1000)
    swung = steps(submission, f, x0, "momentum", 0.02, 0.8, 1e-6, 1000)
    compare.require(
        0 < 2 * swung <= plain < 1000,
        "in the ravine momentum should need at most half the steps of plain descent.",
        "在山沟里，动量法的步数应当至多是普通下降的一半。",
    )
    record_property("steps", swung)


@check(
    "batch_effect.saddle_escape",
    hint="From a millionth beside the ridge both get away; v grows faster than the gradient alone. Is mu used, and only"
    " with momentum?",
    zh="从偏离鞍点百万分之一处出发，两者都能离开；v 比单独的梯度增长得快。mu 用上了吗？是否只在动量法里用？",
)
def test_momentum_leaves_a_saddle_earlier(submission: Any, draw: Draw) -> None:
    f, x0 = submission.build(SADDLE), torch.tensor([draw.random.uniform(0.3, 0.6), 1e-6], dtype=F64)
    plain, other = (steps(submission, f, x0, "gd", 0.05, mu, 0.5, 600) for mu in (0.0, 0.9))
    swung = steps(submission, f, x0, "momentum", 0.05, 0.9, 0.5, 600)
    compare.equal(other, plain, what="the number of steps with gd and another mu", zh="换一个 mu 时 gd 的步数")
    compare.require(
        20 < 2 * swung < plain < 600,
        "momentum should leave the saddle in less than half the steps of plain descent.",
        "动量法离开鞍点的步数应当少于普通下降的一半。",
    )
    still = steps(submission, f, torch.tensor([0.0, 0.0], dtype=F64), "momentum", 0.05, 0.9, 0.5, 50)
    compare.equal(still, 50, what="the number of steps from the saddle itself", zh="从鞍点本身出发的步数")


@check(
    "batch_effect.bad_method_raises",
    hint="Only two names are known. Any other is an error, not one of the two.",
    zh="只认得两个名字。其他名字要报错，而不是当作其中之一。",
)
def test_unknown_methods(submission: Any) -> None:
    f = submission.build("lambda x: (x ** 2).sum()")
    for method in ("adam", "GD", "", "sgd"):
        for most in (0, 5):
            compare.raises(ValueError, submission.steps_to, f, torch.ones(2), method, 0.1, 0.5, 0.1, most)
    compare.raises(ValueError, submission.steps_to, f, torch.zeros(2), "nesterov", 0.1, 0.5, 1.0, 5)


@check(
    "batch_effect.input_unchanged",
    hint="x0 belongs to the caller: it does not move, and requires_grad_() on it is a change as well.",
    zh="x0 是调用者的：它不移动，对它调用 requires_grad_() 也算改动。",
)
def test_the_start_stays(submission: Any, draw: Draw) -> None:
    for method in ("gd", "momentum"):
        x0 = draw.noncontiguous(draw.uniform(0.5, 1.0, 3, dtype=F32))
        f = submission.build("lambda x: (x ** 2).sum()")
        call = "[student.steps_to(f, x0, method, 0.1, 0.5, 1e-3, 100), x0.detach(), x0.requires_grad]"
        count, after, marked = compare.items(submission.build(call, f=f, x0=x0, method=method), 3, list)
        count = compare.is_type(count, int, "the number of steps", "步数")
        compare.require(0 < count < 100, "the steps are not counted.", "步数没有数对。", reason="value")
        compare.unchanged(x0, after, "x0")
        compare.equal(marked, False, what="x0.requires_grad after the call", zh="调用之后的 x0.requires_grad")
