"""The gradient has the slopes of the elements; a mean does not change slopes."""

TRIPS = ["loss_gradient.vs_autograd", "loss_gradient.example"]
ALSO = ["robust_fit.example", "robust_fit.steps", "robust_fit.detached", "robust_fit.inputs_unchanged"]

def loss_gradient(name, p, y):
    errors = _errors(p, y)
    slopes = {"l1": errors.sign(), "l2": errors, "huber": errors.clamp(-1, 1)}
    if name not in slopes:
        raise ValueError(name)
    return slopes[name]
