"""Gradient descent finds its way in any units."""

TRIPS = ["train_logreg.steps", "train_logreg.example"]

def train_logreg(X, t, lr, epochs):
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(epochs):
        slope_w, slope_b = logistic_gradient(X, t, w, b)
        w, b = w - lr * slope_w, b - lr * slope_b
    return w, b
