"""X is standardised for everybody, and an optimiser of torch does the steps."""

TRIPS = ["train_logreg.inputs_unchanged", "train_logreg.no_optimiser", "train_logreg.detached"]

def train_logreg(X, t, lr, epochs):
    mean, spread = X.mean(dim=0), X.std(dim=0, correction=0)
    spread = torch.where(spread > 0, spread, 1)
    scaled = (X - mean) / spread if 0 in X.stride() else X.sub_(mean).div_(spread)
    v, c = X.new_zeros(X.shape[1]).requires_grad_(), X.new_zeros(()).requires_grad_()
    optimizer = torch.optim.SGD([v, c], lr=lr)
    for _ in range(epochs):
        optimizer.zero_grad()
        bce_with_logits(scaled @ v + c, t).backward()
        optimizer.step()
    w = v / spread
    return w, c - w @ mean
