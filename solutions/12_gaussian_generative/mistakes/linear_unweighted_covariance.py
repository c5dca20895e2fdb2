"""S is the plain mean of both covariances."""

TRIPS = ["gaussian_generative.logit_equals_log_density_ratio"]


def to_linear(X, y):
    (mean_0, S_0), (mean_1, S_1) = gaussian_mle(X[y == 0]), gaussian_mle(X[y == 1])
    w = torch.linalg.solve((S_0 + S_1) / 2, mean_1 - mean_0)
    count = int((y == 1).sum())
    return w, math.log(count / (len(y) - count)) - w @ (mean_0 + mean_1) / 2
