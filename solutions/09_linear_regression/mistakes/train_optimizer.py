"""Let torch.optim.SGD make the steps."""

import torch.optim

TRIPS = ["train_sgd.no_optimizer"]


def train_sgd(X, y, lr, epochs, batch_size, generator):
    w, b = X.new_zeros(X.shape[1], 1, requires_grad=True), X.new_zeros(1, requires_grad=True)
    optimizer, losses = torch.optim.SGD([w, b], lr=lr), []
    for _ in range(epochs):
        total = 0.0
        for rows, labels in data_iter(X, y, batch_size, generator):
            optimizer.zero_grad()
            loss = squared_loss(rows @ w + b, labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(X))
    return w.detach(), b.detach(), losses
