"""Every step begins with v = 0."""

TRIPS = ["sgd_momentum.match_torch"]


def momentum_step(p, g, state, lr, mu):
    v = mu * torch.zeros_like(p) + g
    return p - lr * v
