"""The checks you can see: the worked examples of the README. Hidden ones use other numbers, other data and the odd
cases that the docstrings decide. One check draws the error on rows held out over the degree of a polynomial."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(5)


@check(
    "train_val_test_split.example",
    hint="Round down for validation and test; whatever is left belongs to training.",
    zh="验证集和测试集向下取整；剩下的都归训练集。",
    weight=0.5,
)
def test_nine_rows_become_seven_one_and_one(submission: Any) -> None:
    got = compare.items(submission.train_val_test_split(9, (0.6, 0.2, 0.2), generator()), 3)
    parts = [compare.tensor(part, shape=(None,), dtype=torch.int64) for part in got]
    compare.equal([len(part) for part in parts], [7, 1, 1], what="the list of sizes", zh="三个大小的列表")
    compare.equal(torch.cat(parts).sort().values, torch.arange(9), what="all rows together", zh="所有行合在一起")


@check(
    "kfold_indices.example",
    hint="Seven rows in three blocks: the first block takes the row that is left over.",
    zh="七行分成三块：多出来的那一行归第一块。",
    weight=0.5,
)
def test_seven_rows_in_three_folds(submission: Any) -> None:
    want = [([3, 4, 5, 6], [0, 1, 2]), ([0, 1, 2, 5, 6], [3, 4]), ([0, 1, 2, 3, 4], [5, 6])]
    compare.same(submission.kfold_indices(7, 3), [(torch.tensor(train), torch.tensor(val)) for train, val in want])


@check(
    "stratified_split.example",
    hint="Go through the classes one by one: of six rows three are held out, of two rows one.",
    zh="逐个类别处理：六行留出三行，两行留出一行。",
    weight=0.5,
)
def test_half_of_six_and_half_of_two(submission: Any) -> None:
    y = torch.tensor([7, 7, 7, 7, 7, 7, 0, 0])
    got = compare.items(submission.stratified_split(y, 0.5, generator()), 2)
    parts = [compare.tensor(part, shape=(None,), dtype=torch.int64) for part in got]
    compare.equal(torch.cat(parts).sort().values, torch.arange(8), what="all rows together", zh="所有行合在一起")
    for part in parts:
        compare.equal(sorted(y[part].tolist()), [0, 7, 7, 7], what="the classes of one side", zh="一边的类别")


def mean(X: Tensor, y: Tensor) -> Tensor:
    return y.mean()


def mean_error(model: Tensor, X: Tensor, y: Tensor) -> Tensor:
    return (y - model).abs().mean()


@check(
    "cross_validate.example",
    hint="Three folds, three models, three exams: go through the table of the README line by line.",
    zh="三折、三个模型、三场考试：照着 README 中的表逐行走一遍。",
    needs=["kfold_indices.example"],
    weight=0.5,
)
def test_three_means_and_their_exams(submission: Any) -> None:
    X, y = torch.tensor([[0.0], [2.0], [4.0]]), torch.tensor([1.0, 2.0, 6.0])
    got = submission.cross_validate(mean, mean_error, X, y, 3)
    compare.same(got, torch.tensor([3.0, 1.5, 4.5], dtype=torch.float64), rtol=1e-6, what="the scores", zh="得分")


@check(
    "cross_validate.curve",
    hint="The scores of ten polynomials fall and rise again. Does each fit see the training rows of its fold alone?",
    zh="十个多项式的得分先降后升。每次拟合是否只见到本折的训练行？",
    needs=["cross_validate.example"],
    weight=0.5,
)
def test_the_error_on_rows_held_out_falls_and_rises(submission: Any, picture: Any) -> None:
    chance = torch.Generator().manual_seed(10)
    x = 4 * torch.rand(30, generator=chance, dtype=torch.float64) - 2
    noise = torch.randn(30, generator=chance, dtype=torch.float64)
    X, y = x[:, None] ** torch.arange(10), x**3 - x + noise / 2
    training: dict[int, list[float]] = {}

    def fit(X: Tensor, y: Tensor) -> Tensor:
        c = torch.linalg.lstsq(X, y[:, None]).solution[:, 0]
        training.setdefault(X.shape[1] - 1, []).append(float(squared_error(c, X, y)))
        return c

    scores = [submission.cross_validate(fit, squared_error, X[:, : d + 1], y, 5) for d in range(10)]
    held_out = [compare.tensor(one, shape=(5,), dtype=torch.float64).mean().log10().item() for one in scores]
    seen = [torch.tensor(errors).mean().log10().item() for _, errors in sorted(training.items())]
    picture.lines(
        "capacity", {"training rows": seen, "rows held out": held_out}, x="degree", y="log10 of the error",
        en="Mean squared error of polynomials over their degree: on the rows they were fitted to it only falls, on the"
        " rows held out it falls and rises again.",
        zh="多项式的均方误差随次数的变化：在拟合所用的行上它只降不升，在留出的行上先降后升。",
    )  # fmt: skip
    compare.equal(held_out.index(min(held_out)), 3, what="the degree with the lowest score", zh="得分最低的次数")
    compare.require(
        held_out[9] > held_out[3] + 0.05,
        "the score of degree 9 should be clearly worse than that of degree 3.",
        "次数 9 的得分应当明显差于次数 3。",
    )


def squared_error(c: Tensor, X: Tensor, y: Tensor) -> Tensor:
    return (X @ c - y).square().mean()


@check(
    "select_degree.example",
    hint="Fit on the rows of the other fold, square the errors on the rows held out, take the mean of the two folds.",
    zh="在另一折的行上拟合，对留出行的误差取平方，再对两折取平均。",
    needs=["kfold_indices.example", "cross_validate.example"],
    weight=0.5,
)
def test_a_line_beats_a_constant(submission: Any) -> None:
    x, y = torch.tensor([0.0, 2.0, 1.0, 3.0]), torch.tensor([0.0, 2.0, 1.0, 4.0])
    compare.equal(submission.select_degree(x, y, [0, 1], 2), 1, what="the degree", zh="次数")


@check(
    "select_degree.example_search",
    hint="nan is never best, and of equally good candidates the first one wins.",
    zh="nan 绝不是最好的；并列时取先出现的候选。",
    weight=0.5,
)
def test_the_best_of_four_tickets(submission: Any) -> None:
    drawn = iter([0.3, 0.01, 0.05, 0.02])
    loss = {0.3: 0.9, 0.01: float("nan"), 0.05: 0.4, 0.02: 0.4}
    got = submission.random_search(lambda generator: next(drawn), lambda rate: loss[rate], 4, generator())
    compare.equal(got, 0.05, what="the candidate", zh="返回的候选")
