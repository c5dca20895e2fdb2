"""An if decides which branch it is: by the mean error."""

TRIPS = ["huber.value", "huber.example"]

def huber(p, y, delta=1.0):
    sizes = _errors(p, y).abs()
    if sizes.mean() <= delta:
        return (sizes**2 / 2).mean()
    return (delta * (sizes - delta / 2)).mean()
