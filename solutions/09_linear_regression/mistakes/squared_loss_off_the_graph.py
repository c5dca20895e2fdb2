"""Made a new tensor from the number; it has no history, so nothing can be learned from it."""

TRIPS = ["squared_loss.gradcheck"]
ALSO = [
    "train_sgd.example",
    "train_sgd.recovers_w_b",
    "train_sgd.loss_decreases",
    "train_sgd.full_batch",
    "train_sgd.losses",
    "train_sgd.last_short_batch",
    "train_sgd.one_row_steps",
    "train_sgd.generator_only",
]


def squared_loss(y_hat, y):
    error = y_hat.reshape(-1) - y.reshape(-1)
    return torch.tensor((error**2).mean().item() / 2, dtype=y_hat.dtype)
