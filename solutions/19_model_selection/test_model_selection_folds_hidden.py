"""Hidden checks of model-selection, second part: folds, and what is done inside of them."""

from __future__ import annotations

from typing import Any

import torch
from model_selection_reference import F32, F64, Exam, folds_of, pairs, partition, scaled
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# kfold_indices --------------------------------------------------------------------------------------------------------


def cases(draw: Draw) -> list[tuple[int, int]]:
    """Number of rows, number of folds: divisible ones among them."""
    ks = [draw.size(2, 9) for _ in range(16)]
    return [(draw.size(k, 40), k) for k in ks] + [(12, 4), (7, 2), (5, 4)]


@check(
    "kfold_indices.partition",
    hint="Together the validation parts cover each row exactly once. n may leave a remainder; no fold is drawn anew.",
    zh="所有验证部分合在一起，每一行恰好出现一次：n 可能除不尽；各折也不是各自重新抽取的。",
)
def test_every_row_is_validated_on_once(submission: Any, draw: Draw) -> None:
    for n, k in cases(draw):
        partition([val for _, val in pairs(submission.kfold_indices(n, k), k)], n)


@check(
    "kfold_indices.disjoint",
    hint="A row that is both trained on and validated on is an exam with known questions.",
    zh="某一行既用来训练又用来验证，就等于考试时题目已经泄露。",
)
def test_no_row_is_on_both_sides(submission: Any, draw: Draw) -> None:
    for n, k in cases(draw):
        for train, val in pairs(submission.kfold_indices(n, k), k):
            compare.require(
                not bool(torch.isin(train, val).any()),
                "a fold has rows that are in train and in val.",
                "有一折中，某些行既在 train 里又在 val 里。",
            )


@check(
    "kfold_indices.train_is_complement",
    hint="Train on everything that is not held out: k - 1 blocks, not one, and not fewer than there are.",
    zh="没被留出的全部用来训练：是 k - 1 块，不是一块，也不能少。",
    needs=["kfold_indices.disjoint"],
)
def test_training_rows_are_all_the_others(submission: Any, draw: Draw) -> None:
    for n, k in cases(draw):
        for train, val in pairs(submission.kfold_indices(n, k), k):
            partition([train, val], n)


@check(
    "kfold_indices.balanced_sizes",
    hint="The rows that are left over go one each to different folds, not all to the last one.",
    zh="多出来的行应当分给不同的折，每折一行，而不是全部塞进最后一折。",
)
def test_folds_differ_by_one_row_at_most(submission: Any, draw: Draw) -> None:
    for n, k in cases(draw):
        sizes = [len(val) for _, val in pairs(submission.kfold_indices(n, k), k)]
        compare.require(
            max(sizes) - min(sizes) <= 1 and min(sizes) >= 1,
            "the folds differ by more than one row.",
            "各折的大小相差超过一行。",
        )


@check(
    "kfold_indices.in_blocks",
    hint="Blocks of neighbours in order, the larger ones first; both index tensors in increasing order.",
    zh="依次由相邻的行组成块，较大的块在前；两个下标张量都按递增次序。",
    needs=["kfold_indices.partition", "kfold_indices.train_is_complement"],
)
def test_the_folds_are_blocks_in_order(submission: Any, draw: Draw) -> None:
    for n, k in cases(draw):
        compare.same(pairs(submission.kfold_indices(n, k), k), folds_of(n, k), what="the folds", zh="各折")


@check(
    "kfold_indices.k_equals_n",
    hint="As many folds as rows: each row is left out alone.",
    zh="折数等于行数：每次只留出一行。",
)
def test_leave_one_out(submission: Any, draw: Draw) -> None:
    for n in (2, draw.size(3, 12)):
        found = pairs(submission.kfold_indices(n, n), n)
        partition([val for _, val in found], n)
        for train, val in found:
            compare.equal((len(train), len(val)), (n - 1, 1), what="the two sizes", zh="两个大小")
            partition([train, val], n)


@check(
    "kfold_indices.k_bad_raises",
    hint="One fold leaves nothing to train on, and more folds than rows leave empty ones: ValueError.",
    zh="只有一折就没有东西可训练；折数多于行数就会有空折：应抛出 ValueError。",
)
def test_impossible_numbers_of_folds_are_refused(submission: Any, draw: Draw) -> None:
    n = draw.size(4, 20)
    for bad in (1, 0, -1, -n, n + 1, 3 * n):
        compare.raises(ValueError, submission.kfold_indices, n, bad)
    compare.raises(ValueError, submission.kfold_indices, 0, 2)
    compare.raises(ValueError, submission.kfold_indices, 1, 1)


# cross_validate -------------------------------------------------------------------------------------------------------


FOLDS = ["kfold_indices.in_blocks"]


def table(draw: Draw, number: int = 0) -> tuple[Tensor, Tensor, int]:
    """Features, labels of several kinds, and a number of folds that rarely divides the number of rows."""
    n, d, k = *draw.sizes(2, 6, 15), draw.size(2, 5)
    X = draw.randn(n, d, dtype=float_type(number)) * draw.uniform(0.1, 20, d).to(float_type(number)) + 3
    y = (draw.randn(n), draw.integers(0, 4, n, 1), draw.randn(n, 1, dtype=F32), draw.labels(n, 3) == 1)[number % 4]
    return draw.layout(X, number % 3), y, k


