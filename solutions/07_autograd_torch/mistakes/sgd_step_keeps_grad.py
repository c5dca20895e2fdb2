"""Forgot to clear the gradients: the second step uses the sum of two."""

TRIPS = ["sgd_step_inplace.three_steps", "sgd_step_inplace.grad_zeroed"]


def sgd_step_(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * p.grad
