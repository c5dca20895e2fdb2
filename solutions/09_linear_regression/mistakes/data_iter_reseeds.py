"""Seeded the generator at every call, so that every epoch has the same order."""

TRIPS = ["data_iter.reshuffles"]
ALSO = ["train_sgd.reshuffles", "train_sgd.generator_only"]


def data_iter(X, y, batch_size, generator):
    order = torch.randperm(len(X), generator=generator.manual_seed(42))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]
