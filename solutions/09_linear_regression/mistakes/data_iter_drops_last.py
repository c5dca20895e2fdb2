"""Left out the rows that do not fill a batch."""

TRIPS = ["data_iter.covers_all_once", "data_iter.n_batches_ceil", "data_iter.example"]
ALSO = ["train_sgd.full_batch", "train_sgd.last_short_batch", "train_sgd.losses"]


def data_iter(X, y, batch_size, generator):
    order = torch.randperm(len(X), generator=generator)
    for start in range(0, len(X) - batch_size + 1, batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]
