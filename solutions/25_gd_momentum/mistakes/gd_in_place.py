"""x -= saves memory, and x is a local name."""

TRIPS = ["gd.input_unchanged", "gd.trajectory"]


def gd(grad, x0, lr, steps):
    x, path = x0, [x0]
    for _ in range(steps):
        x -= lr * grad(x)
        path.append(x)
    return torch.stack(path)
