"""Hidden checks of topic 6: gradients and Jacobians by differences. Most functions are evaluated by the check, so
nothing but differences can find their slopes, and every point they are asked at is known."""

from __future__ import annotations

from typing import Any

import torch
from calculus_numdiff_reference import F32, F64, central, landscape, steps, without_autograd
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

GRADIENT = {"what": "the gradient", "zh": "梯度"}
JACOBIAN = {"what": "the Jacobian", "zh": "雅可比矩阵"}


def a_millionth_by_default(points: list[Tensor], x: Tensor) -> None:
    compare.require(
        bool(points) and all(abs((point - x).abs().max().item() - 1e-6) < 1e-9 for point in points),
        "without h the points do not lie 1e-6 from x.",
        "不给 h 时，各点与 x 的距离不是 1e-6。",
    )


# numerical_gradient -------------------------------------------------------------------------------------------------


@check(
    "numerical_gradient.value",
    hint="The two points lie 2h apart: divide by that. Every entry moves alone.",
    zh="两点相距 2h：除以它。每次只移动一个分量。",
)
def test_gradients_with_the_default_step(submission: Any, draw: Draw) -> None:
    for number in range(8):
        shape = draw.sizes(1 + number // 4, 1, 5)
        f, x = landscape(draw, shape), draw.layout(draw.randn(*shape), number)
        compare.same(submission.numerical_gradient(f, x), f.slope(x), **GRADIENT)


@check(
    "numerical_gradient.large_step",
    hint="The formula says exactly what comes out, for a large h too: f at x + h and at x - h, and nothing else.",
    zh="不论 h 多大，公式都规定了结果：只用 x + h 与 x - h 处的 f，别无其他。",
)
def test_the_formula_with_large_steps(submission: Any, draw: Draw) -> None:
    for number in range(6):
        shape, h = draw.sizes(1 + number % 2, 2, 4), draw.random.uniform(0.1, 0.9)
        f, x = landscape(draw, shape), draw.randn(*shape)
        want = central(f.at, x, h).reshape(shape)
        got = submission.numerical_gradient(f, x, h) if number % 2 else submission.numerical_gradient(f, x, h=h)
        compare.same(got, want, **GRADIENT)


@check(
    "numerical_gradient.central_accuracy_h1e_3",
    hint="Looking one way only, the error is of size h. Looking both ways, the first error cancels and h * h is left.",
    zh="只朝一边看，误差与 h 同阶；朝两边看，一阶误差相消，只剩 h 的平方阶。",
)
def test_error_of_a_step_of_a_thousandth(submission: Any, draw: Draw) -> None:
    for _ in range(2):
        f, x = landscape(draw, (5,)), draw.uniform(0.6, 1.2, 5)
        f.w, f.c = f.w.sign() * 5, 0 * f.c
        got = compare.tensor(submission.numerical_gradient(f, x, 1e-3), shape=(5,), dtype=F64, **GRADIENT)
        compare.require(
            bool(((got - f.slope(x)).abs() < 2e-6).all()),
            "with h = 1e-3 the error is more than 2e-6, so this is no central difference.",
            "h = 1e-3 时误差超过 2e-6，所以这不是中心差分。",
            reason="value",
        )


@check(
    "numerical_gradient.points",
    hint="Two calls for each entry, at x + h e_i and x - h e_i, in float64. Does each step start from x again?",
    zh="每个分量调用两次：x + h e_i 与 x - h e_i，用 float64。每一步都重新从 x 出发了吗？",
)
def test_where_f_is_asked(submission: Any, draw: Draw) -> None:
    for shape in ((), (4,), draw.sizes(2, 2, 3)):
        f, x, h = landscape(draw, shape), draw.randn(*shape), draw.random.uniform(0.01, 0.1)
        compare.tensor(submission.numerical_gradient(f, x, h), shape=shape, dtype=F64, **GRADIENT)
        wanted = [x + sign * step for step in steps(shape, h) for sign in (1, -1)]
        hits = [sum(bool(((p - want).abs() < 1e-9).all()) for p in f.points) for want in wanted]
        compare.require(
            len(f.points) == len(wanted),
            "f is not called exactly twice for each entry of x.",
            "对 x 的每个分量，f 并不是恰好调用两次。",
        )
        compare.require(
            all(hit == 1 for hit in hits),
            "f is called at other points than x + h e_i and x - h e_i.",
            "调用 f 的点不是 x + h e_i 与 x - h e_i。",
        )
    f, x = landscape(draw, (3,)), draw.randn(3)
    compare.tensor(submission.numerical_gradient(f, x), shape=(3,), dtype=F64, **GRADIENT)
    a_millionth_by_default(f.points, x)


@check(
    "numerical_gradient.shape",
    hint="The result has the shape of x, whatever it is: of a single number (), of a table, of nothing at all.",
    zh="结果的形状与 x 相同，不论 x 是单个数 ()、一张表，还是空的。",
)
def test_any_shape(submission: Any, draw: Draw) -> None:
    for shape in ((), (1,), (3,), draw.sizes(2, 2, 4), (2, 1, 3), (1, 1), (0,), (2, 0, 3)):
        f, x = landscape(draw, shape), draw.randn(*shape)
        compare.same(submission.numerical_gradient(f, x), f.slope(x), **GRADIENT)


@check(
    "numerical_gradient.fp32_promotes",
    hint="At 300 the float32 numbers lie 3e-5 apart: a step of 1e-6 is no step. Convert first, then back.",
    zh="在 300 附近，float32 数的间隔是 3e-5，1e-6 的步长等于没走。先转换，最后再把结果转回来。",
)
def test_float32_is_calculated_in_float64(submission: Any, draw: Draw) -> None:
    for number in range(4):
        shape = draw.sizes(1 + number % 2, 2, 4)
        x = draw.randn(*shape, dtype=F32) + (300.0 if number < 2 else 0.0)
        f = landscape(draw, shape)
        f.c = f.c * 0.03
        compare.same(submission.numerical_gradient(f, x), f.slope(x.double()).float(), **GRADIENT)


@check(
    "numerical_gradient.input_unchanged",
    hint="x + h - 2h + h is not x in floating point. Work on a copy, or on new tensors.",
    zh="在浮点数中 x + h - 2h + h 不等于 x。请在副本或新张量上计算。",
)
def test_x_is_bit_for_bit_the_same(submission: Any, draw: Draw) -> None:
    for number in range(3):
        x, h = (
            draw.layout(draw.randn(3, 5), number),
            draw.random.uniform(0.1, 0.9),
        )
        f = submission.build("lambda p: (p ** 3).sum()")
        seen = submission.observe("numerical_gradient", f, x, h)
        compare.same(seen.result, 3 * x**2 + h**2, **GRADIENT)  # of the cube, h * h too much
        compare.unchanged(x, seen.args[1], "x")


@check(
    "numerical_gradient.view_result",
    hint="What f returns may be a window into the tensor it was given. Change it, and the first answer changes.",
    zh="f 返回的可能是传入张量的一个视图。再改动那个张量，前一个答案就跟着变了。",
)
def test_a_function_that_returns_a_view(submission: Any, draw: Draw) -> None:
    for number in range(3):
        shape = draw.sizes(1 + number % 2, 2, 4)
        x = draw.randn(*shape)
        place = draw.size(0, x.numel() - 1)
        f = submission.build("lambda p: p.reshape(-1)[place]", place=place)
        want = torch.zeros(x.numel(), dtype=F64)
        want[place] = 1.0
        compare.same(submission.numerical_gradient(f, x, 0.01), want.reshape(shape), **GRADIENT)


@check(
    "numerical_gradient.detached",
    hint="A measured number has no history: neither x's nor that of a weight inside f.",
    zh="测量得到的数没有历史：既没有 x 的，也没有 f 内部某个权重的。",
)
def test_the_result_has_no_graph(submission: Any, draw: Draw) -> None:
    w, x = draw.randn(4).requires_grad_(), draw.randn(4)
    f = submission.build("lambda p: (w * p).sum()", w=w)
    for point in (x, x.clone().requires_grad_()):
        got = compare.tensor(submission.numerical_gradient(f, point), shape=(4,), dtype=F64, **GRADIENT)
        compare.same(got.detach(), w.detach(), **GRADIENT)
        compare.require(
            not got.requires_grad,
            "the result requires grad; take the numbers out of what f returns.",
            "结果带有 requires_grad；请从 f 的返回值中取出数值。",
        )


@check(
    "numerical_gradient.no_autograd",
    hint="Two values of f and a division for each entry; autograd is what you want to check with it.",
    zh="每个分量只需两个函数值和一次除法；autograd 正是要用它来检验的对象。",
    needs=["numerical_gradient.value"],
    weight=2.0,
)
def test_gradients_are_found_by_differences(submission: Any) -> None:
    without_autograd(submission, "numerical_gradient")


# numerical_jacobian -------------------------------------------------------------------------------------------------


def curves(draw: Draw, m: int, n: int) -> tuple[Any, Any]:
    """A vector function f(p) = M sin(p) + K p^2, evaluated by the check, and its Jacobian."""
    M, K = draw.randn(m, n), draw.randn(m, n)

    def f(p: Any) -> Tensor:
        given = compare.tensor(p, shape=(n,), dtype=F64, what="what f is called with", zh="调用 f 时传入的参数")
        return M @ given.detach().sin() + K @ given.detach() ** 2

    return f, lambda x: M * x.cos() + 2 * K * x


@check(
    "numerical_jacobian.layout",
    hint="One row for each output, one column for each input: a step in x_j gives a column.",
    zh="每个输出一行，每个输入一列：在 x_j 上走一步，得到的是一列。",
)
def test_rows_are_outputs(submission: Any, draw: Draw) -> None:
    for number in range(6):
        m, n = draw.sizes(2, 2, 6) if number < 4 else (3, 3)
        M, x = draw.randn(m, n), draw.randn(n)
        f = submission.build("lambda p: M @ p.sin()", M=M)
        compare.same(submission.numerical_jacobian(f, x), M * x.cos(), **JACOBIAN)


@check(
    "numerical_jacobian.value",
    hint="The Jacobian of a linear map is its matrix. Divide by 2h, and let every entry move alone.",
    zh="线性映射的雅可比矩阵就是它的矩阵。除以 2h，每次只移动一个分量。",
)
def test_linear_maps_and_curves(submission: Any, draw: Draw) -> None:
    for number in range(5):
        m, n = draw.sizes(2, 1, 5)
        M, x = draw.randn(m, n), draw.layout(draw.randn(n), number)
        compare.same(submission.numerical_jacobian(lambda p, M=M: M @ p.detach(), x), M, **JACOBIAN)
        f, slopes = curves(draw, m, n)
        compare.same(submission.numerical_jacobian(f, x), slopes(x), **JACOBIAN)


@check(
    "numerical_jacobian.large_step",
    hint="Central differences again: f at x + h and at x - h, and the h that was given.",
    zh="仍是中心差分：用 x + h 与 x - h 处的 f，并使用给定的 h。",
)
def test_jacobians_with_large_steps(submission: Any, draw: Draw) -> None:
    for number in range(4):
        m, n = draw.sizes(2, 2, 5)
        (f, _), x, h = curves(draw, m, n), draw.randn(n), draw.random.uniform(0.1, 0.9)
        want = central(f, x, h).T
        got = submission.numerical_jacobian(f, x, h) if number % 2 else submission.numerical_jacobian(f, x, h=h)
        compare.same(got, want, **JACOBIAN)
    spy, x = landscape(draw, (3,)), draw.randn(3)
    got = submission.numerical_jacobian(lambda p: spy(p).reshape(1), x)
    compare.same(got, spy.slope(x).reshape(1, 3), **JACOBIAN)
    a_millionth_by_default(spy.points, x)


@check(
    "numerical_jacobian.scalar_output",
    hint="One output is one row, one input is one column: the result always has two dimensions.",
    zh="一个输出就是一行，一个输入就是一列：结果总是二维的。",
)
def test_one_output_or_one_input(submission: Any, draw: Draw) -> None:
    for m, n in ((1, 4), (4, 1), (1, 1), (1, 2)):
        f, slopes = curves(draw, m, n)
        x = draw.randn(n)
        compare.same(submission.numerical_jacobian(f, x), slopes(x), **JACOBIAN)


@check(
    "numerical_jacobian.view_result",
    hint="The identity returns the very tensor it was given. Which numbers are in it when you subtract?",
    zh="恒等函数返回的就是传入的那个张量。相减的时候，里面是哪些数？",
)
def test_functions_that_return_their_argument(submission: Any, draw: Draw) -> None:
    n = draw.size(3, 5)
    x, eye = draw.randn(n), torch.eye(n, dtype=F64)
    for source, want in (("lambda p: p", eye), ("lambda p: p[1:]", eye[1:]), ("lambda p: p[::2]", eye[::2])):
        compare.same(submission.numerical_jacobian(submission.build(source), x, 0.01), want, **JACOBIAN)


@check(
    "numerical_jacobian.fp32_promotes",
    hint="Convert x to float64 first, and the result back to the dtype of x.",
    zh="先把 x 转成 float64，最后把结果转回 x 的数据类型。",
)
def test_float32_jacobians(submission: Any, draw: Draw) -> None:
    for shift in (0.0, 30.0):
        m, n = draw.sizes(2, 2, 5)
        f, slopes = curves(draw, m, n)
        x = draw.randn(n, dtype=F32) + shift
        compare.same(submission.numerical_jacobian(f, x), slopes(x.double()).float(), **JACOBIAN)


@check(
    "numerical_jacobian.input_unchanged",
    hint="Work on a copy of x. And a measured number has no history.",
    zh="请在 x 的副本上计算。另外，测量得到的数没有历史。",
)
def test_x_of_a_jacobian_stays_as_it_was(submission: Any, draw: Draw) -> None:
    M, x, h = draw.randn(2, 30).requires_grad_(), draw.randn(30), draw.random.uniform(0.1, 0.9)
    seen = submission.observe("numerical_jacobian", submission.build("lambda p: M @ p", M=M), x, h)
    got = compare.tensor(seen.result, shape=(2, 30), dtype=F64, **JACOBIAN)
    compare.same(got.detach(), M.detach(), **JACOBIAN)
    compare.unchanged(x, seen.args[1], "x")
    compare.require(not got.requires_grad, "the result requires grad.", "结果带有 requires_grad。")


@check(
    "numerical_jacobian.no_autograd",
    hint="Two values of f for each column, and no autograd.",
    zh="每一列只需两个函数值，不用 autograd。",
    needs=["numerical_jacobian.layout"],
    weight=2.0,
)
def test_jacobians_are_found_by_differences(submission: Any) -> None:
    without_autograd(submission, "numerical_jacobian")
