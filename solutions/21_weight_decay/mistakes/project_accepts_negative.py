"""A negative radius is its absolute value."""

TRIPS = ["project_l2.bad_radius_raises"]


def project_l2_(w, radius):
    radius = abs(radius)
    with torch.no_grad():
        length = w.square().sum().sqrt()
        if length > radius:
            w.mul_(radius / length)
    return w
