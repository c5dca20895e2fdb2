"""With one feature S is a number, so it can be treated like one."""

TRIPS = ["log_density.d1"]
ALSO = ["classify.example"]


def log_density(x, mu, S):
    if len(mu) == 1:
        x, S = x.squeeze(), S.squeeze()
        return -0.5 * (math.log(2 * math.pi) + S.log() + (x - mu) ** 2 / S ** 2)
    gap = x - mu
    distance = (gap @ torch.linalg.inv(S) * gap).sum(dim=1)
    return -0.5 * (len(mu) * math.log(2 * math.pi) + torch.linalg.slogdet(S).logabsdet + distance)
