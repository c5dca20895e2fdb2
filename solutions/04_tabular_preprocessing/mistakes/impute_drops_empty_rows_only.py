"""A row is dropped if nothing in it is known."""

TRIPS = ["impute.drop", "impute.all_rows_dropped", "impute.example"]


def impute_numeric(x, how="mean", stats=None):
    if how == "drop":
        return x[~x.isnan().all(dim=1)]
    if how != "mean":
        raise ValueError(how)
    means = x.nanmean(dim=0).nan_to_num(0.0) if stats is None else stats
    return torch.where(x.isnan(), means, x)
