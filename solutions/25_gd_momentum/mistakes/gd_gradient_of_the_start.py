"""The gradient is calculated once."""

TRIPS = ["gd.trajectory", "gd.diverges_above_2_over_L"]


def gd(grad, x0, lr, steps):
    g, path = grad(x0), [x0]
    for _ in range(steps):
        path.append(path[-1] - lr * g)
    return torch.stack(path)
