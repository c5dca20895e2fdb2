"""With statistics there is nothing left to drop."""

TRIPS = ["impute.drop_ignores_stats"]


def impute_numeric(x, how="mean", stats=None):
    if how == "drop" and stats is not None:
        return torch.where(x.isnan(), stats, x)
    if how == "drop":
        return x[~x.isnan().any(dim=1)]
    if how != "mean":
        raise ValueError(how)
    means = x.nanmean(dim=0).nan_to_num(0.0) if stats is None else stats
    return torch.where(x.isnan(), means, x)
