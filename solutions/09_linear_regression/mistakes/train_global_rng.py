"""Shuffled with the global generator, so that no run can be repeated."""

TRIPS = ["train_sgd.generator_only"]


def train_sgd(X, y, lr, epochs, batch_size, generator):
    w, b, losses = X.new_zeros(X.shape[1], 1), X.new_zeros(1), []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(X)).split(batch_size):
            error = X[rows] @ w + b - y[rows]
            total += (error**2).sum().item() / 2
            w, b = w - lr * X[rows].T @ error / len(rows), b - lr * error.mean(0)
        losses.append(total / len(X))
    return w, b, losses
