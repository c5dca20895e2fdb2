"""The distances stand on the diagonal of x S^-1 x^T."""

TRIPS = ["log_density.vectorised"]


def log_density(x, mu, S):
    gap = x - mu
    distances = (gap @ torch.linalg.inv(S) @ gap.T).diagonal()
    return -0.5 * (len(mu) * math.log(2 * math.pi) + torch.linalg.slogdet(S).logabsdet + distances)
