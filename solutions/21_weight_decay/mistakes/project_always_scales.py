"""The length becomes the radius."""

TRIPS = ["project_l2.inside_untouched", "project_l2.example"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.square().sum().sqrt()
        w.mul_(radius / length.clamp(min=1e-30))
    return w
