"""What is neither min nor max is a saddle."""

TRIPS = ["classify_critical.degenerate", "classify_critical.example", "classify_critical.tolerance"]


def classify_critical(H, tol=1e-8):
    e = torch.linalg.eigvalsh(H)
    if e[0] > tol:
        return "min"
    return "max" if e[-1] < -tol else "saddle"
