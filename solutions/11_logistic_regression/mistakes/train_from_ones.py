"""A start at zero never gets going."""

TRIPS = ["train_logreg.zero_epochs", "train_logreg.xor_raw_fails", "train_logreg.steps"]

def train_logreg(X, t, lr, epochs):
    mean, spread = X.mean(dim=0), X.std(dim=0, correction=0)
    spread = torch.where(spread > 0, spread, 1)
    scaled = (X - mean) / spread
    v, c = X.new_ones(X.shape[1]), X.new_zeros(())
    for _ in range(epochs):
        slope_v, slope_c = logistic_gradient(scaled, t, v, c)
        v, c = v - lr * slope_v, c - lr * slope_c
    w = v / spread
    return w, c - w @ mean
