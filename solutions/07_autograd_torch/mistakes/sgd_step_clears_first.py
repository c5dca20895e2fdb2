"""Cleared the gradients at the start of the step, where zero_grad stands in many training loops, before using them."""

TRIPS = ["sgd_step_inplace.three_steps", "sgd_step_inplace.example"]


def sgd_step_(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p.grad.zero_()
                p -= lr * p.grad
