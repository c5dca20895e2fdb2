"""g is not needed after its average is taken."""

TRIPS = ["radam_nadam_adabound.house_rules"]


def adabound_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8, final_lr=0.1, gamma=1e-3):
    m, v = _moments(state, g, betas)
    low, high = final_lr * (1 - 1 / (gamma * t + 1)), final_lr * (1 + 1 / (gamma * t))
    eta = (lr / ((v / (1 - betas[1] ** t)).sqrt() + eps)).clamp(low, high)
    g.copy_(eta * m / (1 - betas[0] ** t))
    return p - g
