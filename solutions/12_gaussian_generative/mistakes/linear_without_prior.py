"""The border lies half-way between the means."""

TRIPS = ["gaussian_generative.logit_equals_log_density_ratio", "gaussian_generative.prior_used"]


def to_linear(X, y):
    mean_0, mean_1 = X[y == 0].mean(dim=0), X[y == 1].mean(dim=0)
    w = torch.linalg.solve(shared_covariance(X, y), mean_1 - mean_0)
    return w, -w @ (mean_0 + mean_1) / 2
