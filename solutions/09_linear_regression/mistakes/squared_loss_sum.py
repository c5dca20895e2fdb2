"""Added the errors up instead of averaging: the size of a step now depends on the batch."""

TRIPS = ["squared_loss.value", "squared_loss.example"]
ALSO = [
    "train_sgd.example",
    "train_sgd.loss_decreases",
    "train_sgd.recovers_w_b",
    "train_sgd.full_batch",
    "train_sgd.losses",
    "train_sgd.last_short_batch",
    "train_sgd.one_row_steps",
]


def squared_loss(y_hat, y):
    return ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).sum() / 2
