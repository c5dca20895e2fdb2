"""sub_ returns p."""

TRIPS = ["adam.house_rules"]


def adam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _moments(state, g, betas)
    return p.sub_(lr * (m / (1 - betas[0] ** t)) / ((v / (1 - betas[1] ** t)).sqrt() + eps))
