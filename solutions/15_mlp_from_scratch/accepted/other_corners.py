"""Other weights for the same lines: ReLUs that look to the left, units of uneven size, tents seen from the other side,
a table of pairs at the top of the file."""

import torch


def relu(x):
    return torch.maximum(x, torch.zeros_like(x))


def tanh(x):
    e = torch.expm1(-2 * x.abs())
    return torch.where(x < 0, e / (2 + e), -e / (2 + e))


def drelu(x):
    return (x >= 0).type(x.dtype)


def dtanh(x):
    t = tanh(x)
    return 1 - t * t


PAIRS = {"relu": (relu, drelu), "tanh": (tanh, dtanh)}


def _pair(act):
    try:
        return {**PAIRS, "sigmoid": (sigmoid, dsigmoid)}[act]
    except KeyError:
        raise ValueError("unknown activation " + repr(act)) from None


def collapse(Ws, bs):
    """From the last layer to the first."""
    W, b = Ws[-1], bs[-1]
    for i in range(len(Ws) - 2, -1, -1):
        b = b + bs[i] @ W
        W = Ws[i] @ W
    return W, b


def piecewise_linear_net(knots, values):
    """Level on the right, and one ReLU for each change of slope, counted from the right; each unit has its own scale."""
    if len(knots) == 1:
        empty = knots.new_zeros(0)
        return empty[None], empty, empty[:, None], values.clone()
    slopes = [0.0, *((values[i + 1] - values[i]) / (knots[i + 1] - knots[i]) for i in range(len(knots) - 1)), 0.0]
    scale = torch.arange(1, len(knots) + 1, dtype=knots.dtype)
    changes = torch.stack([torch.as_tensor(slopes[i + 1] - slopes[i], dtype=knots.dtype) for i in range(len(knots))])
    return -scale[None], scale * knots, (changes / scale)[:, None], values[-1:].clone()


def sawtooth_net(k):
    """relu(1 - 2x) and relu(2x - 1): the tent is 1 minus both."""
    double = dict(dtype=torch.float64)
    first = torch.tensor([[-2.0, 2.0]], **double)
    down = torch.tensor([[-1.0], [-1.0]], **double)
    Ws, bs = [first], [torch.tensor([1.0, -1.0], **double)]
    for _ in range(k - 1):
        Ws.append(down @ first)
        bs.append(torch.tensor([-1.0, 1.0], **double))
    return [*Ws, down], [*bs, torch.ones(1, **double)]
