"""Only y needs to be centred."""

TRIPS = ["ridge_path.bias_free"]


def ridge_path(X, y, lams):
    if any(lam < 0 for lam in lams):
        raise ValueError("strength")
    A, z, n = X, y - y.mean(0), len(X)
    norms = []
    for lam in lams:
        G = A.T @ A + n * lam * torch.eye(X.shape[1], dtype=X.dtype)
        w = torch.linalg.solve(G, A.T @ z) if lam else torch.linalg.pinv(A) @ z
        norms.append(w.norm())
    return torch.stack(norms) if norms else torch.zeros(0, dtype=X.dtype)
