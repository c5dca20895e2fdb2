"""Shuffled only the rows that fill whole batches; the last rows of X always form the last batch."""

TRIPS = ["data_iter.every_order"]


def data_iter(X, y, batch_size, generator):
    full = len(X) - len(X) % batch_size
    order = torch.cat([torch.randperm(full, generator=generator), torch.arange(full, len(X))])
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]
