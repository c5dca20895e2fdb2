"""Weights are a column, and the bias is a vector of one."""

TRIPS = ["gaussian_generative.shapes", "gaussian_generative.example"]


def to_linear(X, y):
    mean_0, mean_1 = X[y == 0].mean(dim=0), X[y == 1].mean(dim=0)
    w = torch.linalg.solve(shared_covariance(X, y), (mean_1 - mean_0)[:, None])
    count = int((y == 1).sum())
    return w, math.log(count / (len(y) - count)) - (mean_0 + mean_1) @ w / 2
