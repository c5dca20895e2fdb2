"""First the density by its formula, then its logarithm."""

TRIPS = ["log_density.no_underflow"]


def log_density(x, mu, S):
    gap = x - mu
    distance = (gap @ torch.linalg.inv(S) * gap).sum(dim=1)
    scale = torch.sqrt((2 * math.pi) ** len(mu) * torch.linalg.det(S))
    return torch.log(torch.exp(-distance / 2) / scale)
