"""What is not drop is mean."""

TRIPS = ["impute.unknown_how_raises"]


def impute_numeric(x, how="mean", stats=None):
    if how == "drop":
        return x[~x.isnan().any(dim=1)]
    means = x.nanmean(dim=0).nan_to_num(0.0) if stats is None else stats
    return torch.where(x.isnan(), means, x)
