"""Shuffled X and y each with a permutation of its own; the labels now belong to other rows."""

TRIPS = ["data_iter.pairs_kept", "data_iter.example"]
ALSO = [
    "train_sgd.example",
    "train_sgd.recovers_w_b",
    "train_sgd.loss_decreases",
    "train_sgd.full_batch",
    "train_sgd.losses",
    "train_sgd.one_row_steps",
]


def data_iter(X, y, batch_size, generator):
    one, other = (torch.randperm(len(X), generator=generator) for _ in range(2))
    for start in range(0, len(X), batch_size):
        end = start + batch_size
        yield X[one[start:end]], y[other[start:end]]
