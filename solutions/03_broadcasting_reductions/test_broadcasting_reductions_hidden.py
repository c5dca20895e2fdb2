"""Hidden checks of broadcasting-reductions. Sizes of a case differ, except where equal sizes are the trap."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

FLOATS = (torch.float64, torch.float32)


# broadcast_shape


def fitting_pair(draw: Draw, low: int = 1) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Two shapes that fit: sizes of one shape, some replaced by 1, one of the two cut off at the left."""
    whole = [draw.size(low, 6) for _ in range(draw.size(1, 5))]
    one, other = ([1 if draw.random.random() < 0.4 else size for size in whole] for _ in range(2))
    cut = draw.size(0, len(whole))
    pair = (tuple(one), tuple(other[cut:]))
    return pair if draw.random.random() < 0.5 else pair[::-1]


@check(
    "broadcast_shape.from_scratch",
    hint="The rule needs nothing but tuples and numbers: no torch, no NumPy.",
    zh="这条规则只需要元组和数：不用 torch，也不用 NumPy。",
    weight=0.5,
)
def test_the_rule_is_written_in_plain_python(submission: Any) -> None:
    got = compare.is_type(submission.broadcast_shape((2, 1), (1, 3)), (tuple, list), what="the shape", zh="形状")
    compare.equal(len(got), 2, what="the length of the shape", zh="形状的长度")
    source_rules.forbid_imports(submission.source, {"torch", "numpy"}, within="broadcast_shape")


@check(
    "broadcast_shape.rules",
    hint="Align at the right end, fill up with 1 at the left, take the size that is not 1. Return a tuple.",
    zh="右端对齐，左边用 1 补齐，取不是 1 的那个大小。返回元组。",
    needs=["broadcast_shape.from_scratch"],
)
def test_a_hundred_fitting_pairs(submission: Any, draw: Draw) -> None:
    for _ in range(100):
        a, b = fitting_pair(draw)
        want = tuple(torch.broadcast_shapes(a, b))
        compare.equal(submission.broadcast_shape(a, b), want, what="the shape", zh="形状")


@check(
    "broadcast_shape.incompatible_raises",
    hint="Different sizes, neither of them 1, never fit: not even if one is a multiple of the other.",
    zh="大小不同且都不是 1，就绝不相容：哪怕一个是另一个的倍数。",
    needs=["broadcast_shape.from_scratch"],
)
def test_sizes_that_differ_are_refused(submission: Any, draw: Draw) -> None:
    pairs: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((2,), (4,)), ((6, 5), (3, 5)), ((2, 3), (3, 2))]
    for _ in range(15):
        a, b = draw.sizes(2, 2, 7)
        left, right = fitting_pair(draw)
        tail = draw.size(1, 4)
        pairs.append(((*left, a, tail), (*right, b, tail)) if len(left) == len(right) else ((a, tail), (3, b, 1)))
    for one, other in pairs:
        compare.raises(ValueError, submission.broadcast_shape, one, other)


@check(
    "broadcast_shape.size_one_and_zero",
    hint="A 1 stretches to whatever the other size is, also to 0. The larger of the two is not the rule.",
    zh="1 会变成另一个大小，不管那是多少，0 也一样。规则并不是“取较大者”。",
    needs=["broadcast_shape.from_scratch"],
)
def test_one_stretches_even_to_zero(submission: Any, draw: Draw) -> None:
    size = draw.size(2, 7)
    for a, b in [((1,), (0,)), ((0,), (1,)), ((0,), (0,)), ((size, 1), (0,)), ((0, size), (1, 1)), ((1, 0), (size, 1))]:
        want = tuple(torch.broadcast_shapes(a, b))
        compare.equal(submission.broadcast_shape(a, b), want, what="the shape", zh="形状")
    for a, b in [((0,), (size,)), ((size, 3), (0, 3))]:
        compare.raises(ValueError, submission.broadcast_shape, a, b)


@check(
    "broadcast_shape.scalar",
    hint="A single number has the shape (), and it fits everything: all its sizes are missing, so all count as 1.",
    zh="单个数的形状是 ()，它与任何形状都相容：它的大小全部缺失，于是都当作 1。",
    needs=["broadcast_shape.from_scratch"],
)
def test_a_single_number_fits_everything(submission: Any, draw: Draw) -> None:
    shape = draw.sizes(3, 1, 6)
    for a, b, want in [((), (2, 3), (2, 3)), ((), (), ()), (shape, (), shape), ((), shape, shape), ((1,), (), (1,))]:
        compare.equal(submission.broadcast_shape(a, b), want, what="the shape", zh="形状")


