"""Only rates that are too large are dangerous."""

TRIPS = ["radam_nadam_adabound.adabound_bounds"]


def adabound_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8, final_lr=0.1, gamma=1e-3):
    m, v = _moments(state, g, betas)
    eta = (lr / ((v / (1 - betas[1] ** t)).sqrt() + eps)).clamp(max=final_lr * (1 + 1 / (gamma * t)))
    return p - eta * m / (1 - betas[0] ** t)
