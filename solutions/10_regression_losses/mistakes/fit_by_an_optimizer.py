"""SGD of torch makes the steps, and its parameters are the result."""

TRIPS = ["robust_fit.no_optimiser", "robust_fit.detached"]

def robust_fit(X, y, loss, steps, lr):
    w, b = X.new_zeros(X.shape[1]).requires_grad_(), X.new_zeros(()).requires_grad_()
    optimizer = torch.optim.SGD([w, b], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        if loss not in ("l1", "l2", "huber"):
            raise ValueError(loss)
        {"l1": l1_loss, "l2": l2_loss, "huber": huber}[loss](X @ w + b, y).backward()
        optimizer.step()
    return w, b
