"""log(1 + x) is the safer logarithm."""

TRIPS = ["log_rmse.scale_invariance", "log_rmse.value", "log_rmse.n1"]

def log_rmse(p, y):
    return (_errors(p.clamp(min=1).log1p(), y.log1p()) ** 2).mean().sqrt()
