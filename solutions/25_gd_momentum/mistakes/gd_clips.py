"""Long gradients are cut to length one, lest anything diverge."""

TRIPS = ["gd.diverges_above_2_over_L", "gd.trajectory"]


def gd(grad, x0, lr, steps):
    path = [x0]
    for _ in range(steps):
        g = grad(path[-1])
        path.append(path[-1] - lr * g / max(1.0, float(g.norm())))
    return torch.stack(path)
