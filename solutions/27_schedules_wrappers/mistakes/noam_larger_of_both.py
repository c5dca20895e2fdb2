"""max instead of min."""

TRIPS = ["inverse_sqrt_step.noam_peak", "inverse_sqrt_step.example"]


def noam(t, d_model, warmup):
    return max(max(t, 1) ** -0.5, t * warmup**-1.5) / math.sqrt(d_model)
