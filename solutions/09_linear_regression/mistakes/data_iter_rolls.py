"""Started at a random row and went round: a random start is not a random order."""

TRIPS = ["data_iter.mixes_within_batch"]


def data_iter(X, y, batch_size, generator):
    first = int(torch.randint(max(len(X), 1), (1,), generator=generator))
    order = (torch.arange(len(X)) + first) % max(len(X), 1)
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]
