"""A small number in the denominator, as torch has it in clip_grad_norm_."""

TRIPS = ["project_l2.on_ball"]


def project_l2_(w, radius):
    if radius < 0:
        raise ValueError("radius")
    with torch.no_grad():
        length = w.square().sum().sqrt()
        if length > radius:
            w.mul_(radius / (length + 1e-2))
    return w
