"""Hidden checks of topic 41: k-means."""

from __future__ import annotations

from typing import Any

import torch
from bonus_beyond_reference import F64, PARTS, blobs, inertia, rivals, step
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

ROUND = {"what": "(centres, labels)", "zh": "(中心, 标签)"}

# kmeans -------------------------------------------------------------------------------------------------------------


def clusters(submission: Any, X: Tensor, k: int, generator: torch.Generator, restarts: int) -> tuple[Tensor, Tensor]:
    """What kmeans returns, known to be k finite centres, each row with a label of one of them."""
    got = compare.items(submission.kmeans(X, k, generator, restarts), 2, tuple, "the result", "结果")
    centres = compare.tensor(got[0], shape=(k, X.shape[1]), dtype=X.dtype, what="the centres", zh="中心")
    labels = compare.tensor(got[1], shape=(len(X),), dtype=torch.int64, what="the labels", zh="标签")
    inside = bool(((labels >= 0) & (labels < k)).all())
    compare.require(inside, "a label belongs to no centre.", "有的标签不属于任何中心。")
    return compare.finite(centres, "the centres", "中心").detach(), labels


@check(
    "kmeans.step_value",
    hint="First all rows choose among the old centres, then the centres move: the mean of those who chose them.",
    zh="先由所有的行在旧中心里挑选，然后中心移动：移到选了它的那些行的均值。",
)
def test_rounds_from_random_centres(submission: Any, draw: Draw) -> None:
    for number in range(16):
        n, (k, d) = draw.size(12, 30), draw.sizes(2, 1, 7)
        X = draw.layout(2 * draw.randn(n, d, dtype=float_type(number)), number)
        centres = draw.layout(2 * draw.randn(k, d, dtype=X.dtype), number % 3)
        compare.same(submission.kmeans_step(X, centres), step(X, centres), **ROUND)


@check(
    "kmeans.ties",
    hint="A row in the middle between two centres chooses the one that stands first.",
    zh="恰在两个中心正中间的行，选排在前面的那个。",
    weight=0.5,
)
def test_a_row_half_way_between_centres(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        X = draw.integers(-4, 5, 12, 2).to(F64)
        centres = torch.tensor([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0], [2.0, 2.0], [0.0, 0.0]], dtype=F64)
        centres = centres[draw.permutation(5)]
        compare.same(submission.kmeans_step(X, centres), step(X, centres), **ROUND)


@check(
    "kmeans.inertia_monotone",
    hint="Choosing the nearest centre can only shorten the way, moving to the mean as well. Does a round do both?",
    zh="选最近的中心只会缩短距离，移到均值也一样。你的一轮把两件事都做了吗？",
)
def test_no_round_makes_it_worse(submission: Any, draw: Draw) -> None:
    for number in range(3):
        X, k = draw.randn(30, 3, dtype=float_type(number)), draw.size(2, 6)
        centres = X[:k] + 3
        before = inertia(X, centres)
        for _ in range(8):
            got = compare.items(submission.kmeans_step(X, centres), 2, tuple, "the result", "结果")
            moved = compare.tensor(got[0], shape=(k, 3), dtype=X.dtype, what="the centres", zh="中心").detach()
            after = inertia(X, compare.finite(moved, "the centres", "中心"))
            fell = after <= before * (1 + 1e-6)
            compare.require(fell, "a round has made the inertia larger.", "一轮之后，惯性反而变大了。")
            compare.same(moved, step(X, centres)[0], what="the centres", zh="中心")
            centres, before = moved, after


@check(
    "kmeans.empty_cluster",
    hint="The mean of no rows is nan. A centre that nobody has chosen stays where it is.",
    zh="零行的均值是 nan。没有人选的中心留在原处。",
)
def test_centres_that_nobody_chooses(submission: Any, draw: Draw) -> None:
    for number in range(4):
        X = draw.randn(8, 2, dtype=float_type(number))
        centres = torch.cat([X[:2], draw.randn(3, 2, dtype=X.dtype) + 50])[draw.permutation(5)]
        compare.same(submission.kmeans_step(X, centres), step(X, centres), **ROUND)
    row = draw.randn(1, 3)
    X = torch.cat([row.expand(5, 3), row + 1])  # two places, four centres
    centres, labels = clusters(submission, X, 4, draw.new_generator(), 6)
    used = {tuple(centres[label].tolist()) for label in set(labels.tolist())}
    compare.require(1 <= len(used) <= 2, "rows at two places fill more than two groups.", "两处的点占了两组以上。")


