"""No negative eigenvalue: a minimum."""

TRIPS = ["classify_critical.degenerate"]


def classify_critical(H, tol=1e-8):
    e = torch.linalg.eigvalsh(H)
    if e[0] < -tol and e[-1] > tol:
        return "saddle"
    return "min" if e[0] >= -tol else "max"
