"""The logarithm has to be taken somewhere, so it is taken here."""

TRIPS = ["nll_kl.nll_value", "nll_kl.example"]


def nll(logp, y):
    return -logp.log().gather(1, y.unsqueeze(1)).mean()
