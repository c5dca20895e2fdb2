"""A positive determinant: minimum or maximum, by the trace; a negative one: saddle."""

TRIPS = ["classify_critical.3d_saddle_positive_det", "classify_critical.max"]


def classify_critical(H, tol=1e-8):
    det = torch.linalg.det(H)
    if abs(det) <= tol:
        return "degenerate"
    if det < 0:
        return "saddle"
    return "min" if H.trace() > 0 else "max"
