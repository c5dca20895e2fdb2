"""One buffer that is put right after every call, answers taken out as numbers, a chain of ifs for the table."""

import math

import torch


def numerical_gradient(f, x, h=1e-6):
    with torch.no_grad():
        buffer = x.detach().to(torch.float64).clone(memory_format=torch.contiguous_format)
        flat = buffer.view(-1)
        slopes = []
        for old, place in zip(flat.tolist(), range(flat.numel())):
            flat[place] = old - h
            low = float(f(buffer))
            flat[place] = old + h
            high = float(f(buffer))
            flat[place] = old
            slopes.append((high - low) / (2.0 * h))
    return torch.tensor(slopes, dtype=x.dtype).reshape(x.shape)


def numerical_jacobian(f, x, h=1e-6):
    rows = None
    for place in range(x.shape[0]):
        high, low = x.detach().to(torch.float64, copy=True), x.detach().to(torch.float64, copy=True)
        high[place] += h
        low[place] -= h
        column = [(a - b) / (2 * h) for a, b in zip(f(high).tolist(), f(low).tolist())]
        rows = [[] for _ in column] if rows is None else rows
        for row, value in zip(rows, column):
            row.append(value)
    return torch.tensor(rows, dtype=torch.float64).to(x.dtype)


def derivative(name, x, n=1):
    if name == "const":
        return x - x
    if name == "pow":
        return torch.zeros_like(x) if n == 0 else n * x.pow(n - 1)
    if name == "exp":
        return torch.e**x
    if name == "ln":
        return 1 / x
    if name == "sin":
        return torch.sin(x + math.pi / 2)
    if name == "abs":
        return torch.where(x < 0, -1.0, 1.0).to(x.dtype)
    if name == "relu":
        return torch.where(x < 0, torch.zeros_like(x), torch.ones_like(x))
    raise ValueError("no such function")


def difference_error(h, function="sin"):
    if function == "sin":
        f, slope = math.sin, math.cos(1)
    elif function == "quadratic":
        f, slope = lambda t: (3 * t - 4) * t, 2.0
    else:
        raise ValueError(function)
    forward = [abs((f(1 + s) - f(1)) / s - slope) for s in h.tolist()]
    central = [abs((f(1 + s) - f(1 - s)) / (2 * s) - slope) for s in h.tolist()]
    return torch.tensor(forward, dtype=torch.float64), torch.tensor(central, dtype=torch.float64)


def grad_rules(A, x, b):
    n = len(x)
    form = [sum((A[i, j] + A[j, i]) * x[j] for j in range(n)) for i in range(n)]
    return dict(Ax=A.clone(), norm2=x + x, bx=b.clone(), xAx=torch.stack(form))
