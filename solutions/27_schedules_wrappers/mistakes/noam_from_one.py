"""Steps begin at 1."""

TRIPS = ["inverse_sqrt_step.t0_safe"]


def noam(t, d_model, warmup):
    return min(t**-0.5, t * warmup**-1.5) / math.sqrt(d_model)
