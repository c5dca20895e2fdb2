"""Backpropagation with vector-Jacobian products per layer, bernoulli signs, loops over rows."""

import math

import torch


def layer_gradient_norms(depth, width, act, init, seed):
    g = torch.Generator().manual_seed(seed)
    inputs = [torch.randn(32, width, generator=g, dtype=torch.float64)]
    weights = [init((width, width), g).detach().to(torch.float64) for _ in range(depth)]
    for w in weights:
        with torch.no_grad():
            inputs.append(act(inputs[-1] @ w.T))
    norms = []
    grad = torch.ones(32, width, dtype=torch.float64)
    for w, h in zip(reversed(weights), reversed(inputs[:-1])):
        with torch.enable_grad():
            z = (h @ w.T).requires_grad_()
            (dz,) = torch.autograd.grad(act(z), z, grad)
        norms.insert(0, torch.linalg.matrix_norm(dz.T @ h))
        grad = dz @ w
    return torch.stack(norms)


def xavier_uniform(shape, generator, gain=1.0):
    a = math.sqrt(6 * gain**2 / sum(shape))
    size = torch.rand(shape, generator=generator) * a
    sign = torch.randint(0, 2, shape, generator=generator) * 2 - 1
    return size * sign


def kaiming_normal(shape, generator, mode="fan_in", a=0.0):
    receptive = math.prod(shape) // (shape[0] * shape[1])
    match mode:
        case "fan_in":
            fan = shape[1] * receptive
        case "fan_out":
            fan = shape[0] * receptive
        case _:
            raise ValueError("fan_in or fan_out")
    std = torch.tensor(2 / (1 + a**2) / fan).sqrt()
    return torch.stack([torch.randn(shape[1:], generator=generator) * std for _ in range(shape[0])])


def calibrated_sigmoid(x):
    return 2 * (x.sigmoid() - (-x).sigmoid())


def logsumexp(x, dim):
    if not x.shape[dim]:
        raise ValueError("nothing there")
    moved = x.movedim(dim, 0)
    top = moved[0]
    for row in moved[1:]:
        top = torch.maximum(top, row)
    shift = top.detach().nan_to_num(neginf=0.0)
    total = sum(torch.exp(row - shift) for row in moved)
    return shift + torch.log(total)


def log1mexp(x):
    cut = torch.tensor(-0.7, dtype=x.dtype)
    left, right = torch.minimum(x, cut), torch.maximum(x, cut)
    return torch.where(x < cut, torch.log1p(-torch.exp(left)), torch.log(-torch.expm1(right)))


def safe_div(a, b, eps=1e-12):
    floor = max(float(torch.finfo(b.dtype).tiny), eps)
    ok = b.abs() >= floor
    spare = torch.full_like(b, floor).copysign(torch.where(b == 0, torch.ones_like(b), b.detach()))
    return a * (1 / torch.where(ok, b, spare))


def l2_normalize(x, eps=1e-12):
    rows = []
    for row in x:
        total = (row * row).sum()
        rows.append(row / torch.sqrt(total) if total.item() > eps**2 else row / eps)
    return torch.stack(rows) if rows else x.clone()


def predict_variance(depth, fan_in, var_w, act="linear"):
    if act not in ("linear", "relu"):
        raise ValueError(act)
    step = fan_in * var_w * (0.5 if act == "relu" else 1)
    if step == 0 or depth == 0:
        return 1.0 if depth == 0 else 0.0
    power = depth * math.log(step)
    return math.exp(power) if power < 709 else math.inf
