"""Hidden checks of model-selection, third part: choosing a degree, and candidates by lot."""

from __future__ import annotations

import itertools
import math
from typing import Any

import torch
from model_selection_reference import F32, F64, best_degree, curve
from torch import Tensor

from autograder.checks import compare
from autograder.checks.made.tables import polynomial
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FOLDS = ["kfold_indices.in_blocks", "cross_validate.fold_scores", "cross_validate.fresh_model_per_fold"]
MANY = [*range(1, 9), 12, 19]


def cubic(draw: Draw, n: int) -> tuple[Tensor, Tensor]:
    """A noisy cubic on which cross-validation chooses one of 3 .. 7, clearly or not."""
    while True:
        made = polynomial(n, draw.new_generator(), dtype=F64)
        x, y = made.raw[:, 0], made.y[:, 0]
        if best_degree(x, y, MANY, 5) in range(3, 8):
            return x, y


@check(
    "select_degree.picks_cubic_range",
    hint="Fit on k - 1 folds, judge on the one held out, and take the degree whose mean error there is lowest.",
    zh="在 k - 1 折上拟合，在留出的一折上评判，取那里平均误差最低的次数。",
    needs=FOLDS,
    cpu_s=10,
)
def test_a_noisy_cubic_is_recognised(submission: Any, draw: Draw) -> None:
    for _ in range(20):
        x, y = cubic(draw, 60)
        got = compare.is_type(submission.select_degree(x, y, MANY), int, "the degree", "次数")
        compare.require(
            3 <= got <= 7, "on a noisy cubic the chosen degree should lie between 3 and 7.",
            "在带噪声的三次曲线上，选出的次数应当在 3 到 7 之间。",
        )  # fmt: skip


@check(
    "select_degree.not_largest",
    hint="On the rows it was fitted to, the highest degree always wins. Where must the error be measured?",
    zh="在拟合所用的行上，最高的次数总是赢。误差应当在哪里量？",
    needs=FOLDS,
)
def test_more_coefficients_are_not_better(submission: Any, draw: Draw) -> None:
    for n in (30, 45):
        for degrees in ([1, 3, 19], [19, 2, 3]):
            x, y = clear(draw, degrees, 5, n, 3)
            got = compare.is_type(submission.select_degree(x, y, degrees), int, "the degree", "次数")
            compare.require(got != 19, "the highest degree was chosen.", "选了最高的次数。")


def clear(
    draw: Draw, degrees: list[int], k: int, n: int, degree: int, dtype: torch.dtype = F64
) -> tuple[Tensor, Tensor]:
    """A noisy curve on which one of the degrees is clearly the best, and not the largest."""
    while True:
        x, y = curve(draw, n, degree, draw.random.uniform(0.1, 0.5), dtype)
        if best_degree(x, y, degrees, k) not in (None, max(degrees)):
            return x, y


@check(
    "select_degree.lowest_mean_error",
    hint="Return an element of the list, not its place in it; and the list need not be sorted.",
    zh="返回列表中的元素，而不是它的位置；列表不一定有序。",
    needs=FOLDS,
)
def test_the_degree_with_the_lowest_score(submission: Any, draw: Draw) -> None:
    for number in range(12):
        k, degree = draw.size(2, 7), draw.size(1, 4)
        degrees = [*draw.random.sample(range(degree + 4), degree + 3), degree + 4]
        degrees = draw.random.sample(degrees, len(degrees))
        x, y = clear(draw, degrees, k, draw.size(20, 33), degree, F32 if number % 4 == 3 else F64)
        got = submission.select_degree(draw.layout(x, number % 3), y, degrees, k)
        compare.equal(got, best_degree(x, y, degrees, k), what="the degree", zh="次数")


