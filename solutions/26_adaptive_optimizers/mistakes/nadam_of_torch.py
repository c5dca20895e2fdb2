"""torch.optim.NAdam must be right: b1 changes with t."""

TRIPS = ["radam_nadam_adabound.nadam_formula"]


def nadam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _moments(state, g, betas)
    mu, after = (betas[0] * (1 - 0.5 * 0.96 ** (k * 0.004)) for k in (t, t + 1))
    product = state["product"] = state.get("product", 1.0) * mu
    root = (v / (1 - betas[1] ** t)).sqrt() + eps
    return p - lr * ((1 - mu) * g / (1 - product) + after * m / (1 - product * after)) / root
