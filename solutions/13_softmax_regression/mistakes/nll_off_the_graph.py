"""A likelihood is for reading, not for training."""

TRIPS = ["nll_kl.gradient"]


def nll(logp, y):
    return -logp.detach().gather(1, y.unsqueeze(1)).mean()
