"""Back-propagation sequence by sequence, gradients asked for one by one, characters drawn from the cumulative sum."""

import torch
from torch import nn


def rnn_bptt(x, y, w):
    W, U, V = w["W_ih"].detach(), w["W_hh"].detach(), w["W_hy"].detach()
    b, d = w["b_h"].detach(), w["b_y"].detach()
    grads = {name: torch.zeros_like(value, requires_grad=False) for name, value in w.items()}
    for xs, ys in zip(x.detach(), y.detach(), strict=True):
        h, trail = torch.zeros_like(b), []
        for step in xs:
            before, h = h, torch.tanh(W @ step + U @ h + b)
            trail.append((step, before, h))
        from_the_right = torch.zeros_like(b)
        for (step, before, h), wanted in zip(reversed(trail), ys.flip(0), strict=True):
            error = 2 / y.numel() * (V @ h + d - wanted)
            slope = (V.mT @ error + from_the_right) * (1 - h**2)
            for name, value in (
                ("W_hy", torch.outer(error, h)),
                ("b_y", error),
                ("W_ih", torch.outer(slope, step)),
                ("W_hh", torch.outer(slope, before)),
                ("b_h", slope),
            ):
                grads[name] = grads[name] + value
            from_the_right = U.mT @ slope
    return grads


def truncated_steps(model, x, y, k, opt):
    said, state = [], None
    weights = [weight for group in opt.param_groups for weight in group["params"]]
    for piece, wanted in zip(x.split(k, 1), y.split(k, 1), strict=True):
        logits, state = model(piece, state)
        loss = -logits.log_softmax(-1).gather(-1, wanted[..., None]).mean()
        for weight, grad in zip(weights, torch.autograd.grad(loss, weights, allow_unused=True), strict=True):
            weight.grad = grad
        opt.step()
        state = [part.detach() for part in state] if isinstance(state, (tuple, list)) else state.detach()
        state = tuple(state) if isinstance(state, list) else state
        said.append(float(loss))
    return said


def clip_grad_norm_(grads, max_norm):
    total = sum((grad.square().sum() for grad in grads if grad is not None), torch.tensor(0.0))
    norm = total.sqrt()
    if norm > max_norm:
        for grad in filter(lambda grad: grad is not None, grads):
            grad /= norm / max_norm
    return norm


def perplexity(logits, y):
    chances = torch.log_softmax(logits, dim=2)
    B, T = y.shape
    rows, columns = torch.arange(B)[:, None], torch.arange(T)
    return float(torch.exp(-chances[rows, columns, y].mean()))


def batches(ids, B, k):
    length = (ids.numel() - 1) // B
    starts = torch.arange(B)[:, None] * length
    for first in range(0, length - length % k, k):
        at = starts + torch.arange(first, first + k)
        yield ids[at], ids[at + 1]


@torch.no_grad()
def sample(model, prefix, n, temperature, generator):
    text = prefix.tolist()
    logits, state = model(prefix.unsqueeze(0), None)
    for _ in range(n):
        last = logits[0, -1]
        if temperature > 0:
            reached = torch.softmax(last.double() / temperature, 0).cumsum(0)
            drawn = torch.rand(1, generator=generator, dtype=torch.float64) * reached[-1]
            text.append(min(int(torch.searchsorted(reached, drawn, right=True)), len(last) - 1))
        else:
            text.append(int(last.argmax()))
        logits, state = model(torch.tensor([text[-1:]]), state)
    return torch.tensor(text[len(prefix) :], dtype=torch.int64)
