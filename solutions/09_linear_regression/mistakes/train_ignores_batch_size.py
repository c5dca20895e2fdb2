"""Used all rows for every step: one step per epoch is gradient descent, but not stochastic."""

TRIPS = ["train_sgd.recovers_w_b", "train_sgd.one_row_steps"]


def train_sgd(X, y, lr, epochs, batch_size, generator):
    w, b, losses = X.new_zeros(X.shape[1], 1), X.new_zeros(1), []
    for _ in range(epochs):
        error = X @ w + b - y
        losses.append((error**2).mean().item() / 2)
        w, b = w - lr * X.T @ error / len(X), b - lr * error.mean(0)
    return w, b, losses
