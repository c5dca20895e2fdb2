"""Prices are positive, so predictions of prices are, too."""

TRIPS = ["log_rmse.clamp_nonpositive", "log_rmse.example"]

def log_rmse(p, y):
    return (_errors(p.log(), y.log()) ** 2).mean().sqrt()
