"""Every column has some spread."""

TRIPS = ["train_logreg.constant_column"]

def train_logreg(X, t, lr, epochs):
    mean, spread = X.mean(dim=0), X.std(dim=0, correction=0)
    scaled = (X - mean) / spread
    v, c = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(epochs):
        slope_v, slope_c = logistic_gradient(scaled, t, v, c)
        v, c = v - lr * slope_v, c - lr * slope_c
    w = v / spread
    return w, c - w @ mean
