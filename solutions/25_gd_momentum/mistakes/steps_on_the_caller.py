"""x0 itself goes down."""

TRIPS = ["batch_effect.input_unchanged"]


def steps_to(f, x0, method, lr, mu, tol, max_steps):
    if method not in ("gd", "momentum"):
        raise ValueError(method)
    x, v = x0.requires_grad_(), torch.zeros_like(x0)
    for k in range(max_steps):
        height = f(x)
        if height <= tol:
            return k
        (slope,) = torch.autograd.grad(height, x)
        v = (mu if method == "momentum" else 0) * v + slope
        with torch.no_grad():
            x.sub_(lr * v)
    return max_steps
