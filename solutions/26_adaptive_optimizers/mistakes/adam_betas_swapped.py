"""The first beta belongs to the squares."""

TRIPS = ["adam.match_torch_8_steps", "adam.example"]


def adam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _moments(state, g, betas[::-1])
    return p - lr * (m / (1 - betas[1] ** t)) / ((v / (1 - betas[0] ** t)).sqrt() + eps)
