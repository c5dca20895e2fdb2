"""Hidden checks of topic 5: the four products and the norms. The reference is torch, on this side of the wall."""

from __future__ import annotations

from typing import Any

import torch
from linear_algebra_reference import F64, NORM_OPERATIONS, NORMS, PRODUCT_OPERATIONS, PRODUCTS, from_scratch
from torch import Tensor

from autograder.checks import compare, gradients
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

# products -----------------------------------------------------------------------------------------------------------


@check(
    "products.value",
    hint="matvec and dot multiply and then add along one dimension; hadamard only multiplies. Which dimension goes?",
    zh="matvec 与 dot 先相乘，再沿一维相加；hadamard 只相乘。消失的是哪一维？",
)
def test_matvec_dot_and_hadamard(submission: Any, draw: Draw) -> None:
    for number in range(20):
        m, k = draw.sizes(2, 1, 8) if number % 5 else (4, 4)
        A, C = (draw.layout(draw.randn(m, k, dtype=float_type(number)), number + n) for n in range(2))
        x, y = (draw.layout(draw.randn(k, dtype=float_type(number)), number + n) for n in range(2))
        compare.same(submission.matvec(A, x), A @ x, what="matvec", zh="matvec")
        compare.same(submission.dot(x, y), x.dot(y), what="dot", zh="dot")
        compare.same(submission.hadamard(A, C), A * C, what="hadamard", zh="hadamard")


