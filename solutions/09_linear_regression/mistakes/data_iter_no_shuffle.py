"""Went through the rows from first to last."""

TRIPS = ["data_iter.shuffled", "data_iter.reshuffles"]
ALSO = ["train_sgd.reshuffles", "train_sgd.generator_only"]


def data_iter(X, y, batch_size, generator):
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]
