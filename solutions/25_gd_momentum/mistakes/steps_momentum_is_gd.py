"""Every name that is not "momentum" is plain descent, and so is momentum."""

TRIPS = ["batch_effect.momentum_faster", "batch_effect.saddle_escape", "batch_effect.bad_method_raises"]


def steps_to(f, x0, method, lr, mu, tol, max_steps):
    x = x0.clone()
    for k in range(max_steps):
        point = x.clone().requires_grad_()
        height = f(point)
        if height <= tol:
            return k
        (slope,) = torch.autograd.grad(height, point)
        x = x - lr * slope
    return max_steps
