"""loss.backward(), weights scaled after the draw, tanh of half the argument, softplus-like forms, logarithms."""

import math

import torch
from torch import nn


def layer_gradient_norms(depth, width, act, init, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    x = torch.randn(32, width, generator=g, dtype=torch.float64)
    layers = []
    for _ in range(depth):
        layer = nn.Linear(width, width, bias=False, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(init((width, width), g))
        layers.append(layer)
    for layer in layers:
        x = act(layer(x))
    x.sum().backward()
    return torch.tensor([layer.weight.grad.norm().item() for layer in layers], dtype=torch.float64)


def xavier_uniform(shape, generator, gain=1.0):
    out, inputs = shape
    a = gain * (6 / (out + inputs)) ** 0.5
    return (torch.rand(out, inputs, generator=generator) * 2 - 1) * a


def kaiming_normal(shape, generator, mode="fan_in", a=0.0):
    window = 1
    for size in shape[2:]:
        window *= size
    fans = {"fan_in": shape[1] * window, "fan_out": shape[0] * window}
    if mode not in fans:
        raise ValueError(mode)
    gain = math.sqrt(2 / (1 + a * a))
    return torch.empty(shape).normal_(0.0, gain / fans[mode] ** 0.5, generator=generator)


def calibrated_sigmoid(x):
    return 2 * torch.tanh(x / 2)


def taylor(act, order=1):
    found = []

    def go(f, n):
        x = torch.zeros(1, dtype=torch.float64).requires_grad_()
        with torch.enable_grad():
            value = f(x)
        found.append(float(value) / math.factorial(n))
        if n < order:
            go(lambda t: slope(f, t), n + 1)

    def slope(f, t):
        with torch.enable_grad():
            t = t if t.requires_grad else t.clone().requires_grad_()
            y = f(t)
            if not y.requires_grad:
                return torch.zeros_like(t).detach()
            (d,) = torch.autograd.grad(y.sum(), t, create_graph=True, allow_unused=True)
        return torch.zeros_like(t).detach() if d is None else d

    go(act, 0)
    return tuple(found)


def logsumexp(x, dim):
    if x.size(dim) < 1:
        raise ValueError("empty")
    wide = x.float() if x.dtype is torch.float16 else x
    m = wide.max(dim=dim, keepdim=True).values
    m = torch.where(torch.isinf(m), torch.zeros_like(m), m).detach()
    result = torch.log(torch.sum(torch.exp(wide - m), dim=dim, keepdim=True)) + m
    return result.squeeze(dim).to(x.dtype)


def log1mexp(x):
    result = torch.empty_like(x)
    near = x > -0.5
    result = result.masked_scatter(near, torch.log(-torch.expm1(x[near])))
    return result.masked_scatter(~near, torch.log1p(-torch.exp(x[~near])))


def safe_div(a, b, eps=1e-12):
    least = max(eps, torch.finfo(b.dtype).smallest_normal)
    sign = torch.ones_like(b).masked_fill(b < 0, -1.0)
    return a / (sign * b.abs().clamp(min=least))


def l2_normalize(x, eps=1e-12):
    norms = torch.linalg.vector_norm(x, dim=1, keepdim=True)
    return x / norms.clamp_min(eps)


def predict_variance(depth, fan_in, var_w, act="linear"):
    if act == "linear":
        layer = fan_in * var_w
    elif act == "relu":
        layer = fan_in * var_w / 2
    else:
        raise ValueError(act)
    try:
        return float(layer) ** depth
    except OverflowError:
        return math.inf
