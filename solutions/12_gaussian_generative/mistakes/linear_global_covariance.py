"""S is the covariance of all rows together."""

TRIPS = ["gaussian_generative.logit_equals_log_density_ratio", "gaussian_generative.prior_used"]


def to_linear(X, y):
    mean_0, mean_1 = X[y == 0].mean(dim=0), X[y == 1].mean(dim=0)
    w = torch.linalg.solve(gaussian_mle(X)[1], mean_1 - mean_0)
    count = int((y == 1).sum())
    return w, math.log(count / (len(y) - count)) - w @ (mean_0 + mean_1) / 2
