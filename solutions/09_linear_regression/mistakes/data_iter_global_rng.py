"""Forgot to hand the generator to randperm."""

TRIPS = ["data_iter.generator_only"]
ALSO = ["train_sgd.generator_only"]


def data_iter(X, y, batch_size, generator):
    order = torch.randperm(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]
