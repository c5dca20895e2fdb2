"""Visible checks of topic 7: one small example per task, with every number shown.

`submission` is your file. `submission.build(...)` makes something beside your code: here the functions you
differentiate, so that torch.func can look inside them too.
"""

import torch

from autograder.checks import compare, gradients
from autograder.checks.marks import check


@check(
    "grad_of.example",
    hint="The derivative of x**2 is 2x, at every element.",
    zh="x**2 的导数是 2x，逐元素成立。",
    weight=0.5,
)
def test_gradient_of_a_square(submission):
    square = submission.build("lambda x: x**2")
    x = torch.tensor([1.0, -3.0, 0.5])
    compare.same(submission.grad_of(square, x), torch.tensor([2.0, -6.0, 1.0]), what="the gradient", zh="梯度")


@check(
    "detach_factor.example",
    hint="Look at the README's worked example: which factor is a plain number to autograd?",
    zh="请看 README 中的例子：在 autograd 看来，哪个因子只是普通的数？",
    weight=0.5,
)
def test_cube_with_the_gradient_of_a_square(submission):
    x = torch.tensor([1.0, 2.0, -3.0])
    compare.same(submission.detach_factor(x), torch.tensor([1.0, 8.0, -27.0]))
    (gradient,) = gradients.of(submission.detach_factor, x, grad_output=torch.ones(3))
    compare.same(gradient, torch.tensor([1.0, 4.0, 9.0]), what="the gradient", zh="梯度")


@check(
    "sgd_step_inplace.example",
    hint="w - lr * 2w, written into w itself.",
    zh="w - lr * 2w，并写进 w 本身。",
    weight=0.5,
)
def test_one_step_of_a_square(submission):
    step = """
w = torch.tensor([1.0, -2.0], requires_grad=True)
(w**2).sum().backward()
student.sgd_step_([w], 0.25)
w.detach()
"""
    w = compare.tensor(submission.build(step), shape=(2,), what="w after the step", zh="更新后的 w")
    compare.require(
        w.tolist() != [1.0, -2.0],
        "w is what it was before the step: nothing has been written into it.",
        "w 和更新之前一样：没有任何数写进去。",
    )
    compare.same(w, torch.tensor([0.5, -1.0]), what="w after the step", zh="更新后的 w")


@check(
    "ClippedReLU.example",
    hint="Clip at both ends; let the gradient through only in between, and not at the corners 0 and 6.",
    zh="两端都要截断；只有在中间才让梯度通过，在拐角 0 和 6 处也不通过。",
    weight=0.5,
)
def test_five_values_and_their_gradients(submission):
    apply = submission.build("student.ClippedReLU.apply")
    x = torch.tensor([-1.0, 0.0, 2.0, 6.0, 9.0])
    compare.same(apply(x), torch.tensor([0.0, 0.0, 2.0, 6.0, 6.0]))
    (gradient,) = gradients.of(apply, x, grad_output=torch.tensor([10.0, 20.0, 30.0, 40.0, 50.0]))
    compare.same(gradient, torch.tensor([0.0, 0.0, 30.0, 0.0, 0.0]), what="the gradient", zh="梯度")


@check(
    "jvp_vjp_hessian.products",
    hint="Write the 3 x 2 matrix of partial derivatives down, then multiply it from either side.",
    zh="写出 3 x 2 的偏导数矩阵，再分别从两侧相乘。",
    weight=0.5,
)
def test_a_jacobian_of_three_rows(submission):
    f = submission.build("lambda x: torch.stack([x[0] * x[1], x[1] ** 2, x[0]])")
    x = torch.tensor([2.0, 3.0])
    compare.same(submission.jvp(f, x, torch.tensor([1.0, 10.0])), torch.tensor([23.0, 60.0, 1.0]), what="jvp", zh="jvp")
    u = torch.tensor([1.0, 10.0, 100.0])
    compare.same(submission.vjp(f, x, u), torch.tensor([103.0, 62.0]), what="vjp", zh="vjp")


@check(
    "jvp_vjp_hessian.curvature",
    hint="The gradient of x0**2 * x1 is (2 x0 x1, x0**2). Differentiate each of the two once more.",
    zh="x0**2 * x1 的梯度是 (2 x0 x1, x0**2)。把这两个分量再各求一次导数。",
    weight=0.5,
)
def test_hessian_of_a_product(submission):
    f = submission.build("lambda x: x[0] ** 2 * x[1]")
    want = torch.tensor([[10.0, 6.0], [6.0, 0.0]])
    compare.same(submission.hessian(f, torch.tensor([3.0, 5.0])), want, what="the Hessian", zh="海森矩阵")
