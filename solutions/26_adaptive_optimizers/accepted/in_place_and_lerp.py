"""Averages in place by lerp and addcmul, moves by addcdiv, corrections multiplied out; the object calls the function."""

import math

import torch


def _averages(state, g, betas):
    if not state:
        state["m"], state["v"] = torch.zeros_like(g), torch.zeros_like(g)
    state["m"].lerp_(g, 1 - betas[0])
    state["v"].mul_(betas[1]).addcmul_(g, g, value=1 - betas[1])
    return state["m"], state["v"]


def adagrad_step(p, g, state, t, lr, eps=1e-10):
    s = state.setdefault("sum", torch.zeros_like(p))
    s.addcmul_(g, g)
    return torch.addcdiv(p, g, s.sqrt().add_(eps), value=-lr)


def rmsprop_step(p, g, state, t, lr, alpha=0.99, eps=1e-8):
    s = state.setdefault("average", torch.zeros_like(p))
    s.mul_(alpha).addcmul_(g, g, value=1 - alpha)
    return torch.addcdiv(p, g, s.sqrt().add_(eps), value=-lr)


def adam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _averages(state, g, betas)
    root = v.sqrt() / math.sqrt(1 - betas[1] ** t) + eps
    return torch.addcdiv(p, m, root, value=-lr / (1 - betas[0] ** t))


def amsgrad_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    highest = state.pop("highest", torch.zeros_like(p))
    m, v = _averages(state, g, betas)
    state["highest"] = torch.max(highest, v)
    root = state["highest"].sqrt() / math.sqrt(1 - betas[1] ** t) + eps
    return torch.addcdiv(p, m, root, value=-lr / (1 - betas[0] ** t))


def adamw_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8, wd=0.01):
    return adam_step(p * (1 - lr * wd), g, state, t, lr, betas, eps)


def sgdw_step(p, g, state, lr, mu, wd):
    v = state.setdefault("v", torch.zeros_like(p))
    v.mul_(mu).add_(g)
    return p - lr * v - lr * wd * p


def radam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _averages(state, g, betas)
    m_hat, c2 = m / (1 - betas[0] ** t), 1 - betas[1] ** t
    R = 2 / (1 - betas[1]) - 1
    rho = R - 2 * t * (1 - c2) / c2
    if not rho > 5:
        return p - lr * m_hat
    r = ((rho - 4) * (rho - 2) * R / ((R - 4) * (R - 2) * rho)) ** 0.5
    return p - lr * m_hat * r * (c2**0.5 / (v.sqrt() + eps))


def nadam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _averages(state, g, betas)
    root = v.div(1 - betas[1] ** t).sqrt_().add_(eps)
    ahead = m * (betas[0] / (1 - betas[0] ** (t + 1))) + g * ((1 - betas[0]) / (1 - betas[0] ** t))
    return p - lr * ahead / root


def adabound_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8, final_lr=0.1, gamma=1e-3):
    m, v = _averages(state, g, betas)
    eta = lr / (v.div(1 - betas[1] ** t).sqrt() + eps)
    low, high = final_lr - final_lr / (gamma * t + 1), final_lr + final_lr / (gamma * t)
    eta = torch.where(eta < low, torch.full_like(eta, low), torch.where(eta > high, torch.full_like(eta, high), eta))
    return p - m * eta / (1 - betas[0] ** t)


class Adam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.slots = [(p, {}, [0]) for p in params]
        self.rule = {"lr": lr, "betas": betas, "eps": eps}
        self.weight_decay = weight_decay

    @torch.no_grad()
    def step(self):
        for p, state, count in self.slots:
            if p.grad is not None:
                count[0] += 1
                p.copy_(adam_step(p, p.grad.add(p, alpha=self.weight_decay), state, count[0], **self.rule))

    def zero_grad(self):
        for p, _, _ in self.slots:
            if p.grad is not None:
                p.grad.zero_()
