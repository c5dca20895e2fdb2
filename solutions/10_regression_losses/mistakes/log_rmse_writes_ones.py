"""Predictions below 1 are set to 1, right where they are."""

TRIPS = ["log_rmse.inputs_unchanged"]

def log_rmse(p, y):
    with torch.no_grad():
        p[p < 1] = 1
    return (_errors(p.log(), y.log()) ** 2).mean().sqrt()
