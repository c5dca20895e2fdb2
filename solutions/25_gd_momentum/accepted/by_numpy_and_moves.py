"""NumPy eigenvalues, torch.func, moves that carry their rate with them, a recursive mean, a generator of points."""

import numpy as np
import torch


def gd(grad, x0, lr, steps):
    if steps == 0:
        return x0.clone().unsqueeze(0)
    before = gd(grad, x0, lr, steps - 1)
    return torch.cat([before, (before[-1] - grad(before[-1]) * lr)[None]])


def classify_critical(H, tol=1e-8):
    e = np.linalg.eigvalsh(H.numpy())
    low, high = e.min(), e.max()
    if low < -tol and high > tol:
        return "saddle"
    if low > tol:
        return "min"
    if high < -tol:
        return "max"
    return "degenerate"


def escape(f, x):
    H = torch.func.hessian(f)(x)
    e, V = np.linalg.eigh(H.detach().numpy())
    i = int(e.argmin())
    return torch.from_numpy(V[:, i].copy()) if e[i] < -1e-8 else None


def momentum_step(p, g, state, lr, mu):
    if len(state) == 0:
        state[0] = p.new_zeros(p.shape)
    state[0] = state[0] * mu + g
    return p + (-lr) * state[0]


def nesterov_step(p, g, state, lr, mu):
    ahead = momentum_step(torch.zeros_like(p), g, state, 1.0, mu)  # -v
    return p - lr * g + lr * mu * ahead


def ema(xs, beta):
    means = []
    for t, x in enumerate(xs):
        share = (1 - beta) / (1 - beta ** (t + 1))
        means.append(x if t == 0 else means[-1] + share * (x - means[-1]))
    return means


def updates_per_run(n, batch, epochs):
    return -(-n // batch) * epochs


def steps_to(f, x0, method, lr, mu, tol, max_steps):
    kept = {"gd": 0.0, "momentum": mu}
    if method not in kept:
        raise ValueError("method")
    slope, x, state, k = torch.func.grad(f), x0, {}, 0
    while k < max_steps and not bool(f(x) <= tol):
        x = momentum_step(x, slope(x), state, lr, kept[method])
        k += 1
    return k
