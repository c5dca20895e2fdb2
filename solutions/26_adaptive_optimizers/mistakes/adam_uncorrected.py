"""The corrections matter in the first steps only."""

TRIPS = ["adam.first_step_is_lr", "adam.example"]


def adam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _moments(state, g, betas)
    return p - lr * m / (v.sqrt() + eps)