@check(
    "select_degree.uses_k",
    hint="Two folds and six folds may choose differently. How many were asked for?",
    zh="两折和六折的选择可能不同。要求的是几折？",
    needs=FOLDS,
    weight=0.5,
)
def test_the_number_of_folds_matters(submission: Any, draw: Draw) -> None:
    degrees = [1, 2, 3, 4]
    for k, other in ((5, 2), (2, 5), (6, 5)):
        while True:
            x, y = curve(draw, 14, 2, 2.0)
            best = best_degree(x, y, degrees, k)
            if best is not None and best_degree(x, y, degrees, other) not in (None, best):
                break
        args = () if k == 5 else (k,)
        compare.equal(submission.select_degree(x, y, degrees, *args), best, what="the degree", zh="次数")


@check(
    "select_degree.ties_lowest",
    hint="Where all degrees predict equally well, take the simplest, wherever it stands in the list.",
    zh="所有次数预测得一样好时，取最简单的那个，不论它在列表的哪个位置。",
    needs=FOLDS,
    weight=0.5,
)
def test_of_equal_degrees_the_lowest(submission: Any, draw: Draw) -> None:
    for degrees in ([4, 1, 3], [2, 5, 0, 1], [3]):
        x = draw.uniform(-1, 1, draw.size(14, 20))
        got = submission.select_degree(x, torch.zeros_like(x), degrees, draw.size(2, 4))
        compare.equal(got, min(degrees), what="the degree", zh="次数")


@check(
    "select_degree.random_search",
    hint="One call of the objective per candidate, n candidates, and the lowest loss wins; of equal ones the first.",
    zh="每个候选只调用一次 objective，共 n 个候选，损失最低者胜；并列时取第一个。",
)
def test_the_lowest_loss_wins(submission: Any, draw: Draw) -> None:
    for n in (1, *draw.sizes(6, 2, 12)):
        levels = draw.integers(-4, 4, n).double() + draw.random.random()
        drawn, losses = draw.uniform(0, 1, n).tolist(), levels.tolist()
        search(submission, draw, drawn, losses, drawn[losses.index(min(losses))])
    for bad in (0, -2):
        compare.raises(ValueError, submission.random_search, lambda generator: 1.0, lambda candidate: 1.0, bad,
                       draw.new_generator())  # fmt: skip


def search(submission: Any, draw: Draw, drawn: list[float], losses: list[float], want: float) -> None:
    """Search among these candidates, with the losses in the order in which they are asked for; none asked for twice."""
    tickets, asked = itertools.chain(drawn, itertools.repeat(-1.0)), []

    def objective(candidate: Any) -> float:
        place = drawn.index(compare.number(candidate)) if candidate in drawn else -1
        asked.append(place)
        return losses[place]

    got = submission.random_search(lambda generator: next(tickets), objective, len(drawn), draw.new_generator())
    compare.equal(asked, list(range(len(drawn))), what="the list of candidates asked about", zh="被求损失的候选的列表")
    compare.equal(got, want, what="the candidate", zh="返回的候选")


@check(
    "select_degree.nan_never_best",
    hint="No comparison with nan is true, so min may return it. Look for it before you compare.",
    zh="与 nan 的比较永远不成立，所以 min 可能会返回它。比较之前先把它找出来。",
    weight=0.5,
)
def test_a_training_that_blew_up_is_not_the_best(submission: Any, draw: Draw) -> None:
    nan = math.nan
    for losses in ([nan, 0.7, 0.2, 0.4], [0.9, nan, 0.4, nan, 0.4], [nan, nan, 3.0], [math.inf, nan, 5.0]):
        drawn = draw.uniform(0, 1, len(losses)).tolist()
        real = [loss for loss in losses if not math.isnan(loss)]
        search(submission, draw, drawn, losses, drawn[losses.index(min(real))])
    compare.raises(ValueError, submission.random_search, lambda generator: 1.0, lambda candidate: nan, 3,
                   draw.new_generator())  # fmt: skip


TICKET = "lambda g: {'rate': torch.rand((), generator=g).item(), 'width': torch.randint(9, (), generator=g).item()}"