@check(
    "kmeans.fixed_point",
    hint="It is over when one more round changes nothing: labels of the nearest centres, centres in the"
    " middle of theirs.",
    zh="再走一轮也不变，才算结束：标签是最近的中心，中心是自己那些行的均值。",
)
def test_one_more_round_changes_nothing(fresh_submission: Any, draw: Draw) -> None:
    submission = fresh_submission()
    submission.build(PARTS)
    for number in range(5):
        X, k = draw.randn(60, 2, dtype=float_type(number)), draw.size(1, 6)
        centres, labels = clusters(submission, X, k, draw.new_generator(), draw.size(1, 3))
        compare.same((centres, labels), step(X, centres), **ROUND)


@check(
    "kmeans.blob_mse",
    hint="A single start often ends with two centres in one heap. Which of the ends do you return?",
    zh="只开始一次，常常会有两个中心挤在一堆。那么多结局，你返回的是哪一个？",
)
def test_the_best_of_many_starts(fresh_submission: Any, draw: Draw) -> None:
    submission = fresh_submission()
    submission.build(PARTS)
    for number in range(4):
        X, corners = blobs(draw, 25)
        centres, _ = clusters(submission, X, 5, draw.new_generator(), 40)
        best = inertia(X, step(X, corners)[0])
        close = inertia(X, centres) <= 1.05 * best
        compare.require(close, "two heaps share a centre.", "有两堆点共用一个中心。", reason="training")
        if number == 0:
            compare.require(
                inertia(X, centres) / len(X) <= 0.8,
                "the mean squared distance to the centres is above 0.80.",
                "到中心的平均平方距离大于 0.80。",
                reason="training",
            )


@check(
    "kmeans.best_end",
    hint="Which end is best is told by squared distances, the same that the rounds make small.",
    zh="哪个结局最好，要看距离的平方，也就是每一轮都在减小的那个量。",
)
def test_the_end_with_the_smallest_inertia(fresh_submission: Any, draw: Draw) -> None:
    submission = fresh_submission()
    submission.build(PARTS)
    for number in range(2):
        X, best = rivals(draw.child(str(number)))
        centres, _ = clusters(submission, X, 2, draw.new_generator(), 120)
        compare.same(centres[:, 0].sort().values, best, what="the sorted centres", zh="排好序的中心")


@check(
    "kmeans.k_equals_n",
    hint="As many centres as rows: each starts on a row of its own, and no distance is left.",
    zh="中心与行一样多：各从自己的一行出发，一点距离也不剩。",
)
def test_a_centre_for_every_row(submission: Any, draw: Draw) -> None:
    for number in range(3):
        X = draw.randn(draw.size(2, 9), 2, dtype=float_type(number))
        centres, labels = clusters(submission, X, len(X), draw.new_generator(), 1)
        compare.same(centres[labels], X, what="the centre of each row", zh="每行的中心")
        compare.same(labels.sort().values, torch.arange(len(X)), what="the sorted labels", zh="排好序的标签")


@check(
    "kmeans.seeded",
    hint="The starting rows are drawn with the generator, and only with it.",
    zh="起点的行由 generator 抽取，而且只由它抽取。",
)
def test_the_same_generator_gives_the_same_groups(submission: Any, draw: Draw) -> None:
    X, ends = draw.randn(40, 2), []
    for seed in (1, 1, 2, 3, 4, 5, 6):
        submission.build("torch.rand(3), np.random.rand(3).tolist()")
        ends.append(clusters(submission, X, 6, torch.Generator().manual_seed(seed + draw.seed % 1000), 1))
    compare.same(ends[1], ends[0], what="the groups of a second run", zh="第二次运行的分组")
    different = any(not torch.equal(labels, ends[0][1]) for _, labels in ends[2:])
    compare.require(different, "every generator gives the same groups.", "不论哪个 generator，分组都一样。")


@check(
    "kmeans.inputs_unchanged",
    hint="The given centres and rows belong to the caller: move a clone.",
    zh="给出的中心和行都是调用者的：请移动它们的 clone。",
    weight=0.5,
)
def test_a_round_leaves_rows_and_centres_alone(submission: Any, draw: Draw) -> None:
    X, centres = draw.randn(9, 2), draw.randn(3, 2)
    seen = submission.observe("kmeans_step", X, centres)
    compare.same(seen.result, step(X, centres), **ROUND)
    compare.unchanged(X, seen.args[0], "X")
    compare.unchanged(centres, seen.args[1], "centres")
