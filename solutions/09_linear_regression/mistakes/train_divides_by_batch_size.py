"""Summed the gradient over the batch and divided by batch_size, also where the last batch has fewer rows."""

TRIPS = ["train_sgd.last_short_batch"]


def train_sgd(X, y, lr, epochs, batch_size, generator):
    w, b, losses = X.new_zeros(X.shape[1], 1), X.new_zeros(1), []
    for _ in range(epochs):
        total = 0.0
        for rows, labels in data_iter(X, y, batch_size, generator):
            error = rows @ w + b - labels
            total += (error**2).sum().item() / 2
            w, b = w - lr * rows.T @ error / batch_size, b - lr * error.sum(0) / batch_size
        losses.append(total / len(X))
    return w, b, losses