@check(
    "select_degree.uses_generator",
    hint="Hand the generator on: the same state draws the same candidates, a later one draws others.",
    zh="把 generator 传下去：状态相同，抽到的候选就相同；之后的状态抽到别的。",
)
def test_the_same_generator_draws_the_same_candidates(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        generator, n, asked = draw.new_generator(), draw.size(3, 8), []
        here = torch.Generator()
        here.set_state(generator.get_state())
        want = [
            {"rate": torch.rand((), generator=here).item(), "width": int(torch.randint(9, (), generator=here))}
            for _ in range(n)
        ]

        def objective(candidate: Any, asked: list[Any] = asked) -> float:
            asked.append(candidate)
            return -float(len(asked))

        got = submission.random_search(submission.build(TICKET), objective, n, generator)
        compare.equal(asked, want, what="the list of candidates", zh="候选的列表")
        compare.equal(got, want[-1], what="the candidate", zh="返回的候选")


RATES = "torch.manual_seed(seed)\n[student.log_uniform(low, high, generator) for _ in range(count)]"


def rates(submission: Any, low: float, high: float, generator: Any, count: int, seed: int = 0) -> Tensor:
    got = submission.build(RATES, low=low, high=high, generator=generator, count=count, seed=seed)
    for rate in compare.items(got, count, list):
        compare.is_type(rate, float, "a rate", "学习率")
        compare.number(rate, what="a rate", zh="学习率")
    return torch.tensor(got, dtype=F64)


@check(
    "select_degree.log_uniform",
    hint="Not the number but its logarithm is uniform: each power of ten gets the same share of the draws.",
    zh="均匀分布的不是这个数，而是它的对数：每个数量级得到同样多的抽样。",
)
def test_the_logarithm_is_uniform(submission: Any, draw: Draw) -> None:
    count = 600
    for low, high in ((1e-4, 1e-1), (draw.random.uniform(2, 4), draw.random.uniform(500, 900))):
        got = rates(submission, low, high, draw.new_generator(), count)
        inside = bool(((got >= low * (1 - 1e-6)) & (got <= high * (1 + 1e-6))).all())
        compare.require(inside, "a rate lies outside low .. high.", "有的数落在 low 到 high 之外。")
        place = ((got.log() - math.log(low)) / (math.log(high) - math.log(low))).sort().values
        steps = torch.arange(count, dtype=F64) / count
        distance = torch.maximum((place - steps).abs(), (place - steps - 1 / count).abs()).max().item()
        compare.require(
            distance < 2.8 / math.sqrt(count),  # Kolmogorov-Smirnov: missed by chance 3 times in 10 million
            "the logarithms are not uniformly distributed between those of low and high.",
            "这些数的对数在 low 与 high 的对数之间不是均匀分布的。",
            reason="statistics",
        )


@check(
    "select_degree.log_uniform_seeded",
    hint="Each call takes one number from the generator that is handed in, and from nothing else.",
    zh="每次调用都只从传入的 generator 取随机数，不从别处取。",
    weight=0.5,
)
def test_rates_come_from_the_generator(submission: Any, draw: Draw) -> None:
    generator = draw.new_generator()
    one = rates(submission, 0.01, 10.0, generator, 9, seed=1)
    compare.equal(rates(submission, 0.01, 10.0, generator, 9, seed=2), one, what="the same draw again", zh="再抽一次")
    compare.require(len(one.unique()) > 5, "one rate is drawn again and again.", "每次抽到的都是同一个数。")
    other = rates(submission, 0.01, 10.0, draw.new_generator(), 9, seed=1)
    compare.require(
        not torch.equal(one, other), "another generator should draw others.", "换一个 generator 应当抽到别的数。"
    )


@check(
    "select_degree.log_uniform_bounds",
    hint="Nothing has a logarithm at or below 0, and low comes first. Equal bounds leave one number.",
    zh="小于等于 0 的数没有对数，而且 low 在前。上下界相等时只有一个数可取。",
    weight=0.5,
)
def test_impossible_bounds_are_refused(submission: Any, draw: Draw) -> None:
    for low, high in ((0.0, 1.0), (-1.0, 1.0), (2.0, 1.0), (-3.0, -2.0)):
        compare.raises(ValueError, submission.log_uniform, low, high, draw.new_generator())
    compare.number(submission.log_uniform(0.3, 0.3, draw.new_generator()), 0.3, 1e-6, what="the rate", zh="学习率")
