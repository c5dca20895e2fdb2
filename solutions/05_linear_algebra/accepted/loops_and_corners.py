"""Loops over rows and columns, a norm that divides by the largest entry first, and determinants of corners."""

import torch


def dot(x, y):
    if len(x) != len(y):
        raise ValueError("not equally long")
    total = x[0] * y[0]
    for a, b in zip(x[1:], y[1:]):
        total = total + a * b
    return total


def matvec(A, x):
    return torch.stack([dot(row, x) for row in A])


def matmul(A, B):
    return torch.stack([matvec(A, column) for column in B.T], dim=1)


def hadamard(A, C):
    if A.shape != C.shape:
        raise ValueError("shapes differ")
    return torch.stack([torch.stack([a * c for a, c in zip(*rows)]) for rows in zip(A, C)])


def l1_norm(x):
    return torch.where(x < 0, -x, x).sum()


def l2_norm(x):
    largest = x.detach().abs().max()
    if largest == 0:
        return (x * 0).sum()
    return largest * (x / largest).pow(2).sum() ** 0.5


def frobenius_norm(A):
    return l2_norm(A.reshape(-1))


def spectral_norm(A, iters=100, *, generator):
    v = torch.rand(A.shape[1], generator=generator, dtype=A.dtype) - 0.5
    for _ in range(iters):
        u = A @ v
        if not u.any():
            return u.sum()
        v = A.t() @ (u / u.norm())
        v = v / v.norm()
    return torch.linalg.vector_norm(A @ v)


def is_positive_definite(A):
    m, n = A.shape
    if m != n or not A.any():
        return False
    A = A.double() / A.abs().max()
    if (A - A.t()).abs().max() > 1e-5:
        return False
    shifted = A - 1e-5 * torch.eye(n, dtype=A.dtype)
    return all(torch.linalg.det(shifted[:k, :k]).item() > 0 for k in range(1, n + 1))


def is_orthogonal(Q):
    m, n = Q.shape
    if m != n:
        return False
    for i in range(n):
        for j in range(n):
            if abs(float(Q[i] @ Q[j]) - (i == j)) > 1e-4:
                return False
    return True


def is_permutation(P):
    if P.shape[0] != P.shape[1]:
        return False
    rows = P.tolist()
    wanted = [0.0] * (len(rows) - 1) + [1.0]
    return all(sorted(row) == wanted for row in rows) and all(sorted(column) == wanted for column in zip(*rows))


def is_antisymmetric(A):
    m, n = A.shape
    limit = 1e-5 * A.abs().max().item()
    return m == n and all(abs(A[i, j].item() + A[j, i].item()) <= limit for i in range(n) for j in range(i, n))


def top_eigen(A, iters=100, *, generator):
    v = torch.randn(A.shape[0], 1, generator=generator, dtype=A.dtype)
    v = v / v.norm()
    for _ in range(iters):
        w = A.mm(v)
        if w.abs().max() > 0:
            v = w / w.norm()
    return (v.T @ A @ v).reshape(()), v.squeeze(1)
