"""Cut the batches first and shuffled only their order: the same rows always come together."""

TRIPS = ["data_iter.mixes_within_batch"]


def data_iter(X, y, batch_size, generator):
    starts = torch.arange(0, len(X), batch_size)
    for start in starts[torch.randperm(len(starts), generator=generator)].tolist():
        yield X[start : start + batch_size], y[start : start + batch_size]
