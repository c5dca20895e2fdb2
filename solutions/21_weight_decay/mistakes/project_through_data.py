"""w.data = ... writes into w. (It gives w another memory.)"""

TRIPS = ["project_l2.view", "project_l2.in_place"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.square().sum().sqrt()
        if length > radius:
            w.data = w.data * (radius / length)
    return w