@check(
    "cross_validate.fold_scores",
    hint="Each fold: fit on its training rows, score on its held-out rows, and put the score in the fold's place.",
    zh="每一折：在它的训练行上拟合，在它留出的行上打分，并把得分放到这一折的位置。",
    needs=FOLDS,
)
def test_each_fold_fits_on_the_rest_and_scores_its_own(submission: Any, draw: Draw) -> None:
    for number in range(6):
        X, y, k = table(draw, number)
        exam = Exam(draw, k)
        got = submission.cross_validate(exam.fit, exam.score, X, y, k)
        exam.saw(X, y, folds_of(len(X), k))
        compare.same(got, torch.tensor(exam.worth[:k], dtype=F64), what="the scores", zh="得分")


@check(
    "cross_validate.fresh_model_per_fold",
    hint="A model that has trained on a row must not be asked about it: every fold has its own model.",
    zh="在某一行上训练过的模型，不能再拿这一行去考它：每一折都有自己的模型。",
    needs=FOLDS,
)
def test_every_fold_is_scored_with_its_own_model(submission: Any, draw: Draw) -> None:
    for k in draw.sizes(3, 2, 7):
        exam, X = Exam(draw, k), draw.randn(draw.size(k, 12), 2)
        submission.cross_validate(exam.fit, exam.score, X, X[:, 0], k)
        exam.calls(k)
        models = [score[0] for score in exam.scores]
        compare.equal(models, [{"number": i} for i in range(k)], what="the models that are scored", zh="被打分的模型")


@check(
    "cross_validate.preprocess_inside_fold",
    hint="Mean and deviation are learned, so they come from the fold's training rows, and serve its held-out rows too.",
    zh="均值和标准差也是学来的：它们来自这一折的训练行，也用于这一折留出的行。",
    needs=["cross_validate.fold_scores"],
    weight=1.5,
)
def test_the_scale_is_learned_from_training_rows_alone(submission: Any, draw: Draw) -> None:
    for number in range(6):
        X, y, k = table(draw, number)
        exam = Exam(draw, k)
        submission.cross_validate(exam.fit, exam.score, X, y, k, standardize=True)
        exam.calls(k)
        for (train, val), fit, score in zip(folds_of(len(X), k), exam.fits, exam.scores, strict=True):
            want = scaled(X, train)
            compare.same(fit[0], want[train], what="the scaled rows that fit_fn sees", zh="fit_fn 看到的缩放后的行")
            compare.same(score[1], want[val], what="the scaled rows that score_fn sees", zh="score_fn 看到的缩放后的行")
            compare.same(fit[1], y[train], what="what fit_fn sees as y", zh="fit_fn 看到的 y")
            compare.same(score[2], y[val], what="what score_fn sees as y", zh="score_fn 看到的 y")


@check(
    "cross_validate.constant_column",
    hint="All training rows equal: there is nothing to divide by, and 1e-17 from rounding is nothing, too.",
    zh="训练行全都相等时没有东西可除；舍入造成的 1e-17 也不算数。",
    needs=["cross_validate.preprocess_inside_fold"],
)
def test_a_column_without_spread_is_only_centred(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        X = draw.randn(11, 3, dtype=dtype)
        X[:, 1] = 0.1
        X[8:, 1] = draw.uniform(1, 5, 3).to(dtype)  # the last fold: equal rows to train on, others in the exam
        X[:, 2] = 100.3
        exam = Exam(draw, 3)
        submission.cross_validate(exam.fit, exam.score, X, X[:, 0], 3, standardize=True)
        exam.calls(3)
        for (train, val), fit, score in zip(folds_of(11, 3), exam.fits, exam.scores, strict=True):
            want = scaled(X, train)
            compare.same(fit[0], want[train], atol=1e-4 if dtype == F32 else None, what="the scaled training rows")
            compare.same(score[1], want[val], atol=1e-4 if dtype == F32 else None, what="the scaled held-out rows")


@check(
    "cross_validate.scores_as_tensors",
    hint="A score may be a tensor without dimensions, with a graph behind it. What you return has none.",
    zh="得分可以是零维张量，背后还带着计算图；而你返回的张量不带。",
    needs=FOLDS,
    weight=0.5,
)
def test_scores_may_come_as_tensors(submission: Any, draw: Draw) -> None:
    X, y, k = table(draw)
    exam = Exam(draw, k, tensors=True)
    got = compare.tensor(submission.cross_validate(exam.fit, exam.score, X, y, k), shape=(k,), dtype=F64)
    compare.same(got.detach(), torch.tensor(exam.worth[:k], dtype=F64), what="the scores", zh="得分")
    compare.require(not got.requires_grad, "the scores carry a graph.", "得分带着计算图。", reason="graph")


@check(
    "cross_validate.inputs_unchanged",
    hint="Scaling in place destroys the rows of the next fold, and of whoever called you.",
    zh="原地缩放会毁掉下一折的行，也会毁掉调用者的数据。",
    needs=FOLDS,
    weight=0.5,
)
def test_the_table_stays_as_it_was(submission: Any, draw: Draw) -> None:
    X, y, k = table(draw)
    exam = Exam(draw, k)
    seen = submission.observe("cross_validate", exam.fit, exam.score, X, y, k, True)
    compare.unchanged(X, seen.args[2], "X")
    compare.unchanged(y, seen.args[3], "y")
    exam.calls(k)


@check(
    "cross_validate.bad_k_raises",
    hint="The folds know which k make no sense; let them speak.",
    zh="哪些 k 没有意义，分折的函数知道；让它来说。",
    needs=["kfold_indices.k_bad_raises"],
    weight=0.5,
)
def test_impossible_k_is_refused_here_too(submission: Any, draw: Draw) -> None:
    X, y, _ = table(draw)
    for bad in (1, len(X) + 1):
        exam = Exam(draw, 2)
        compare.raises(ValueError, submission.cross_validate, exam.fit, exam.score, X, y, bad)
