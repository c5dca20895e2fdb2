"""The zeros of a one-hot row wipe out the other columns. (0 * -inf is nan.)"""

TRIPS = ["nll_kl.impossible_class"]


def nll(logp, y):
    return -(one_hot(y, logp.shape[1]) * logp).sum(dim=1).mean()
