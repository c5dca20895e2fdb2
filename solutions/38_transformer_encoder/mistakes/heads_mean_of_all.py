"""The mean goes over all places."""

TRIPS = ["heads.masked_mean", "heads.example"]


def sequence_head(h, mask, how):
    if how == "cls":
        return h[:, 0]
    if how != "mean":
        raise ValueError(how)
    return h.mean(dim=1)
