"""mu is given, so it is used."""

TRIPS = ["batch_effect.step_counts", "batch_effect.saddle_escape"]


def steps_to(f, x0, method, lr, mu, tol, max_steps):
    if method not in ("gd", "momentum"):
        raise ValueError(method)
    x, v = x0.clone(), torch.zeros_like(x0)
    for k in range(max_steps):
        point = x.clone().requires_grad_()
        height = f(point)
        if height <= tol:
            return k
        (slope,) = torch.autograd.grad(height, point)
        v = mu * v + slope
        x = x - lr * v
    return max_steps
