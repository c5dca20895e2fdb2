"""The order of the rows that stay does not matter."""

TRIPS = ["impute.drop", "impute.nothing_missing"]


def impute_numeric(x, how="mean", stats=None):
    if how == "drop":
        kept = x[~x.isnan().any(dim=1)]
        return kept[kept[:, 0].argsort()]
    if how != "mean":
        raise ValueError(how)
    means = x.nanmean(dim=0).nan_to_num(0.0) if stats is None else stats
    return torch.where(x.isnan(), means, x)
