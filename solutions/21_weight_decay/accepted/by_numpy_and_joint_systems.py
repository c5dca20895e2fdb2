"""NumPy for the path, with b as an unpenalised unknown of its own; torch's own norms; steps by sgd_wd_step."""

import numpy as np
import torch


def l2_penalty(params):
    weights = [w.flatten() for w in params if w.dim() not in (0, 1)]
    return torch.cat(weights).pow(2).sum().mul(0.5) if weights else torch.zeros((), dtype=torch.float64)


def l1_penalty(params):
    weights = [w.flatten() for w in params if w.dim() not in (0, 1)]
    return torch.linalg.vector_norm(torch.cat(weights), ord=1) if weights else torch.zeros((), dtype=torch.float64)


def sgd_wd_step(w, b, gw, gb, lr, lam):
    new_w, new_b = w.clone(), b.clone()
    new_w *= 1 - lr * lam
    new_w -= lr * gw
    new_b -= lr * gb
    return new_w, new_b


@torch.no_grad()
def project_l2_(w, radius):
    if not radius >= 0:
        raise ValueError("radius")
    length = torch.linalg.vector_norm(w)
    if length <= radius:
        return w
    w *= radius / length
    return w


def ridge_path(X, y, lams):
    if not all(lam >= 0 for lam in lams):
        raise ValueError("strength")
    A, z = X.double().numpy(), y.double().numpy()
    n, d = A.shape
    ones = np.ones((n, 1))
    found = []
    for lam in lams:
        if lam == 0:
            w = np.linalg.pinv(A - A.mean(0), rcond=1e-10) @ (z - z.mean())
        else:
            system = np.block([[A.T @ A + n * lam * np.eye(d), A.T @ ones], [ones.T @ A, np.array([[float(n)]])]])
            w = np.linalg.solve(system, np.vstack([A.T @ z, ones.T @ z]))[:d]
        found.append(float(np.linalg.norm(w)))
    return torch.tensor(found, dtype=X.dtype)


def make_param_groups(model, wd):
    seen, groups = set(), ([], [])
    for module in model.modules():
        for param in module.parameters(recurse=False):
            if id(param) not in seen:
                seen.add(id(param))
                groups[param.dim() < 2].append(param)
    return [{"weight_decay": decay, "params": params} for decay, params in zip((wd, 0.0), groups)]


def train_highdim(X, y, wd, epochs, lr, generator):
    w, b = torch.randn((X.shape[1], 1), generator=generator), torch.zeros(1)
    for _ in range(epochs):
        gap = torch.addmm(b, X, w) - y
        w, b = sgd_wd_step(w, b, X.t().mm(gap) / X.shape[0], gap.mean().reshape(1), lr, wd)
    return w, b
