"""Both branches can be added with weights 0 and 1."""

TRIPS = ["huber.huge_errors"]

def huber(p, y, delta=1.0):
    sizes = _errors(p, y).abs()
    small = (sizes <= delta).to(sizes.dtype)
    return (small * sizes**2 / 2 + (1 - small) * delta * (sizes - delta / 2)).mean()
