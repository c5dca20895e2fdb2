"""A path written into a buffer, a Hessian row by row, velocities in place, means by their weights, torch's own SGD."""

import torch


def gd(grad, x0, lr, steps):
    path = x0.new_zeros(steps + 1, len(x0))
    path[0] = x0
    for k in range(steps):
        path[k + 1] = path[k] - lr * grad(path[k])
    return path


def classify_critical(H, tol=1e-8):
    signs = {0 if abs(e) <= tol else (1 if e > 0 else -1) for e in torch.linalg.eigvalsh(H).tolist()}
    if {1, -1} <= signs:
        return "saddle"
    return {(1,): "min", (-1,): "max"}.get(tuple(signs), "degenerate")


def escape(f, x):
    point = x.detach().clone().requires_grad_()
    value = f(point)
    slope = torch.autograd.grad(value, point, create_graph=True)[0]
    if not slope.requires_grad:
        return None
    rows = [torch.autograd.grad(slope[i], point, retain_graph=True, allow_unused=True)[0] for i in range(len(x))]
    rows = [torch.zeros_like(x) if row is None else row for row in rows]
    e, V = torch.linalg.eigh(torch.stack(rows))
    return -V.T[0] if e.min() < -1e-8 else None


def momentum_step(p, g, state, lr, mu):
    v = state.setdefault("velocity", torch.zeros_like(p))
    v.mul_(mu).add_(g)
    return torch.sub(p, v, alpha=lr)


def nesterov_step(p, g, state, lr, mu):
    v = state.setdefault("velocity", torch.zeros_like(p))
    v.mul_(mu).add_(g)
    return p - (g + v * mu) * lr


def ema(xs, beta):
    top, bottom, means = 0.0, 0.0, []
    for x in xs:
        top, bottom = beta * top + x, beta * bottom + 1.0
        means.append(float(top / bottom))
    return means


def updates_per_run(n, batch, epochs):
    return len(range(0, n, batch)) * epochs


def steps_to(f, x0, method, lr, mu, tol, max_steps):
    if method == "gd":
        mu = 0.0
    elif method != "momentum":
        raise ValueError("method")
    p = torch.nn.Parameter(x0.detach().clone())
    opt = torch.optim.SGD([p], lr=lr, momentum=mu)
    for k in range(max_steps):
        opt.zero_grad()
        value = f(p)
        if value.item() <= tol:
            return k
        value.backward()
        opt.step()
    return max_steps
