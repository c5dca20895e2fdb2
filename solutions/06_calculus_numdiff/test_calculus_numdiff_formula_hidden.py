"""Hidden checks of topic 6: the table of derivatives, and the rules for vectors and matrices."""

from __future__ import annotations

from typing import Any

import torch
from calculus_numdiff_reference import F32, F64, without_autograd
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

# elementary_derivative ----------------------------------------------------------------------------------------------

SLOPE = {"what": "the derivative", "zh": "导数"}
FUNCTIONS = {
    "const": lambda x: 7 + 0 * x,
    "exp": torch.exp,
    "ln": torch.log,
    "sin": torch.sin,
    "abs": torch.abs,
    "relu": torch.relu,
}


def slope_of(function: Any, x: Tensor) -> Tensor:
    """By autograd, on this side: independent of the formula."""
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(function(leaf).sum(), leaf)[0]


def smooth(draw: Draw, name: str, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    """Points away from kinks and poles."""
    size = draw.uniform(0.2, 2.0, *shape, dtype=dtype)
    return size if name == "ln" else size * (1 - 2 * draw.integers(0, 2, *shape)).to(dtype)


@check(
    "elementary_derivative.table",
    hint="Each name has a line in the table of derivatives, at negative x, too. n counts for pow only.",
    zh="每个名字在导数表中各有一行，x 为负时也成立。n 只对 pow 有意义。",
)
def test_every_line_of_the_table(submission: Any, draw: Draw) -> None:
    for number in range(3):
        for name, function in FUNCTIONS.items():
            shape = draw.sizes(number % 3, 1, 5)
            x = draw.layout(smooth(draw, name, shape, F32 if number == 2 else F64), number + len(name))
            compare.same(submission.derivative(name, x), slope_of(function, x), **SLOPE)
            compare.same(submission.derivative(name, x, n=number + 2), slope_of(function, x), **SLOPE)


@check(
    "elementary_derivative.powers",
    hint="n comes down, and the exponent loses 1; that holds for negative n and for negative x, too.",
    zh="n 移到前面，指数减 1；n 为负、x 为负时同样成立。",
)
def test_powers_of_all_kinds(submission: Any, draw: Draw) -> None:
    for n in (1, 2, 3, 4, 7, -1, -2, -3):
        x = smooth(draw, "pow", draw.sizes(1 + n % 2, 2, 5), F32 if n == 4 else F64)
        compare.same(submission.derivative("pow", x, n), slope_of(lambda t, n=n: t**n, x), **SLOPE)
        compare.same(submission.derivative("pow", x), torch.ones_like(x), **SLOPE)
    zeros = torch.zeros(3, dtype=F64)
    for n in (1, 2, 3):
        compare.same(submission.derivative("pow", zeros, n=n), zeros + (n == 1), **SLOPE)


@check(
    "elementary_derivative.n_zero",
    hint="x**0 is a constant. 0 times x**(-1) is nan where x is 0.",
    zh="x**0 是常数。而 x 为 0 时，0 乘 x**(-1) 得到 nan。",
)
def test_the_power_zero_is_flat_everywhere(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        x = draw.randn(2, 5, dtype=dtype)
        x[0, draw.size(0, 4)] = x[1, draw.size(0, 4)] = 0.0
        compare.same(submission.derivative("pow", x, n=0), torch.zeros_like(x), **SLOPE)


def between(got: Any, x: Tensor, low: float, high: float) -> None:
    slopes = compare.finite(compare.tensor(got, shape=tuple(x.shape), dtype=x.dtype, **SLOPE), "the derivative", "导数")
    at_kink = slopes[x == 0]
    compare.require(
        bool(((at_kink >= low) & (at_kink <= high)).all()),
        "at the kink the result is not between the slopes of the two sides.",
        "在尖点处，结果不在左右两侧的斜率之间。",
        reason="value",
    )
    want = torch.where(x > 0, high, low).to(x.dtype)
    compare.same(slopes[x != 0], want[x != 0], what="the derivative beside the kink", zh="尖点之外的导数")


@check(
    "elementary_derivative.subgradient_abs",
    hint="At 0 any line between the two sides touches from below. x / |x| is no number there.",
    zh="在 0 处，介于左右两侧斜率之间的任何直线都从下方托住图像。x / |x| 在那里没有意义。",
)
def test_the_kink_of_abs(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        x = torch.tensor([0.0, -0.0, 1e-12, -1e-12, 3.0, -2.0, 0.3], dtype=dtype)[draw.permutation(7)]
        between(submission.derivative("abs", x), x, -1.0, 1.0)


@check(
    "elementary_derivative.subgradient_relu",
    hint="Flat on the left, slope 1 on the right, and at 0 anything in between.",
    zh="左边平，右边斜率为 1，在 0 处取两者之间的任何值。",
)
def test_the_kink_of_relu(submission: Any, draw: Draw) -> None:
    for dtype in (F64, F32):
        x = torch.tensor([0.0, -0.0, 1e-12, -1e-12, 3.0, -2.0, 0.3], dtype=dtype)[draw.permutation(7)]
        between(submission.derivative("relu", x), x, 0.0, 1.0)


@check(
    "elementary_derivative.unknown_raises",
    hint="A name without a line in the table is a ValueError, not a guess.",
    zh="表里没有的名字应当抛出 ValueError，不要猜。",
)
def test_other_names_are_refused(submission: Any, draw: Draw) -> None:
    for name in ("cosine", "", "Sin", "log", "ABS"):
        compare.raises(ValueError, submission.derivative, name, draw.randn(3))


@check(
    "elementary_derivative.input_unchanged",
    hint="exp_, cos_ and x[x < 0] = ... write into the caller's numbers.",
    zh="exp_、cos_ 和 x[x < 0] = ... 会改写调用者的数据。",
)
def test_the_table_leaves_x_alone(submission: Any, draw: Draw) -> None:
    for name in (*FUNCTIONS, "pow"):
        x = smooth(draw, "ln", (3, 2), F64) - (0.0 if name == "ln" else 1.0)
        seen = submission.observe("derivative", name, x, 2)
        compare.tensor(seen.result, shape=(3, 2), dtype=F64, **SLOPE)
        compare.unchanged(x, seen.args[1], "x")


@check(
    "elementary_derivative.no_autograd",
    hint="Every line of the table is a formula: write it down.",
    zh="表中的每一行都是一个公式：把它写出来。",
    needs=["elementary_derivative.table"],
    weight=2.0,
)
def test_the_table_is_written_down(submission: Any) -> None:
    without_autograd(submission, "derivative")


# vector_rules -------------------------------------------------------------------------------------------------------

KEYS = {"bx": "b . x", "xAx": "x . (A x)", "norm2": "x . x", "Ax": "A x"}


def rules(submission: Any, A: Tensor, x: Tensor, b: Tensor) -> dict[str, Any]:
    got = compare.is_type(submission.grad_rules(A, x, b), dict)
    compare.require(
        len(got) == len(KEYS) and all(key in got for key in KEYS),
        "the dict must have exactly the keys bx, xAx, norm2 and Ax.",
        "字典的键必须恰好是 bx、xAx、norm2、Ax。",
    )
    return got


def case(draw: Draw, number: int) -> tuple[Tensor, Tensor, Tensor]:
    n, dtype = draw.size(2, 6), F32 if number % 3 == 2 else F64
    A = draw.layout(draw.randn(n, n, dtype=dtype), number)
    return A, draw.layout(draw.randn(n, dtype=dtype), number // 2), draw.randn(n, dtype=dtype)


def derivative_of(got: dict[str, Any], key: str, want: Tensor) -> None:
    compare.same(got[key], want, what=f"the derivative of {KEYS[key]}", zh=f"{KEYS[key]} 的导数")


@check(
    "vector_rules.linear_and_square",
    hint="b . x adds b_i x_i, so the slope by x_i is b_i; x . x adds x_i x_i. Write one entry out.",
    zh="b . x 是 b_i x_i 之和，对 x_i 的偏导就是 b_i；x . x 是 x_i x_i 之和。写出一个分量看看。",
)
def test_gradients_of_products_of_vectors(submission: Any, draw: Draw) -> None:
    for number in range(8):
        A, x, b = case(draw, number)
        got = rules(submission, A, x, b)
        derivative_of(got, "bx", b)
        derivative_of(got, "norm2", 2 * x)


@check(
    "vector_rules.xAx_nonsymmetric",
    hint="x_i stands in two places, as a row index and as a column index of A. 2 A x is right only if A is symmetric.",
    zh="x_i 出现在两处：与 A 的行下标配对，也与列下标配对。只有 A 对称时，2 A x 才是对的。",
)
def test_gradient_of_a_quadratic_form(submission: Any, draw: Draw) -> None:
    for number in range(8):
        A, x, b = case(draw, number)
        derivative_of(rules(submission, A, x, b), "xAx", A @ x + A.T @ x)


@check(
    "vector_rules.jacobian_layout",
    hint="Row i belongs to output i, as in numerical_jacobian: which matrix says how (A x)_i changes with x_j?",
    zh="第 i 行属于第 i 个输出，与 numerical_jacobian 相同：(A x)_i 随 x_j 怎样变化，由哪个矩阵说明？",
)
def test_jacobian_of_a_linear_map(submission: Any, draw: Draw) -> None:
    for number in range(8):
        A, x, b = case(draw, number)
        derivative_of(rules(submission, A, x, b), "Ax", A)


@check(
    "vector_rules.gradient_same_shape_as_x",
    hint="In some notes the derivative by a column is a row. Here, as in PyTorch, a gradient has the shape of x.",
    zh="有的笔记约定对列向量求导得到行向量。这里与 PyTorch 一致：梯度的形状与 x 相同。",
)
def test_shapes_of_the_gradients(submission: Any, draw: Draw) -> None:
    for n in (1, 2, 5):
        A, x, b = draw.randn(n, n), draw.randn(n), draw.randn(n)
        got = rules(submission, A, x, b)
        for key in ("bx", "xAx", "norm2"):
            what = {"what": f"the gradient of {KEYS[key]}", "zh": f"{KEYS[key]} 的梯度"}
            compare.finite(compare.tensor(got[key], shape=(n,), dtype=F64, **what))
        compare.finite(compare.tensor(got["Ax"], shape=(n, n), dtype=F64, what="the Jacobian", zh="雅可比矩阵"))


@check(
    "vector_rules.input_unchanged",
    hint="x *= 2 changes the caller's x.",
    zh="x *= 2 会改掉调用者的 x。",
    needs=["vector_rules.gradient_same_shape_as_x"],
)
def test_the_rules_leave_their_arguments_alone(submission: Any, draw: Draw) -> None:
    A, x, b = draw.randn(4, 4), draw.randn(4), draw.randn(4)
    seen = submission.observe("grad_rules", A, x, b)
    for name, before, after in zip("Axb", (A, x, b), seen.args, strict=True):
        compare.unchanged(before, after, name)


@check(
    "vector_rules.no_autograd",
    hint="Each of the four is one short formula in A, x and b.",
    zh="四个导数都是 A、x、b 的一个简短公式。",
    needs=["vector_rules.jacobian_layout"],
    weight=2.0,
)
def test_the_rules_are_written_down(submission: Any) -> None:
    without_autograd(submission, "grad_rules")
