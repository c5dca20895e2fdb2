"""1e-3 instead of 0 makes the matrix invertible."""

TRIPS = ["ridge_path.lam0_is_min_norm"]


def ridge_path(X, y, lams):
    if any(lam < 0 for lam in lams):
        raise ValueError("strength")
    A, z, n = X - X.mean(0), y - y.mean(0), len(X)
    norms = []
    for lam in lams:
        G = A.T @ A + n * lam * torch.eye(X.shape[1], dtype=X.dtype)
        w = torch.linalg.solve(G, A.T @ z) if lam else torch.linalg.solve(G + 1e-3 * torch.eye(X.shape[1], dtype=X.dtype), A.T @ z)
        norms.append(w.norm())
    return torch.stack(norms) if norms else torch.zeros(0, dtype=X.dtype)
