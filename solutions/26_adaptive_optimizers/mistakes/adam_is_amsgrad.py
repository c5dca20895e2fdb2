"""AMSGrad is the better Adam."""

TRIPS = ["adam.rare_large_gradient_60_steps"]


def adam_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    return amsgrad_step(p, g, state, t, lr, betas, eps)
