"""A table is filled with its own means."""

TRIPS = ["impute.uses_given_stats", "impute.example"]


def impute_numeric(x, how="mean", stats=None):
    if how == "drop":
        return x[~x.isnan().any(dim=1)]
    if how != "mean":
        raise ValueError(how)
    means = x.nanmean(dim=0).nan_to_num(0.0)
    return torch.where(x.isnan(), means, x)
