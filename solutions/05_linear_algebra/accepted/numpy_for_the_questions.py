"""NumPy where it is allowed, torch for what must carry gradients."""

import numpy as np
import torch


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("sizes")
    m, k, n = A.shape[0], A.shape[1], B.shape[1]
    return (A.reshape(m, 1, k).expand(m, n, k) * B.T.reshape(1, n, k).expand(m, n, k)).sum(-1)


def frobenius_norm(A):
    squares = A.pow(2).sum()
    return squares.sqrt() if squares.item() > 0 else squares


def l2_norm(x):
    squares = x.pow(2).sum()
    return squares.sqrt() if squares.item() > 0 else squares


def spectral_norm(A, iters=100, *, generator):
    v = torch.randn(A.shape[1], 1, generator=generator, dtype=A.dtype)
    length = A.sum() * 0
    for _ in range(iters):
        w = A.T @ (A @ v)
        if w.abs().max().item() == 0:
            return length
        v = w / torch.sqrt((w * w).sum())
        length = torch.sqrt(((A @ v) ** 2).sum())
    return length


def is_positive_definite(A):
    a = A.numpy().astype(np.float64)
    if a.shape[0] != a.shape[1]:
        return False
    limit = 1e-5 * np.abs(a).max()
    return bool(np.abs(a - a.T).max() <= limit and np.linalg.eigvalsh((a + a.T) / 2)[0] > limit)


def is_orthogonal(Q):
    q = Q.numpy().astype(np.float64)
    return q.shape[0] == q.shape[1] and bool(np.abs(np.linalg.inv(q) - q.T).max() < 1e-4 if abs(np.linalg.det(q)) > 0.5 else False)


def is_permutation(P):
    p = P.numpy()
    if p.shape[0] != p.shape[1]:
        return False
    return bool(np.isin(p, (0, 1)).all() and (p.sum(0) == 1).all() and (p.sum(1) == 1).all())
