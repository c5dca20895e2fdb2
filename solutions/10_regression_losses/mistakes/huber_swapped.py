"""Small errors get the line, large ones the parabola."""

TRIPS = ["huber.grad_bounded", "huber.value", "huber.gradcheck"]

def huber(p, y, delta=1.0):
    sizes = _errors(p, y).abs()
    return torch.where(sizes > delta, sizes**2 / 2, delta * (sizes - delta / 2)).mean()
