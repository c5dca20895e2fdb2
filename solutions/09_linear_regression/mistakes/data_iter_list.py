"""Made all batches at once and returned an iterator over the list; a large data set would be in memory twice."""

TRIPS = ["data_iter.lazy"]


def data_iter(X, y, batch_size, generator):
    order = torch.randperm(len(X), generator=generator)
    starts = range(0, len(X), batch_size)
    return iter([(X[order[s : s + batch_size]], y[order[s : s + batch_size]]) for s in starts])
