"""Went one step too far in the range: where batch_size divides n there is an empty batch at the end."""

TRIPS = ["data_iter.n_batches_ceil"]
ALSO = ["train_sgd.example", "train_sgd.loss_decreases", "train_sgd.losses"]


def data_iter(X, y, batch_size, generator):
    order = torch.randperm(len(X), generator=generator)
    for start in range(0, len(X) + 1, batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]
