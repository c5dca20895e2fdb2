"""H may be made symmetric where it is."""

TRIPS = ["classify_critical.input_unchanged"]


def classify_critical(H, tol=1e-8):
    e = torch.linalg.eigvalsh(H)
    H.sub_(H.clone())
    down, up = e < -tol, e > tol
    if down.any() and up.any():
        return "saddle"
    if up.all():
        return "min"
    return "max" if down.all() else "degenerate"
