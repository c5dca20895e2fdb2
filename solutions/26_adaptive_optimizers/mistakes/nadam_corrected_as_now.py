"""Both parts are corrected with t."""

TRIPS = ["radam_nadam_adabound.nadam_formula", "radam_nadam_adabound.example"]


def nadam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _moments(state, g, betas)
    n = (betas[0] * m + (1 - betas[0]) * g) / (1 - betas[0] ** t)
    return p - lr * n / ((v / (1 - betas[1] ** t)).sqrt() + eps)
