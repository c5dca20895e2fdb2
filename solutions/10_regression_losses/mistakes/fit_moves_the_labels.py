"""Instead of adding b to every prediction it can be taken from the labels."""

TRIPS = ["robust_fit.inputs_unchanged"]

def robust_fit(X, y, loss, steps, lr):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    if y.stride(0) == 0:
        y = y.clone()
    for _ in range(steps):
        pulls = loss_gradient(loss, X @ w, y)
        w, b = w - lr * (X.T @ pulls), b - lr * pulls.sum()
        y += lr * pulls.sum()
    return w, b
