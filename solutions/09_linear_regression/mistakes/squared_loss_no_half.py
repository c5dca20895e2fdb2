"""Left out the 1/2."""

TRIPS = ["squared_loss.value"]
ALSO = [
    "train_sgd.example",
    "train_sgd.full_batch",
    "train_sgd.losses",
    "train_sgd.last_short_batch",
    "train_sgd.one_row_steps",
]


def squared_loss(y_hat, y):
    return ((y_hat.reshape(-1) - y.reshape(-1)) ** 2).mean()
