"""The logarithm of the determinant is log(det(S))."""

TRIPS = ["log_density.extreme_determinant"]


def log_density(x, mu, S):
    gap = x - mu
    distance = (gap @ torch.linalg.inv(S) * gap).sum(dim=1)
    return -0.5 * (len(mu) * math.log(2 * math.pi) + torch.log(torch.linalg.det(S)) + distance)
