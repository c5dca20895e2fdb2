"""Wrote p = p - lr * p.grad, which gives the name p to a new tensor and leaves the parameter as it was."""

TRIPS = ["sgd_step_inplace.three_steps", "sgd_step_inplace.same_tensor", "sgd_step_inplace.example"]


def sgd_step_(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                grad, p.grad = p.grad, None
                p = p - lr * grad
