"""torch.where throws away what the logarithm did below 1. (Its gradient comes back as 0 * inf.)"""

TRIPS = ["log_rmse.gradient"]

def log_rmse(p, y):
    logs = torch.where(p < 1, torch.zeros_like(p), p.log())
    return (_errors(logs, y.log()) ** 2).mean().sqrt()
