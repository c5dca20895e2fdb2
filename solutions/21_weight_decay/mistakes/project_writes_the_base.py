"""A view has a base."""

TRIPS = ["project_l2.view"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.square().sum().sqrt()
        if length > radius:
            (w if w._base is None else w._base).mul_(radius / length)
    return w
