"""Keeps every gradient and calculates each average anew, as a weighted sum; the object changes p.data."""

import torch


def _sum(weights, tensors):
    return sum(w * x for w, x in zip(weights, tensors))


def _remember(state, g):
    state.setdefault("all", []).append(g.clone())
    return state["all"]


def _mean(tensors, beta):
    n = len(tensors)
    return _sum([(1 - beta) * beta ** (n - 1 - k) for k in range(n)], tensors)


def adagrad_step(p, g, state, t, lr, eps=1e-10):
    return p - lr * g / (torch.stack(_remember(state, g)).norm(dim=0) + eps)


def rmsprop_step(p, g, state, t, lr, alpha=0.99, eps=1e-8):
    return p - lr * g / (_mean([h * h for h in _remember(state, g)], alpha) ** 0.5 + eps)


def _hats(state, g, betas):
    gs = _remember(state, g)
    t = len(gs)
    v = _mean([h * h for h in gs], betas[1])
    return _mean(gs, betas[0]) / (1 - betas[0] ** t), v


def adam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m_hat, v = _hats(state, g, betas)
    return p - lr * m_hat / (torch.sqrt(v / (1 - betas[1] ** t)) + eps)


def amsgrad_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m_hat, v = _hats(state, g, betas)
    state["top"] = v if t == 1 else torch.where(v > state["top"], v, state["top"])
    return p - lr * m_hat / (torch.sqrt(state["top"] / (1 - betas[1] ** t)) + eps)


def adamw_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8, wd=0.01):
    return adam_step(p, g, state, t, lr, betas, eps) - lr * wd * p


def sgdw_step(p, g, state, lr, mu, wd):
    gs = _remember(state, g)
    return p - lr * (wd * p + _sum([mu**k for k in range(len(gs))], gs[::-1]))


def nadam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    b1 = betas[0]
    m_hat, v = _hats(state, g, betas)
    ahead = b1 * m_hat * (1 - b1**t) / (1 - b1 ** (t + 1)) + (1 - b1) * g / (1 - b1**t)
    return p - lr * ahead / (torch.sqrt(v / (1 - betas[1] ** t)) + eps)


class Adam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params, self.memory = [*params], {}
        self.settings = (lr, betas, eps)
        self.decay = weight_decay

    def step(self):
        for k, p in enumerate(self.params):
            if p.grad is None:
                continue
            m, v, t = self.memory.get(k, (0.0, 0.0, 0))
            lr, (b1, b2), eps = self.settings
            g = p.grad.detach() + self.decay * p.data
            m, v, t = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g, t + 1
            self.memory[k] = (m, v, t)
            p.data = p.data - lr * (m / (1 - b1**t)) / ((v / (1 - b2**t)) ** 0.5 + eps)

    def zero_grad(self):
        for p in self.params:
            p.grad = None
