"""mul_ is all it takes."""

TRIPS = ["project_l2.parameter"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    if True:
        length = w.square().sum().sqrt()
        if length > radius:
            w.mul_(radius / length)
    return w
