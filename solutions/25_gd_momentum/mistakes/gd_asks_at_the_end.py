"""Every point gets its gradient, the last one, too."""

TRIPS = ["gd.one_gradient_per_step", "gd.steps0"]


def gd(grad, x0, lr, steps):
    x, path = x0, []
    for _ in range(steps + 1):
        path.append(x)
        x = x - lr * grad(x)
    return torch.stack(path)
