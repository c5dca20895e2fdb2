"""Huber and smooth L1 are two names for one loss. (They differ by the factor delta.)"""

TRIPS = ["huber.delta2"]

def huber(p, y, delta=1.0):
    sizes = _errors(p, y).abs()
    return torch.where(sizes <= delta, sizes**2 / (2 * delta), sizes - delta / 2).mean()
