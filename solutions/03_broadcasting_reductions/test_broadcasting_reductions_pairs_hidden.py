"""Hidden checks of broadcasting-reductions: all distances between two sets of points."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare, source_rules
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

MATRIX = {"what": "the matrix of distances", "zh": "距离矩阵"}
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


def distances(a: Tensor, b: Tensor) -> Tensor:
    return (a[:, None] - b[None]).square().sum(-1).sqrt()


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
    compare.tensor(seen.result, shape=(30, 30), **MATRIX)


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
        compare.same(submission.pairwise_distance(a, b), distances(a, b), **MATRIX)


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
        compare.same(submission.pairwise_distance(a, b), distances(a, b), **MATRIX)


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
    got = compare.tensor(got, shape=(len(points), len(points)), dtype=torch.float32, **MATRIX)
    compare.finite(got, **MATRIX)
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
        compare.same(got, torch.empty(n, m, dtype=torch.float64), **MATRIX)


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
    compare.same(seen.result, distances(a, b), **MATRIX)
    compare.unchanged(a, seen.args[0], "a")
    compare.unchanged(b, seen.args[1], "b")
