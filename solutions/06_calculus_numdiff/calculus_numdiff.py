"""Topic 6: derivatives by formula and by difference.

Fill in every function. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless something else is written. No function changes its arguments. Nobody asks for gradients of the results.

Derivatives without autograd: backward, torch.autograd, torch.func, torch.gradient and NumPy may not be used here. You
are building the thing that autograd will be checked with.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def numerical_gradient(f: Callable[[Tensor], Tensor], x: Tensor, h: float = 1e-6) -> Tensor:
    """The gradient of f at x by central differences: entry i is (f(x + h e_i) - f(x - h e_i)) / (2 h).

    f  takes a tensor of the shape of x and returns a tensor of shape (), which may share memory with what it got. It
       does not change its argument, and need not be made of torch functions: autograd can't look into it.
    x  any shape, also () and shapes with a size 0. e_i is 1 at the entry i and 0 elsewhere. x may require grad; that
       changes nothing.
    h  > 0

    f is called exactly twice for each entry of x, in any order, each time with a float64 tensor in which this entry
    alone differs from x, by h or by -h. (A float32 x is converted first: in float32 a step of 1e-6 drowns in rounding.)
    Returns a tensor of the shape and the dtype of x. It does not require grad, even if x, or a weight inside f, does.

    >>> numerical_gradient(lambda p: p[0] ** 2 * p[1], torch.tensor([3.0, 2.0]))
    tensor([12.,  9.])
    """
    # answer
    point = x.detach().double()
    slopes = torch.zeros(point.numel(), dtype=torch.float64, device=x.device)
    for i in range(point.numel()):
        step = torch.zeros(point.numel(), dtype=torch.float64, device=x.device)
        step[i] = h
        step = step.reshape(x.shape)
        slopes[i] = (f(point + step) - f(point - step)).item() / (2 * h)
    return slopes.reshape(x.shape).to(x.dtype)
    # end answer


def numerical_jacobian(f: Callable[[Tensor], Tensor], x: Tensor, h: float = 1e-6) -> Tensor:
    """All partial derivatives of a vector function at x: entry i, j is the derivative of f(x)[i] by x[j].

    f  takes a tensor of shape (n,) and returns one of shape (m,), the same m every time; for the rest as in
       numerical_gradient
    x  (n,), n >= 1
    h  > 0

    Column j is (f(x + h e_j) - f(x - h e_j)) / (2 h), calculated in float64.
    Returns (m, n), one row for each output ("numerator layout"), also for m = 1 or n = 1; the dtype is that of x. The
    result does not require grad.

    >>> numerical_jacobian(lambda p: torch.stack([p[0] * p[1], p[0] + 3 * p[1]]), torch.tensor([2.0, 5.0]))
    tensor([[5., 2.],
            [1., 3.]])
    """
    # answer
    point = x.detach().double()
    columns = []
    for j in range(len(point)):
        step = torch.zeros_like(point)
        step[j] = h
        columns.append((f(point + step) - f(point - step)).detach() / (2 * h))
    return torch.stack(columns, dim=1).to(x.dtype)
    # end answer


def derivative(name: str, x: Tensor, n: int = 1) -> Tensor:
    """The derivative of an elementary function by its formula, at every entry of x.

    name  "const" (the function 7), "pow" (x to the power n), "exp", "ln" (the natural logarithm), "sin",
          "abs" (absolute value) or "relu" (the larger of x and 0). Any other name raises ValueError.
    x     any shape; greater than 0 for "ln", and not 0 for "pow" with n < 0
    n     an int, positive, zero or negative; it counts for "pow" only. x**0 is the constant 1, so its derivative is 0
          everywhere, also at x = 0.

    Returns a tensor of the shape of x. At 0, where abs and relu have a kink, any number between the slopes of the two
    sides is right (a subderivative): from -1 to 1 for "abs", from 0 to 1 for "relu".

    >>> derivative("pow", torch.tensor([1.0, 2.0, -3.0]), n=3)
    tensor([ 3., 12., 27.])
    """
    # answer
    rules: dict[str, Callable[[Tensor], Tensor]] = {
        "const": torch.zeros_like,
        "pow": lambda t: n * t ** (n - 1) if n != 0 else torch.zeros_like(t),
        "exp": torch.exp,
        "ln": torch.reciprocal,
        "sin": torch.cos,
        "abs": torch.sign,
        "relu": lambda t: (t > 0).to(t.dtype),
    }
    if name not in rules:
        raise ValueError(f"no rule for {name!r}; there are rules for {', '.join(rules)}")
    return rules[name](x)
    # end answer


def difference_error(h: Tensor, function: str = "sin") -> tuple[Tensor, Tensor]:
    """How far forward and central differences are from the true slope at x = 1, for every step size.

    h         (k,) float64, every entry > 0
    function  "sin", or "quadratic" for f(x) = 3 x^2 - 4 x. Any other word raises ValueError.

    With the true slope s of the function at 1:
    forward  the absolute value of  (f(1 + h) - f(1)) / h  -  s
    central  the absolute value of  (f(1 + h) - f(1 - h)) / (2 h)  -  s
    Both are calculated just like this, in float64, so that rounding shows.
    Returns (forward, central), both (k,) float64.

    >>> difference_error(torch.tensor([0.5, 0.25], dtype=torch.float64), "quadratic")
    (tensor([1.5000, 0.7500], dtype=torch.float64), tensor([0., 0.], dtype=torch.float64))
    """
    # answer
    one = torch.ones((), dtype=torch.float64, device=h.device)
    if function == "sin":
        f, slope = torch.sin, one.cos()
    elif function == "quadratic":
        f, slope = (lambda x: 3 * x**2 - 4 * x), 2 * one
    else:
        raise ValueError(f"the function is 'sin' or 'quadratic', not {function!r}")
    forward = (f(one + h) - f(one)) / h - slope
    central = (f(one + h) - f(one - h)) / (2 * h) - slope
    return forward.abs(), central.abs()
    # end answer


def grad_rules(A: Tensor, x: Tensor, b: Tensor) -> dict[str, Tensor]:
    """Four derivatives by x, each by its rule and without any difference.

    A  (n, n), not always symmetric; x (n,); b (n,); all of one dtype

    Returns a dict with exactly these keys. A gradient of a number has the shape of x, as everywhere in PyTorch: (n,),
    neither a row (1, n) nor a column. A derivative of a vector has one row for each output.
    "bx"     (n,)    the gradient of b . x, the sum of b_i x_i
    "xAx"    (n,)    the gradient of x . (A x), the sum of A_ij x_i x_j
    "norm2"  (n,)    the gradient of x . x, the squared length
    "Ax"     (n, n)  the Jacobian of A x: entry i, j is the derivative of (A x)_i by x_j
    These tensors may share memory with the arguments.

    >>> A = torch.tensor([[1.0, 2.0], [0.0, 3.0]])
    >>> grad_rules(A, torch.tensor([2.0, -1.0]), torch.tensor([5.0, 7.0]))["xAx"]
    tensor([ 2., -2.])
    """
    # answer
    return {"bx": b, "xAx": (A + A.T) @ x, "norm2": 2 * x, "Ax": A}
    # end answer
