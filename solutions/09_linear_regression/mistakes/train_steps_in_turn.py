"""Stepped w first and computed the gradient for b with the new w; both belong to the same point."""

TRIPS = ["train_sgd.full_batch", "train_sgd.last_short_batch"]


def train_sgd(X, y, lr, epochs, batch_size, generator):
    w, b, losses = X.new_zeros(X.shape[1], 1), X.new_zeros(1), []
    for _ in range(epochs):
        total = 0.0
        for rows, labels in data_iter(X, y, batch_size, generator):
            error = rows @ w + b - labels
            total += (error**2).sum().item() / 2
            w = w - lr * rows.T @ error / len(rows)
            b = b - lr * (rows @ w + b - labels).mean(0)
        losses.append(total / len(X))
    return w, b, losses
