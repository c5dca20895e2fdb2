"""The second derivatives stand on the diagonal."""

TRIPS = ["classify_critical.saddle_offdiag", "classify_critical.example"]


def classify_critical(H, tol=1e-8):
    e = H.diagonal()
    down, up = e < -tol, e > tol
    if down.any() and up.any():
        return "saddle"
    if up.all():
        return "min"
    return "max" if down.all() else "degenerate"
