"""A column of ones everywhere: one theta instead of w and b. The pseudo-inverse of A^T A, and an order by drawing lots."""

import torch


def _with_ones(X):
    return torch.nn.functional.pad(X, (0, 1), value=1.0)


def synthetic_linear(w, b, n, noise, generator):
    X = torch.normal(0.0, 1.0, (n, len(w)), generator=generator, dtype=w.dtype)
    y = _with_ones(X) @ torch.cat([w, w.new_tensor([b])])
    return X, y.view(n, 1) + torch.normal(0.0, 1.0, (n, 1), generator=generator, dtype=w.dtype) * noise


def normal_equation(X, y):
    A = _with_ones(X)
    theta = A.T @ torch.linalg.pinv(A @ A.T) @ y if len(A) < A.shape[1] else torch.linalg.pinv(A.T @ A) @ (A.T @ y)
    return theta[:-1], theta[-1]


def data_iter(X, y, batch_size, generator):
    lots = list(range(len(X)))
    for last in range(len(X) - 1, 0, -1):
        other = int(torch.randint(last + 1, (), generator=generator))
        lots[last], lots[other] = lots[other], lots[last]
    while lots:
        rows, lots = lots[:batch_size], lots[batch_size:]
        yield X[rows], y[rows]


def squared_loss(y_hat, y):
    return torch.mean(torch.square(y_hat.view(y.shape) - y)) * 0.5


def train_sgd(X, y, lr, epochs, batch_size, generator):
    A, theta = _with_ones(X), X.new_zeros(X.shape[1] + 1, 1)
    losses = []
    for _ in range(epochs):
        losses.append(0.0)
        for rows, labels in data_iter(A, y, batch_size, generator):
            loss, gradient = torch.func.grad_and_value(lambda t: squared_loss(rows @ t, labels))(theta)[::-1]
            theta = theta - lr * gradient
            losses[-1] += loss.item() * len(rows) / len(A)
    return theta[:-1], theta[-1], losses


def gaussian_nll(y_hat, y, sigma):
    z = (y_hat.reshape(y.shape) - y) / sigma
    log_density = -0.5 * z * z - torch.log(torch.tensor(sigma * (2 * torch.pi) ** 0.5, dtype=z.dtype))
    return log_density.mean().neg()


def grid_search_w(x, y, grid):
    squares = grid**2 * (x @ x) - 2 * grid * (x @ y) + y @ y
    return squares.tolist().index(min(squares.tolist()))
