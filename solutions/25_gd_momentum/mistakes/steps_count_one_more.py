"""The step is counted before the look."""

TRIPS = ["batch_effect.step_counts", "batch_effect.limits", "batch_effect.example"]


def steps_to(f, x0, method, lr, mu, tol, max_steps):
    if method not in ("gd", "momentum"):
        raise ValueError(method)
    x, v = x0.clone(), torch.zeros_like(x0)
    for k in range(1, max_steps + 1):
        point = x.clone().requires_grad_()
        (slope,) = torch.autograd.grad(f(point), point)
        v = (mu if method == "momentum" else 0) * v + slope
        x = x - lr * v
        if f(x) <= tol:
            return k + 1
    return max_steps
