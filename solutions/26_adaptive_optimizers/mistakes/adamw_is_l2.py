"""Decay and penalty are the same."""

TRIPS = ["adamw.match_torch_8_steps", "adamw.decay_with_zero_grad", "adamw.example"]


def adamw_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8, wd=0.01):
    return adam_step(p, g + wd * p, state, t, lr, betas, eps)
