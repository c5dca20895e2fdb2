"""The corrections can be put together in one factor of lr."""

TRIPS = ["adam.match_torch_8_steps"]


def adam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _moments(state, g, betas)
    return p - lr * (1 - betas[1] ** t) ** 0.5 / (1 - betas[0] ** t) * m / (v.sqrt() + eps)
