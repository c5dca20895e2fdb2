"""x == nan finds the gaps."""

TRIPS = ["impute.mean", "impute.drop", "impute.example"]


def impute_numeric(x, how="mean", stats=None):
    if how == "drop":
        return x[~(x == math.nan).any(dim=1)]
    if how != "mean":
        raise ValueError(how)
    means = x.nanmean(dim=0).nan_to_num(0.0) if stats is None else stats
    return torch.where((x == math.nan), means, x)
