"""Statistics of zero are no statistics."""

TRIPS = ["impute.uses_given_stats"]


def impute_numeric(x, how="mean", stats=None):
    if how == "drop":
        return x[~x.isnan().any(dim=1)]
    if how != "mean":
        raise ValueError(how)
    means = x.nanmean(dim=0).nan_to_num(0.0) if stats is None or not stats.any() else stats
    return torch.where(x.isnan(), means, x)
