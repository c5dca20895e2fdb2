"""Put new leaves into the list; the model that owns the old ones never learns of them."""

TRIPS = ["sgd_step_inplace.same_tensor"]


def sgd_step_(params, lr):
    for i, p in enumerate(params):
        if p.grad is not None:
            params[i] = (p - lr * p.grad).detach().requires_grad_()
