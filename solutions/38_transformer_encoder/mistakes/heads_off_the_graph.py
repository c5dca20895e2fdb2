"""Only W is trained."""

TRIPS = ["heads.gradient"]


def token_head(h, W):
    return h.detach() @ W.T
