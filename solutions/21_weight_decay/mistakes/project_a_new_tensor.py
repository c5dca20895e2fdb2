"""The result counts; the name is only a name."""

TRIPS = ["project_l2.in_place", "project_l2.view"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.square().sum().sqrt()
        if length > radius:
            w = w * (radius / length)
    return w
