"""All points are made first, as rows of one table; the table of derivatives is made of masks."""

import torch


def numerical_gradient(f, x, h=1e-6):
    n = x.numel()
    point = x.detach().reshape(-1).double()
    steps = h * torch.eye(n, dtype=torch.float64)
    high = torch.empty(n, dtype=torch.float64)
    low = torch.empty(n, dtype=torch.float64)
    for i, row in enumerate(point + steps):
        high[i] = torch.as_tensor(f(row.reshape(x.shape))).detach()
    for i, row in enumerate(point - steps):
        low[i] = torch.as_tensor(f(row.reshape(x.shape))).detach()
    return ((high - low) / h / 2).to(x).reshape(x.shape)


def numerical_jacobian(f, x, h=1e-6):
    point = x.detach().double()
    steps = torch.diag(torch.full((len(x),), h, dtype=torch.float64))
    pairs = [(f(point + step), f(point - step)) for step in steps]
    return torch.column_stack([(one - other).detach() / (2 * h) for one, other in pairs]).type(x.dtype)


def derivative(name, x, n=1):
    match name:
        case "const":
            return torch.zeros(x.shape, dtype=x.dtype)
        case "pow" if n == 0:
            return derivative("const", x)
        case "pow":
            return torch.pow(x, n - 1).mul(n)
        case "exp":
            return x.exp()
        case "ln":
            return x**-1
        case "sin":
            return x.cos()
        case "abs":
            return (x > 0).to(x.dtype) - (x < 0).to(x.dtype)
        case "relu":
            return torch.heaviside(x, torch.tensor(0.5, dtype=x.dtype))
    raise ValueError(f"unknown: {name}")


def difference_error(h, function="sin"):
    table = {"sin": (torch.sin, 0.5403023058681398), "quadratic": (lambda t: 3 * t * t - 4 * t, 2.0)}
    if function not in table:
        raise ValueError("unknown function")
    f, slope = table[function]
    x = torch.ones_like(h)
    return torch.abs((f(x + h) - f(x)) / h - slope), torch.abs((f(x + h) - f(x - h)) / (h + h) - slope)


def grad_rules(A, x, b):
    return {"bx": b + 0 * x, "xAx": A @ x + x @ A, "norm2": x.mul(2), "Ax": A * torch.ones_like(A)}
