"""r is set to 1 while it can't be calculated."""

TRIPS = ["radam_nadam_adabound.radam_first_steps", "radam_nadam_adabound.example"]


def radam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _moments(state, g, betas)
    kept, top = betas[1] ** t, 2 / (1 - betas[1]) - 1
    rho = top - 2 * t * kept / (1 - kept)
    r = math.sqrt((rho - 4) * (rho - 2) * top / ((top - 4) * (top - 2) * rho)) if rho > 5 else 1.0
    return p - lr * r * m / (1 - betas[0] ** t) * math.sqrt(1 - kept) / (v.sqrt() + eps)
