"""Weights that are leaves as they come, a plain backward pass and its .grad; masks instead of clamps."""

import math
import torch


def layer_gradient_norms(depth, width, act, init, seed):
    g = torch.Generator().manual_seed(seed)
    h = torch.randn(32, width, generator=g, dtype=torch.float64)
    Ws = [init((width, width), g).double().requires_grad_() for _ in range(depth)]
    for W in Ws:
        h = act(h @ W.T)
    h.sum().backward()
    grads = [W.grad for W in Ws]
    return torch.stack([(G * G).sum().sqrt() for G in grads])


def xavier_uniform(shape, generator, gain=1.0):
    a = gain * math.sqrt(6 / sum(shape))
    return torch.empty(shape, dtype=torch.float32).uniform_(-a, a, generator=generator)


def kaiming_normal(shape, generator, mode="fan_in", a=0.0):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(mode)
    window = math.prod(shape[2:])
    fan = (shape[1] if mode == "fan_in" else shape[0]) * window
    return torch.randn(shape, generator=generator, dtype=torch.float32) * math.sqrt(2 / ((1 + a * a) * fan))


def calibrated_sigmoid(x):
    return 4 * torch.sigmoid(x) - 2


def taylor(act, order=1):
    x = torch.zeros((), dtype=torch.float64, requires_grad=True)
    y = act(x)
    out = [float(y.detach())]
    for k in range(1, order + 1):
        if y.requires_grad:
            (y,) = torch.autograd.grad(y, x, create_graph=True, allow_unused=True)
            if y is None:
                y = torch.zeros(())
        else:
            y = torch.zeros(())
        out.append(float(y.detach()) / math.factorial(k))
    return tuple(out)


def logsumexp(x, dim):
    if x.shape[dim] == 0:
        raise ValueError("nothing along dim")
    m = x.detach().amax(dim, keepdim=True)
    m = torch.where(m == -math.inf, torch.zeros_like(m), m)
    return (x - m).exp().sum(dim).log() + m.squeeze(dim)


def log1mexp(x):
    near = x > -math.log(2)  # the branch that does not count gets a harmless number
    half = torch.full_like(x, -0.5)
    two = torch.full_like(x, -2.0)
    return torch.where(near, torch.log(-torch.expm1(torch.where(near, x, half))),
                       torch.log1p(-torch.exp(torch.where(near, two, x))))


def safe_div(a, b, eps=1e-12):
    eps = max(eps, torch.finfo(b.dtype).tiny)
    sign = torch.where(b >= 0, torch.ones_like(b), -torch.ones_like(b))
    return a / torch.where(b.abs() < eps, sign * eps, b)


def l2_normalize(x, eps=1e-12):
    sq = (x * x).sum(1, keepdim=True)
    small = sq <= eps * eps
    norm = torch.where(small, torch.full_like(sq, eps), torch.where(small, torch.ones_like(sq), sq).sqrt())
    return x / norm


def predict_variance(depth, fan_in, var_w, act="linear"):
    if act not in ("linear", "relu"):
        raise ValueError(act)
    f = fan_in * var_w * (0.5 if act == "relu" else 1.0)
    try:
        return float(f) ** depth
    except OverflowError:
        return math.inf
