"""As soon as one eigenvalue is zero, the point is degenerate."""

TRIPS = ["classify_critical.saddle_with_zero"]


def classify_critical(H, tol=1e-8):
    e = torch.linalg.eigvalsh(H)
    if (e.abs() <= tol).any():
        return "degenerate"
    if (e > 0).all():
        return "min"
    return "max" if (e < 0).all() else "saddle"