@check(
    "products.rectangular",
    hint="Entry i, k of the product adds A[i, j] * B[j, k] over j: the second index of A and the first of B.",
    zh="乘积的第 i, k 个元素是 A[i, j] * B[j, k] 对 j 求和：A 的第二个下标与 B 的第一个下标相同。",
)
def test_matrices_of_three_different_sizes(submission: Any, draw: Draw) -> None:
    for number in range(20):
        m, k, n = draw.sizes(3, 1, 7)
        A = draw.layout(draw.randn(m, k, dtype=float_type(number)), number)
        B = draw.layout(draw.randn(k, n, dtype=float_type(number)), number // 2)
        compare.same(submission.matmul(A, B), A @ B, what="matmul", zh="matmul")


@check(
    "products.square",
    hint="With square matrices a wrong order or a transposed factor fits too. AB is neither BA nor A B^T.",
    zh="方阵时，次序错了或多转置了一次也能算。AB 既不是 BA，也不是 A B^T。",
)
def test_square_matrices(submission: Any, draw: Draw) -> None:
    for number in range(6):
        n = draw.size(2, 6)
        A, B = (draw.randn(n, n, dtype=float_type(number)) for _ in range(2))
        compare.same(submission.matmul(A, B), A @ B, what="matmul", zh="matmul")


@check(
    "products.misfits_raise",
    hint="Broadcasting stretches a 1 without asking. A product must look at the sizes itself, and refuse.",
    zh="广播会不声不响地拉伸大小为 1 的维。乘积必须自己检查大小，不相容就拒绝。",
)
def test_sizes_that_do_not_fit_are_refused(submission: Any, draw: Draw) -> None:
    refusals = (ValueError, RuntimeError)
    for one, other in ((3, 1), (1, 3), draw.sizes(2, 2, 7)):
        m, n = draw.sizes(2, 2, 6)
        compare.raises(refusals, submission.matvec, draw.randn(m, one), draw.randn(other))
        compare.raises(refusals, submission.matmul, draw.randn(m, one), draw.randn(other, n))
        compare.raises(refusals, submission.dot, draw.randn(one), draw.randn(other))
        compare.raises(refusals, submission.hadamard, draw.randn(m, one), draw.randn(m, other))
        compare.raises(refusals, submission.hadamard, draw.randn(one, n), draw.randn(other, n))


@check(
    "products.gradcheck",
    hint="The results must stay connected to both factors: no .item(), no .data, no new tensor filled with numbers.",
    zh="结果必须与两个因子保持连接：不要用 .item()、.data，也不要用数值新建张量。",
)
def test_gradients_of_the_products(submission: Any, draw: Draw) -> None:
    m, k, n = draw.sizes(3, 2, 5)
    pairs = {
        "matvec": (torch.mv, (m, k), (k,)),
        "matmul": (torch.mm, (m, k), (k, n)),
        "dot": (torch.dot, (k,), (k,)),
        "hadamard": (torch.mul, (m, k), (m, k)),
    }
    for name, (reference, one, other) in pairs.items():
        function = getattr(submission, name)

        def inputs(points: Draw, one: Any = one, other: Any = other) -> tuple[Tensor, Tensor]:
            return points.randn(*one), points.randn(*other)

        gradients.match(function, reference, inputs, draw.child(name), draws=2)
        gradients.gradcheck(function, inputs(draw.child(f"{name} again")))


@check(
    "products.inputs_unchanged",
    hint="A *= x writes into the caller's matrix. Make a new one.",
    zh="A *= x 会改写调用者的矩阵。请生成新的张量。",
    needs=["products.example"],
)
def test_the_factors_stay_as_they_were(submission: Any, draw: Draw) -> None:
    m, k, n = draw.sizes(3, 2, 6)
    for name, one, other in (
        ("matvec", (m, k), (k,)),
        ("matmul", (m, k), (k, n)),
        ("dot", (k,), (k,)),
        ("hadamard", (m, k), (m, k)),
    ):
        x, y = draw.randn(*one), draw.randn(*other)
        seen = submission.observe(name, x, y)
        compare.unchanged(x, seen.args[0], "1")
        compare.unchanged(y, seen.args[1], "2")


@check(
    "products.no_builtin",
    hint="Multiply elementwise and add up. @ and its relatives are what you are building.",
    zh="逐元素相乘，再相加。@ 及其同类正是你要实现的东西。",
    needs=["products.value"],
    weight=3.0,
)
def test_products_are_built_from_scratch(submission: Any, draw: Draw) -> None:
    A, x, B = draw.randn(3, 4), draw.randn(4), draw.randn(4, 2)
    for name, args in (("matvec", (A, x)), ("matmul", (A, B)), ("dot", (x, x)), ("hadamard", (A, A))):
        from_scratch(submission, name, PRODUCTS, submission.observe(name, *args), PRODUCT_OPERATIONS)


# norms --------------------------------------------------------------------------------------------------------------


def length(x: Tensor) -> Tensor:
    return torch.linalg.vector_norm(x)


@check(
    "frobenius_norm.value",
    hint="Square every entry, add all of them up, and only then take one root.",
    zh="每个元素平方，全部相加，最后只开一次方。",
)
def test_norms_of_square_matrices(submission: Any, draw: Draw) -> None:
    for number in range(8):
        n = draw.size(1, 6)
        A = draw.layout(draw.randn(n, n, dtype=float_type(number)), number)
        compare.same(submission.frobenius_norm(A), length(A), what="the Frobenius norm", zh="Frobenius 范数")


@check(
    "frobenius_norm.nonsquare",
    hint="The Frobenius norm counts every entry. It equals the greatest stretch only if the matrix has rank 1.",
    zh="Frobenius 范数计入每个元素。对秩为 1 的矩阵它等于最大拉伸，否则比它大。",
)
def test_norms_of_other_matrices(submission: Any, draw: Draw) -> None:
    for number in range(20):
        A = draw.layout(draw.randn(*draw.sizes(2, 1, 8), dtype=float_type(number)), number)
        compare.same(submission.frobenius_norm(A), length(A), what="the Frobenius norm", zh="Frobenius 范数")


@check(
    "frobenius_norm.vectors",
    hint="l1 adds the sizes of the numbers, without their signs; l2 is the length by Pythagoras.",
    zh="l1 是各数绝对值之和，不带正负号；l2 是按勾股定理算出的长度。",
)
def test_norms_of_vectors(submission: Any, draw: Draw) -> None:
    for number in range(20):
        x = draw.layout(draw.randn(draw.size(1, 9), dtype=float_type(number)), number)
        compare.same(submission.l1_norm(x), x.abs().sum(), what="l1_norm", zh="l1_norm")
        compare.same(submission.l2_norm(x), length(x), what="l2_norm", zh="l2_norm")


@check(
    "frobenius_norm.triangle",
    hint="No detour is shorter: |A + B| <= |A| + |B|, with equality if B points the same way. Is the root missing?",
    zh="绕路不会更短：|A + B| <= |A| + |B|，方向相同时取等号。是不是漏了开方？",
)
def test_the_triangle_inequality(submission: Any, draw: Draw) -> None:
    for number in range(6):
        shape, shared = draw.sizes(2, 2, 6), number % 2
        A = draw.randn(*shape)
        B = A * draw.uniform(0.5, 2.0, 1) if shared else draw.randn(*shape)
        for name, one, other in (
            ("frobenius_norm", A, B),
            ("l1_norm", A[0], B[0]),
            ("l2_norm", A[0], B[0]),
        ):
            norm = getattr(submission, name)
            a, b, both = (compare.tensor(norm(x), shape=(), dtype=F64).item() for x in (one, other, one + other))
            slack = 1e-9 * (1 + abs(a) + abs(b))
            compare.require(
                both <= a + b + slack,
                f"{name} of a sum is greater than the sum of both norms.",
                f"两者之和的 {name} 大于各自范数之和。",
            )
            compare.require(
                not shared or both >= a + b - slack,
                f"{name} of a sum is smaller than the sum of the norms, though both point the same way.",
                f"两者方向相同，但和的 {name} 小于各自范数之和。",
            )


@check(
    "frobenius_norm.homogeneous",
    hint="Three times as large and turned round is three times as long: a norm is never negative and grows evenly.",
    zh="放大三倍并反向，长度就是三倍：范数从不为负，并且按比例增长。",
)
def test_a_factor_comes_out_without_its_sign(submission: Any, draw: Draw) -> None:
    for factor in (-3.0, 0.25, 1e-5, -2e5):
        A = draw.uniform(0.5, 2.0, *draw.sizes(2, 2, 6)) * (1 - 2 * draw.integers(0, 2, 1))
        want = abs(factor) * length(A)
        got = submission.frobenius_norm(factor * A)
        compare.same(got, want, atol=0, what="the Frobenius norm", zh="Frobenius 范数")
        compare.same(
            submission.l1_norm(factor * A[0]), abs(factor) * A[0].abs().sum(), atol=0, what="l1_norm", zh="l1_norm"
        )
        compare.same(
            submission.l2_norm(factor * A[0]), abs(factor) * length(A[0]), atol=0, what="l2_norm", zh="l2_norm"
        )


@check(
    "frobenius_norm.gradient",
    hint="The slope of a length is x / |x|, in every layout. The result must stay connected to its argument.",
    zh="长度的梯度是 x / |x|。结果必须与参数保持连接。",
)
def test_gradients_of_the_norms(submission: Any, draw: Draw) -> None:
    m, n = draw.sizes(2, 2, 6)
    gradients.match(submission.frobenius_norm, length, lambda d: d.randn(m, n), draw.child("matrix"), draws=2)
    gradients.match(submission.l2_norm, length, lambda d: d.randn(n), draw.child("l2"), draws=2)
    gradients.match(submission.l1_norm, lambda x: x.abs().sum(), lambda d: d.randn(n), draw.child("l1"), draws=2)


@check(
    "frobenius_norm.grad_at_zero",
    hint="The root has slope infinity at 0, and infinity times 0 is nan. torch.where hides that from a value only,"
    " unless the root itself never sees the 0.",
    zh="根号在 0 处的导数是无穷大，而无穷大乘 0 是 nan。torch.where 只能遮住值，除非根号根本没有见到 0。",
)
def test_the_gradient_at_zero_is_zero(submission: Any, draw: Draw) -> None:
    for number in range(3):
        m, n = draw.sizes(2, 1, 6)
        zeros = torch.zeros(m, n, dtype=float_type(number))
        for name, x in (("frobenius_norm", zeros), ("l2_norm", zeros[0]), ("l1_norm", zeros[0])):
            norm = getattr(submission, name)
            compare.same(norm(x), x.sum(), what=f"{name} at 0", zh=f"{name} 在 0 处的值")
            (got,) = gradients.of(norm, x)
            compare.finite(got, "the gradient at 0", "0 处的梯度")
            compare.require(
                bool((got.abs() <= 1).all()) if name == "l1_norm" else not bool(got.any()),
                f"the gradient of {name} at 0 is not the one that the docstring asks for.",
                f"{name} 在 0 处的梯度不是文档字符串所要求的。",
                reason="gradient",
            )
    x = draw.randn(6)
    x[draw.permutation(6)[:3]] = 0.0  # zeros among other numbers are nothing special
    (got,) = gradients.of(submission.l2_norm, x)
    compare.same(got, x / length(x), what="the gradient of l2_norm", zh="l2_norm 的梯度")
    (slopes,) = gradients.of(submission.l1_norm, x)
    compare.same(slopes[x != 0], x[x != 0].sign(), what="the gradient of l1_norm", zh="l1_norm 的梯度")


@check(
    "frobenius_norm.input_unchanged",
    hint="square_, abs_ and *= write into the caller's numbers.",
    zh="square_、abs_ 和 *= 会改写调用者的数据。",
)
def test_norms_leave_their_argument_alone(submission: Any, draw: Draw) -> None:
    m, n = draw.sizes(2, 2, 6)
    for name, x in (("frobenius_norm", draw.randn(m, n)), ("l1_norm", draw.randn(n)), ("l2_norm", draw.randn(n))):
        seen = submission.observe(name, x)
        compare.tensor(seen.result, shape=(), dtype=F64)
        compare.unchanged(x, seen.args[0], "x")


@check(
    "frobenius_norm.no_builtin",
    hint="abs, squares, a sum and a root are enough.",
    zh="绝对值、平方、求和与开方就够了。",
    needs=["frobenius_norm.vectors"],
    weight=3.0,
)
def test_norms_are_built_from_scratch(submission: Any, draw: Draw) -> None:
    for name, x in (("frobenius_norm", draw.randn(3, 4)), ("l1_norm", draw.randn(3)), ("l2_norm", draw.randn(3))):
        from_scratch(submission, name, NORMS, submission.observe(name, x), NORM_OPERATIONS)
