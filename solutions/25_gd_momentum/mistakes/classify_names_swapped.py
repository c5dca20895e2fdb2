"""A positive curvature is a hilltop."""

TRIPS = ["classify_critical.min", "classify_critical.max"]


def classify_critical(H, tol=1e-8):
    e = torch.linalg.eigvalsh(H)
    if e[0] < -tol and e[-1] > tol:
        return "saddle"
    if e[0] > tol:
        return "max"
    return "min" if e[-1] < -tol else "degenerate"
