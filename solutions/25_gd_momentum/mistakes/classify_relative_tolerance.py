"""Small is what is small beside the largest eigenvalue."""

TRIPS = ["classify_critical.tolerance"]


def classify_critical(H, tol=1e-8):
    e = torch.linalg.eigvalsh(H)
    tol = tol * float(e.abs().max())
    down, up = e < -tol, e > tol
    if down.any() and up.any():
        return "saddle"
    if up.all():
        return "min"
    return "max" if down.all() else "degenerate"
