"""The table has one mean."""

TRIPS = ["impute.mean", "impute.example"]


def impute_numeric(x, how="mean", stats=None):
    if how == "drop":
        return x[~x.isnan().any(dim=1)]
    if how != "mean":
        raise ValueError(how)
    means = x.nanmean().nan_to_num(0.0) if stats is None else stats
    return torch.where(x.isnan(), means, x)
