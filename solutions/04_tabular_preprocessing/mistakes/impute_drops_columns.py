"""Dropping takes the incomplete columns away."""

TRIPS = ["impute.drop", "impute.example"]


def impute_numeric(x, how="mean", stats=None):
    if how == "drop":
        return x[:, ~x.isnan().any(dim=0)]
    if how != "mean":
        raise ValueError(how)
    means = x.nanmean(dim=0).nan_to_num(0.0) if stats is None else stats
    return torch.where(x.isnan(), means, x)
