"""The labels are flags from here on."""

TRIPS = ["gaussian_generative.inputs_unchanged"]


def to_linear(X, y):
    S = shared_covariance(X, y)
    mean_0, mean_1 = X[y == 0].mean(dim=0), X[y == 1].mean(dim=0)
    count = int(y.cumsum_(0)[-1])
    w = torch.linalg.solve(S, mean_1 - mean_0)
    return w, math.log(count / (len(y) - count)) - w @ (mean_0 + mean_1) / 2
