"""The sign of e is e / |e|. (0 / 0 is nan.)"""

TRIPS = ["loss_gradient.kinks", "loss_gradient.example"]

def loss_gradient(name, p, y):
    errors = _errors(p, y)
    if name == "l1":
        return errors / errors.abs() / len(errors)
    if name == "l2":
        return errors / len(errors)
    if name == "huber":
        return errors.clamp(-1, 1) / len(errors)
    raise ValueError(name)
