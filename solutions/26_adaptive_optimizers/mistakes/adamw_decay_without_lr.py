"""wd is a share of its own."""

TRIPS = ["adamw.decay_with_zero_grad", "adamw.example"]


def adamw_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8, wd=0.01):
    return (1 - wd) * p + (adam_step(p, g, state, t, lr, betas, eps) - p)
