"""In place means that nothing is returned."""

TRIPS = ["project_l2.in_place", "project_l2.example"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.square().sum().sqrt()
        if length > radius:
            w.mul_(radius / length)
    return None