# normalize_rows


def table(draw: Draw, rows: int, columns: int, dtype: torch.dtype = torch.float64) -> Tensor:
    """Entries of both signs whose row sums stay away from 0."""
    A = draw.uniform(0.5, 2.0, rows, columns, dtype=dtype)
    A[:, draw.size(0, columns - 1)] = -0.2
    return A


def shares(A: Tensor, eps: float = 0.0) -> Tensor:
    return A / (A.sum(1, keepdim=True) + eps)


@check(
    "normalize_rows.value",
    hint="The sum of a row runs over its columns (dim=1), with its signs, and eps is 0 unless it is given.",
    zh="一行的和是对它的各列求和（dim=1），带着符号；不给出 eps 时它就是 0。",
)
def test_each_entry_is_divided_by_the_sum_of_its_row(submission: Any, draw: Draw) -> None:
    for case in range(20):
        rows, columns = draw.sizes(2, 2, 9)
        A = draw.layout(table(draw, rows, columns, FLOATS[case % 2]), case // 2)
        scale = (1.0, -1.0, 1e-9, -1e6)[case % 4]  # sums of any size and sign: a hidden eps shows
        compare.same(submission.normalize_rows(A * scale), shares(A), what="the table of shares", zh="归一化后的表")


@check(
    "normalize_rows.square_input",
    hint="With as many rows as columns a missing keepdim goes unnoticed: each column is divided by some row's sum.",
    zh="行数与列数相等时，漏掉 keepdim 不会报错：每一列被除以了某一行的和。",
)
def test_a_square_table_is_divided_by_rows_too(submission: Any, draw: Draw) -> None:
    for size in draw.sizes(4, 2, 8):
        A = table(draw, size, size)
        compare.same(submission.normalize_rows(A), shares(A), what="the table of shares", zh="归一化后的表")


@check(
    "normalize_rows.keepdim_column",
    hint="The sums must have the shape (N, 1): a column that stretches over D columns, for any N and D.",
    zh="这些和的形状必须是 (N, 1)：对任意 N 和 D，都是能横向伸展到 D 列的一列。",
)
def test_one_row_one_column_and_no_row_work(submission: Any, draw: Draw) -> None:
    rows, columns = draw.sizes(2, 4, 9)
    for dtype in FLOATS:
        for A in (
            table(draw, 1, columns, dtype),
            draw.uniform(0.5, 2.0, rows, 1, dtype=dtype),
            table(draw, rows, columns, dtype),
            torch.empty(0, columns, dtype=dtype),
        ):
            compare.same(submission.normalize_rows(A), shares(A), what="the table of shares", zh="归一化后的表")


@check(
    "normalize_rows.zero_row_eps",
    hint="eps is added to the sum of every row, in the denominator only. It is neither a lower bound nor part of A.",
    zh="eps 加在每一行的和上，只在分母里出现。它不是下界，也不加到 A 上。",
)
def test_eps_is_added_to_every_row_sum(submission: Any, draw: Draw) -> None:
    for eps in (1e-3, 0.75, 20.0):
        rows, columns = draw.sizes(2, 3, 9)
        A = table(draw, rows, columns)
        A[draw.size(0, rows - 1)] = 0.0
        got = compare.finite(submission.normalize_rows(A, eps=eps), what="the table of shares", zh="归一化后的表")
        compare.same(got, shares(A, eps), what="the table of shares", zh="归一化后的表")
    kept = A.abs().sum(1) > 0  # without eps the zero row may become anything
    got = compare.tensor(
        submission.normalize_rows(A), shape=tuple(A.shape), what="the table of shares", zh="归一化后的表"
    )
    compare.same(got[kept], shares(A[kept]), what="the part beside a zero row", zh="零行以外的部分")


@check(
    "normalize_rows.input_unchanged",
    hint="A /= ... writes into the caller's table. Make a new one.",
    zh="A /= ... 写进了调用者的表。请生成一张新表。",
)
def test_the_table_stays_as_it_was(submission: Any, draw: Draw) -> None:
    A = table(draw, *draw.sizes(2, 3, 9))
    seen = submission.observe("normalize_rows", A)
    compare.same(seen.result, shares(A), what="the table of shares", zh="归一化后的表")
    compare.unchanged(A, seen.args[0], "A")


# pairwise_distance


def distances(a: Tensor, b: Tensor) -> Tensor:
    return (a[:, None] - b[None]).square().sum(-1).sqrt()


DISTANCE_NAMES = {
    "torch.cdist",
    "torch.pdist",
    "F.pdist",
    "F.pairwise_distance",
    "torch.pairwise_distance",
    "nn.PairwiseDistance",
    ".numpy",
    ".tolist",
}
DISTANCE_OPS = {"aten::_cdist_forward", "aten::cdist", "aten::_euclidean_dist", "aten::_pdist_forward"}


@check(
    "pairwise_distance.from_scratch",
    hint="The distance comes from sums, products and a root; no ready-made distance, and no way around torch.",
    zh="距离由和、积与开方得到；不用现成的距离函数，也不要绕开 torch。",
    weight=0.5,
)
def test_no_distance_is_bought(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, DISTANCE_NAMES, within="pairwise_distance")
    source_rules.forbid_imports(submission.source, {"numpy", "scipy", "sklearn"}, within="pairwise_distance")
    seen = submission.observe("pairwise_distance", draw.randn(30, 3), draw.randn(30, 3))
    source_rules.forbid_ops(seen, DISTANCE_OPS)
    compare.tensor(seen.result, shape=(30, 30), what="the matrix of distances", zh="距离矩阵")


@check(
    "pairwise_distance.value",
    hint="The root of the sum of squared differences, in the dtype of the points.",
    zh="差的平方和再开方，数据类型与各点相同。",
    needs=["pairwise_distance.from_scratch"],
)
def test_distances_are_euclidean(submission: Any, draw: Draw) -> None:
    for case in range(20):
        n, m, width = draw.sizes(3, 4, 12) if case % 2 else (6, 6, draw.size(1, 9))
        dtype = torch.float32 if case % 4 == 1 else torch.float64
        a = draw.layout(draw.randn(n, width, dtype=dtype), case // 4)
        b = draw.noncontiguous(draw.randn(m, width, dtype=dtype))
        compare.same(submission.pairwise_distance(a, b), distances(a, b), what="the matrix of distances", zh="距离矩阵")


@check(
    "pairwise_distance.rectangular",
    hint="Row i belongs to a[i] and column j to b[j], however many points there are of either kind.",
    zh="第 i 行属于 a[i]，第 j 列属于 b[j]，不管两边各有多少个点。",
    needs=["pairwise_distance.from_scratch"],
)
def test_many_points_meet_few(submission: Any, draw: Draw) -> None:
    width = draw.size(2, 6)
    for n, m in [(1, 5), (5, 1), (1, 1), (3, 9), (9, 3)]:
        a, b = draw.randn(n, width), draw.randn(m, width)
        compare.same(submission.pairwise_distance(a, b), distances(a, b), what="the matrix of distances", zh="距离矩阵")


@check(
    "pairwise_distance.identical_points_not_nan",
    hint="Far from the origin |a|² + |b|² - 2ab may cancel to a little less than 0. Take care of it before the root.",
    zh="远离原点时，|a|² + |b|² - 2ab 相消后可能略小于 0。开方之前要先处理它。",
    needs=["pairwise_distance.from_scratch"],
)
def test_coinciding_points_far_away_are_no_nan(submission: Any, draw: Draw) -> None:
    for _ in range(3):
        far = (300 + draw.randn(60, 8)).float()
        right_far_from_the_origin(submission.pairwise_distance(far, far.clone()), far.double())
    near = draw.randn(7, 4)
    got = submission.pairwise_distance(near, near.clone())
    compare.same(got, distances(near, near), atol=1e-5, what="the matrix for coinciding points", zh="重合点的距离矩阵")


def right_far_from_the_origin(got: Any, points: Tensor) -> None:
    """Finite, not negative, and right up to the rounding of the squares: 2**-24 of their size, a few times over."""
    got = compare.tensor(
        got, shape=(len(points), len(points)), dtype=torch.float32, what="the matrix of distances", zh="距离矩阵"
    )
    compare.finite(got, what="the matrix of distances", zh="距离矩阵")
    compare.require(
        bool((got >= 0).all()), "A distance between far-away points is negative.", "远处各点之间出现了负的距离。"
    )
    size = points.square().sum(1)
    allowed = 32 * 2.0**-24 * (size[:, None] + size[None])
    missed = (got.double().square() - distances(points, points).square()).abs()
    compare.require(
        bool((missed <= allowed).all()),
        "Far from the origin the distances are off by more than rounding explains.",
        "远离原点时，距离的误差超出了舍入所能解释的范围。",
    )


@check(
    "pairwise_distance.vectorised_opcount",
    hint="Let one operation work on all pairs: a column of |a|², a row of |b|² and one matrix product.",
    zh="让一次运算处理所有点对：一列 |a|²，一行 |b|²，再加一次矩阵乘法。",
    needs=["pairwise_distance.value"],
)
def test_the_number_of_operations_does_not_grow(submission: Any, draw: Draw) -> None:
    def count(n: int, m: int) -> int:
        return submission.observe("pairwise_distance", draw.randn(n, 5), draw.randn(m, 5)).op_count

    few = count(4, 3)
    for n, m in [(32, 3), (4, 31), (32, 31)]:
        source_rules.vectorised(few, count(n, m))


@check(
    "pairwise_distance.memory_no_NMD",
    hint="a[:, None] - b[None] holds N*M*D numbers. Multiply out the square: only N*M numbers are ever needed.",
    zh="a[:, None] - b[None] 要装 N*M*D 个数。把平方展开：自始至终只需要 N*M 个数。",
    needs=["pairwise_distance.value"],
)
def test_no_tensor_holds_all_differences(submission: Any, draw: Draw) -> None:
    for n, m, width in [draw.sizes(3, 12, 30) for _ in range(3)]:
        seen = submission.observe("pairwise_distance", draw.randn(n, width), draw.randn(m, width))
        compare.require(
            seen.largest < n * m * width,
            "A tensor with N*M*D or more elements was made on the way.",
            "计算过程中出现了含 N*M*D 个或更多元素的张量。",
        )


@check(
    "pairwise_distance.empty",
    hint="No points have no distances: the result has a size of 0 and the right other size.",
    zh="没有点就没有距离：结果的一个维度大小为 0，另一个维度的大小照旧。",
    needs=["pairwise_distance.from_scratch"],
)
def test_no_points_have_no_distances(submission: Any, draw: Draw) -> None:
    width, size = draw.sizes(2, 2, 7)
    for n, m in [(0, size), (size, 0), (0, 0)]:
        got = submission.pairwise_distance(draw.randn(n, width), draw.randn(m, width))
        compare.same(got, torch.empty(n, m, dtype=torch.float64), what="the matrix of distances", zh="距离矩阵")


@check(
    "pairwise_distance.inputs_unchanged",
    hint="pow_, mul_ and sub_ write into the caller's points. Their names without _ make new tensors.",
    zh="pow_、mul_、sub_ 会写进调用者的点。去掉 _ 的同名操作才生成新张量。",
    needs=["pairwise_distance.from_scratch"],
)
def test_the_points_stay_where_they_were(submission: Any, draw: Draw) -> None:
    n, m, width = draw.sizes(3, 2, 9)
    a, b = draw.randn(n, width), draw.randn(m, width)
    seen = submission.observe("pairwise_distance", a, b)
    compare.same(seen.result, distances(a, b), what="the matrix of distances", zh="距离矩阵")
    compare.unchanged(a, seen.args[0], "a")
    compare.unchanged(b, seen.args[1], "b")


# axis_stats


def stats(x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> tuple[Tensor, Tensor]:
    return x.sum(dim, keepdim=keepdim), x.mean(dim, keepdim=keepdim)


def same_stats(submission: Any, x: Tensor, dim: int | tuple[int, ...], keepdim: bool) -> None:
    compare.same(
        submission.axis_stats(x, dim, keepdim),
        stats(x, dim, keepdim),
        what="the pair (sum, mean)",
        zh="二元组（和，均值）",
    )


MEAN_NAMES = {"torch.mean", "torch.nanmean", "torch.var_mean", "torch.std_mean", "np.mean", "np.nanmean", "np.average"}
MEAN_OPS = {"aten::mean", "aten::nanmean", "aten::var_mean", "aten::std_mean", "aten::avg_pool2d", "aten::avg_pool1d"}


@check(
    "axis_stats.from_scratch",
    hint="A mean is a sum and a division. Count yourself how many numbers go into each sum.",
    zh="均值就是求和再做一次除法。每个和里加了多少个数，请自己数。",
    weight=0.5,
)
def test_no_mean_is_bought(submission: Any, draw: Draw) -> None:
    source_rules.forbid_names(submission.source, MEAN_NAMES, within="axis_stats")
    x = draw.randn(3, 4, 5)
    seen = submission.observe("axis_stats", x, 1, False)
    source_rules.forbid_ops(seen, MEAN_OPS)
    for part in compare.items(seen.result, 2, what="the pair (sum, mean)", zh="二元组（和，均值）"):
        compare.tensor(part, what="the pair (sum, mean)", zh="二元组（和，均值）")


@check(
    "axis_stats.sum_mean",
    hint="Divide by the size of the axis that was added up, not by all elements and not by the first size.",
    zh="除以被求和的那一轴的大小，而不是元素总数，也不是第一维的大小。",
    needs=["axis_stats.from_scratch"],
)
def test_one_axis_of_many_shapes(submission: Any, draw: Draw) -> None:
    for case in range(20):
        shape = draw.sizes(1 + case % 4, 2, 7)
        x = draw.layout(draw.randn(*shape, dtype=FLOATS[case % 2]), case // 4)
        same_stats(submission, x, draw.size(0, len(shape) - 1), False)


@check(
    "axis_stats.tuple_dim",
    hint="Several axes at once: each sum holds the product of their sizes. And an axis that goes moves the later ones.",
    zh="同时沿多个轴：每个和里的个数是各轴大小之积。另外，去掉一个轴会使后面的轴前移。",
    needs=["axis_stats.from_scratch"],
)
def test_several_axes_at_once(submission: Any, draw: Draw) -> None:
    x = draw.randn(*draw.sizes(4, 2, 7))
    for dim in [(0, 1), (1, 3), (3, 0), (2, 0, 1), (2,), (0, 1, 2, 3)]:
        same_stats(submission, x, dim, False)
    same_stats(submission, x.float(), (2, 0), False)


@check(
    "axis_stats.keepdim_shape",
    hint="With keepdim=True every axis stays where it is; the ones that were added up have size 1, in sum and in mean.",
    zh="keepdim=True 时所有的轴都留在原位；被求和的轴大小为 1，和与均值都是如此。",
    needs=["axis_stats.from_scratch"],
)
def test_kept_axes_have_size_one(submission: Any, draw: Draw) -> None:
    x = draw.randn(*draw.sizes(3, 2, 7))
    for dim in (0, 1, 2, (0, 2), (2, 1), (0, 1, 2)):
        same_stats(submission, x, dim, True)


@check(
    "axis_stats.negative_dim",
    hint="-1 is the last axis, also inside a tuple and beside positive ones.",
    zh="-1 是最后一个轴，在元组里、与正数混用时也一样。",
    needs=["axis_stats.from_scratch"],
)
def test_negative_axes_count_from_the_end(submission: Any, draw: Draw) -> None:
    x = draw.randn(*draw.sizes(3, 2, 7))
    for dim in (-1, -2, -3, (-1, 0), (1, -3), (-2, -1)):
        same_stats(submission, x, dim, False)


@check(
    "axis_stats.empty_axis",
    hint="Nothing added up is 0, and 0/0 in floating point is nan. Divide the tensor; 1 / count would raise.",
    zh="什么也不加，和为 0；浮点数的 0/0 是 nan。请直接用张量去除；1 / 个数 会报错。",
    needs=["axis_stats.from_scratch"],
    weight=0.5,
)
def test_the_mean_of_nothing_is_nan(submission: Any, draw: Draw) -> None:
    size = draw.size(2, 6)
    for shape, dim in [((size, 0), 1), ((size, 0), 0), ((0, size, 3), (0, 2))]:
        same_stats(submission, torch.empty(shape, dtype=torch.float64), dim, False)


@check(
    "axis_stats.input_unchanged",
    hint="Dividing in place (/=, div_) changes the numbers of the caller.",
    zh="原地除法（/=、div_）会改动调用者的数。",
    needs=["axis_stats.from_scratch"],
    weight=0.5,
)
def test_the_numbers_stay_as_they_were(submission: Any, draw: Draw) -> None:
    x = draw.randn(*draw.sizes(3, 2, 7))
    for dim in (0, 1, 2):
        seen = submission.observe("axis_stats", x, dim, False)
        compare.same(seen.result, stats(x, dim, False), what="the pair (sum, mean)", zh="二元组（和，均值）")
        compare.unchanged(x, seen.args[0], "x")


# moving_average


WINDOW_OPS = {
    "aten::convolution",
    "aten::conv1d",
    "aten::avg_pool1d",
    "aten::avg_pool2d",
    "aten::unfold",
    "aten::im2col",
}


def windows(x: Tensor, k: int) -> Tensor:
    return x.unfold(1, k, 1).mean(-1)


@check(
    "moving_average.value",
    hint="Each series on its own, along time: running total at the end of the window minus the one before it, over k.",
    zh="每条序列各算各的，沿时间方向：窗口末尾的累积和减去窗口之前的累积和，再除以 k。",
)
def test_every_window_is_averaged(submission: Any, draw: Draw) -> None:
    for case in range(20):
        batch, steps = draw.sizes(2, 2, 12)
        x = draw.layout(draw.randn(batch, steps, dtype=FLOATS[case % 2]), case // 2)
        k = draw.size(2, steps - 1) if steps > 2 else 2
        compare.same(submission.moving_average(x, k), windows(x, k), what="the smoothed series", zh="平滑后的序列")


@check(
    "moving_average.k1_kT",
    hint="k = 1 gives the series itself, k = T one number. Both need a total that stands before the first value.",
    zh="k = 1 时得到序列本身，k = T 时只得到一个数。两者都需要排在第一个值之前的那个累积和。",
)
def test_the_narrowest_and_the_widest_window(submission: Any, draw: Draw) -> None:
    for steps in (1, *draw.sizes(3, 2, 12)):
        for batch in (0, 3):
            x = draw.randn(batch, steps)
            for k in (1, steps):
                compare.same(
                    submission.moving_average(x, k), windows(x, k), what="the smoothed series", zh="平滑后的序列"
                )


@check(
    "moving_average.bad_k_raises",
    hint="A window must hold at least one value and fit into the series. Compare k with 1 and T first.",
    zh="窗口至少要有一个值，而且要放得进序列。先把 k 与 1 和 T 比较。",
    weight=0.5,
)
def test_a_window_that_does_not_fit_is_refused(submission: Any, draw: Draw) -> None:
    batch, steps = draw.sizes(2, 2, 9)
    for k in (0, -1, -steps, steps + 1, 3 * steps):
        compare.raises(ValueError, submission.moving_average, draw.randn(batch, steps), k)


@check(
    "moving_average.no_loop",
    hint="Two slices of the running totals, k apart, hold everything: no loop over time, none over the window.",
    zh="累积和的两个相隔 k 的切片已经包含了一切：不必沿时间循环，也不必在窗口内循环。",
    needs=["moving_average.value"],
)
def test_the_number_of_operations_is_constant(submission: Any, draw: Draw) -> None:
    def count(batch: int, steps: int, k: int) -> int:
        return submission.observe("moving_average", draw.randn(batch, steps), k).op_count

    few = count(2, 8, 3)
    for batch, steps, k in [(2, 40, 3), (2, 40, 21), (9, 8, 3)]:
        source_rules.vectorised(few, count(batch, steps, k))


@check(
    "moving_average.by_cumsum",
    hint="cumsum once, then subtract. Windows written out, pooled or convolved repeat the same additions k times.",
    zh="先做一次 cumsum，再相减。把窗口逐个展开、池化或卷积，都会把同样的加法重复 k 次。",
    needs=["moving_average.value"],
    weight=0.5,
)
def test_running_totals_are_used(submission: Any, draw: Draw) -> None:
    batch, steps = 3, draw.size(30, 40)
    seen = submission.observe("moving_average", draw.randn(batch, steps), 9)
    compare.tensor(seen.result, shape=(batch, steps - 8), what="the smoothed series", zh="平滑后的序列")
    source_rules.forbid_ops(seen, WINDOW_OPS)
    compare.require(
        any(name.startswith("aten::cumsum") for name in map(str, seen.ops)),
        "torch's cumsum was not used.",
        "没有用到 torch 的 cumsum。",
        reason="forbidden",
    )
    compare.require(
        seen.largest <= 2 * batch * (steps + 1),
        "A tensor with more than 2 * B * (T + 1) elements was made on the way.",
        "计算过程中出现了元素多于 2 * B * (T + 1) 个的张量。",
    )


@check(
    "moving_average.input_unchanged",
    hint="cumsum_ replaces the caller's series by its running totals; cumsum makes a new tensor.",
    zh="cumsum_ 把调用者的序列换成了累积和；cumsum 才会生成新张量。",
    weight=0.5,
)
def test_the_series_stays_as_it_was(submission: Any, draw: Draw) -> None:
    batch, steps = draw.sizes(2, 3, 12)
    x = draw.randn(batch, steps)
    for k in (2, steps - 1):
        seen = submission.observe("moving_average", x, k)
        compare.same(seen.result, windows(x, k), what="the smoothed series", zh="平滑后的序列")
        compare.unchanged(x, seen.args[0], "x")
