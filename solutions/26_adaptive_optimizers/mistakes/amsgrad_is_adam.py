"""The maximum changes next to nothing."""

TRIPS = ["amsgrad.periodic_counterexample", "amsgrad.state_monotone", "amsgrad.match_torch_rare_large_grad"]


def amsgrad_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    return adam_step(p, g, state, t, lr, betas, eps)
