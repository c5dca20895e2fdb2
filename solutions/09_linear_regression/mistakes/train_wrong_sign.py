"""Went uphill: added the gradient."""

TRIPS = ["train_sgd.loss_decreases", "train_sgd.recovers_w_b", "train_sgd.example"]


def train_sgd(X, y, lr, epochs, batch_size, generator):
    w, b, losses = X.new_zeros(X.shape[1], 1), X.new_zeros(1), []
    for _ in range(epochs):
        total = 0.0
        for rows, labels in data_iter(X, y, batch_size, generator):
            error = rows @ w + b - labels
            total += (error**2).sum().item() / 2
            w, b = w + lr * rows.T @ error / len(rows), b + lr * error.mean(0)
        losses.append(total / len(X))
    return w, b, losses
