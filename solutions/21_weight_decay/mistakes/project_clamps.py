"""Every entry is cut to at most the radius."""

TRIPS = ["project_l2.direction", "project_l2.on_ball", "project_l2.example"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.square().sum().sqrt()
        if length > radius:
            w.clamp_(-radius, radius)
    return w
