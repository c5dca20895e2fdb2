"""Drew row numbers with randint: some rows come twice in an epoch, others never."""

TRIPS = ["data_iter.covers_all_once", "data_iter.example"]
ALSO = ["train_sgd.example", "train_sgd.full_batch", "train_sgd.losses", "train_sgd.one_row_steps"]


def data_iter(X, y, batch_size, generator):
    order = torch.randint(max(len(X), 1), (len(X),), generator=generator)
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]
