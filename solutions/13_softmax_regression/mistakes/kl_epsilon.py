"""A small number on both sides keeps log away from 0."""

TRIPS = ["nll_kl.zero_prob"]


def kl(p, q):
    return (p * ((p + 1e-12) / (q + 1e-12)).log()).sum(dim=1)
