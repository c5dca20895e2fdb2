"""Kept the batches as they lie in X and shuffled the rows inside each."""

TRIPS = ["data_iter.mixes_within_batch"]
ALSO = ["train_sgd.reshuffles", "train_sgd.generator_only"]


def data_iter(X, y, batch_size, generator):
    for start in range(0, len(X), batch_size):
        part, labels = X[start : start + batch_size], y[start : start + batch_size]
        rows = torch.randperm(len(part), generator=generator)
        yield part[rows], labels[rows]
