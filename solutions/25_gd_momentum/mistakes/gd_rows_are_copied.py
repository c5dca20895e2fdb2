"""Appending clones is enough."""

TRIPS = ["gd.input_unchanged"]


def gd(grad, x0, lr, steps):
    x, path = x0, [x0.clone()]
    for _ in range(steps):
        x -= lr * grad(x)
        path.append(x.clone())
    return torch.stack(path)
