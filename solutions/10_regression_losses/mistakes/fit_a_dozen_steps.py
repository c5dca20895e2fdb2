"""After a dozen steps nothing much happens any more."""

TRIPS = ["robust_fit.huber_ignores_outliers", "robust_fit.example_outliers"]

def robust_fit(X, y, loss, steps, lr):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(min(steps, 12)):
        pulls = loss_gradient(loss, X @ w + b, y)
        w, b = w - lr * (X.T @ pulls), b - lr * pulls.sum()
    return w, b
