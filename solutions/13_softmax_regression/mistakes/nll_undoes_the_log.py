"""nll gets probabilities back by exp and averages those."""

TRIPS = ["nll_kl.nll_value", "nll_kl.example"]


def nll(logp, y):
    return -logp.exp().gather(1, y.unsqueeze(1)).mean().log()
