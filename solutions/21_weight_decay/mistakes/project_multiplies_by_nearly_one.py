"""min(1, r / |w|) covers both cases. (With 1e-12 it is not exactly 1.)"""

TRIPS = ["project_l2.inside_untouched"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.square().sum().sqrt()
        w.mul_(torch.clamp(radius / (length + 1e-12), max=1.0 - 1e-7))
    return w
