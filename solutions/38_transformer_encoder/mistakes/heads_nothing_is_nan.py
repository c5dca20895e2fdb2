"""A sequence without tokens has no mean."""

TRIPS = ["heads.nothing_to_average"]


def sequence_head(h, mask, how):
    if how == "cls":
        return h[:, 0]
    if how != "mean":
        raise ValueError(how)
    total = (h * mask.unsqueeze(-1)).sum(dim=1)
    return total / mask.sum(dim=1, keepdim=True)
