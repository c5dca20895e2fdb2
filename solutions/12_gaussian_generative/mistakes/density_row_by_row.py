"""One row after the other is easier to read."""

TRIPS = ["log_density.vectorised"]


def log_density(x, mu, S):
    inverse, log_det = torch.linalg.inv(S), torch.linalg.slogdet(S).logabsdet
    distances = torch.stack([(row - mu) @ inverse @ (row - mu) for row in x])
    return -0.5 * (len(mu) * math.log(2 * math.pi) + log_det + distances)
