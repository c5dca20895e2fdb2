"""0 * log 0 is 0, since 0 times anything is 0."""

TRIPS = ["nll_kl.zero_prob", "nll_kl.example"]


def kl(p, q):
    return (p * (p / q).log()).sum(dim=1)
