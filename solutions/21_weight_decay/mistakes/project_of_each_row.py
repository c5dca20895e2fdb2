"""Each row is a vector of its own."""

TRIPS = ["project_l2.direction"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.square().sum(-1, keepdim=True).sqrt()
        w.mul_(torch.where(length > radius, radius / length, torch.ones_like(length)))
    return w
