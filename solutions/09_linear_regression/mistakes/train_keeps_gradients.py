"""Called backward() again and again without clearing .grad: every step repeats all the earlier ones."""

TRIPS = ["train_sgd.full_batch", "train_sgd.one_row_steps"]


def train_sgd(X, y, lr, epochs, batch_size, generator):
    w, b = X.new_zeros(X.shape[1], 1, requires_grad=True), X.new_zeros(1, requires_grad=True)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for rows, labels in data_iter(X, y, batch_size, generator):
            loss = squared_loss(rows @ w + b, labels)
            loss.backward()
            with torch.no_grad():
                w -= lr * w.grad
                b -= lr * b.grad
            total += loss.item() * len(rows)
        losses.append(total / len(X))
    return w.detach(), b.detach(), losses
