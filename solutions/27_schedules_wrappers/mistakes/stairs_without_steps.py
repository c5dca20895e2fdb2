"""t / every."""

TRIPS = ["inverse_sqrt_step.step_boundaries", "inverse_sqrt_step.example"]


def step_decay(t, lr0, gamma, every):
    return lr0 * gamma ** (t / every)
