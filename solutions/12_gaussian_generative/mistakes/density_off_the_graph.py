"""The mean is a given number; no gradient goes there."""

TRIPS = ["log_density.gradient"]


def log_density(x, mu, S):
    gap = x - mu.detach()
    distance = (gap @ torch.linalg.inv(S) * gap).sum(dim=1)
    return -0.5 * (len(mu) * math.log(2 * math.pi) + torch.linalg.slogdet(S).logabsdet + distance)
