"""The length is the sum of the absolute values."""

TRIPS = ["project_l2.on_ball"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.abs().sum()
        if length > radius:
            w.mul_(radius / length)
    return w
