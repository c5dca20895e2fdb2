"""What is good for predictions is good for labels."""

TRIPS = ["log_rmse.labels_stay"]

def log_rmse(p, y):
    return (_errors(p.clamp(min=1).log(), y.clamp(min=1).log()) ** 2).mean().sqrt()
