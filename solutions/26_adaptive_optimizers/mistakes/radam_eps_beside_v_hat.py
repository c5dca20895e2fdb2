"""eps stands where Adam has it."""

TRIPS = ["radam_nadam_adabound.radam_torch_eps"]


def radam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _moments(state, g, betas)
    kept, top = betas[1] ** t, 2 / (1 - betas[1]) - 1
    rho = top - 2 * t * kept / (1 - kept)
    if rho <= 5:
        return p - lr * m / (1 - betas[0] ** t)
    r = math.sqrt((rho - 4) * (rho - 2) * top / ((top - 4) * (top - 2) * rho))
    return p - lr * r * m / (1 - betas[0] ** t) / ((v / (1 - kept)).sqrt() + eps)
