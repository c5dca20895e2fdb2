"""The path begins after the first step."""

TRIPS = ["gd.example", "gd.trajectory", "gd.steps0"]


def gd(grad, x0, lr, steps):
    x, path = x0, []
    for _ in range(steps):
        x = x - lr * grad(x)
        path.append(x)
    return torch.stack(path)
