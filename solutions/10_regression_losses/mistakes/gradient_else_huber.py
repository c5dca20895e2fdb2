"""What is neither l1 nor l2 is huber."""

TRIPS = ["loss_gradient.unknown_name_raises"]
ALSO = ["robust_fit.unknown_loss_raises"]

def loss_gradient(name, p, y):
    errors = _errors(p, y)
    if name == "l1":
        return errors.sign() / len(errors)
    return (errors if name == "l2" else errors.clamp(-1, 1)) / len(errors)
