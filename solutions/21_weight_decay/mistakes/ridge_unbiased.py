"""n - 1 rows count once the mean is taken."""

TRIPS = ["ridge_path.rows_repeated", "ridge_path.one_row"]


def ridge_path(X, y, lams):
    if any(lam < 0 for lam in lams):
        raise ValueError("strength")
    A, z, n = X - X.mean(0), y - y.mean(0), len(X) - 1
    norms = []
    for lam in lams:
        G = A.T @ A + n * lam * torch.eye(X.shape[1], dtype=X.dtype)
        w = torch.linalg.solve(G / n, A.T @ z / n) if lam else torch.linalg.pinv(A) @ z
        norms.append(w.norm())
    return torch.stack(norms) if norms else torch.zeros(0, dtype=X.dtype)
