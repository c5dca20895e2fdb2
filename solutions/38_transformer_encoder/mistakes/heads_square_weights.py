"""W is d x C."""

TRIPS = ["heads.token_value"]


def token_head(h, W):
    return h @ W if W.shape[0] == W.shape[1] else h @ W.T
