"""The bounds hold for the step."""

TRIPS = ["radam_nadam_adabound.adabound_value"]


def adabound_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8, final_lr=0.1, gamma=1e-3):
    m, v = _moments(state, g, betas)
    low, high = final_lr * (1 - 1 / (gamma * t + 1)), final_lr * (1 + 1 / (gamma * t))
    step = lr * m / (1 - betas[0] ** t) / ((v / (1 - betas[1] ** t)).sqrt() + eps)
    return p - step.sign() * step.abs().clamp(low, high)
