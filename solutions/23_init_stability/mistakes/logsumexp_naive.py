"""Takes the formula as it stands."""

TRIPS = ["stable_ops.large", "stable_ops.fp16", "stable_ops.example"]


def logsumexp(x, dim):
    if x.shape[dim] == 0:
        raise ValueError("empty")
    return x.exp().sum(dim).log()
