"""Descent finds its way from any start."""

TRIPS = ["robust_fit.zero_steps", "robust_fit.steps", "robust_fit.example"]

def robust_fit(X, y, loss, steps, lr):
    w, b = X.new_ones(X.shape[1]), X.new_zeros(())
    for _ in range(steps):
        pulls = loss_gradient(loss, X @ w + b, y)
        w, b = w - lr * (X.T @ pulls), b - lr * pulls.sum()
    return w, b
