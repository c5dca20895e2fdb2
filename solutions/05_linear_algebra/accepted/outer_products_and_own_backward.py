"""A matrix product as a sum of outer products, norms with a backward pass of their own, Cholesky, a Gram matrix."""

import torch
from torch import nn


def dot(x, y):
    return matmul(x[None], y[:, None]).reshape(())


def matvec(A, x):
    return matmul(A, x[:, None]).squeeze(1)


def matmul(A, B):
    if A.size(1) != B.size(0):
        raise RuntimeError("these do not fit")
    return sum(A[:, j, None] * B[None, j] for j in range(A.size(1)))


def hadamard(A, C):
    if A.shape != C.shape:
        raise ValueError("shapes differ")
    return A.clone().mul_(C)


class Length(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        norm = x.square().sum().sqrt()
        ctx.save_for_backward(x, norm)
        return norm

    @staticmethod
    def backward(ctx, grad):
        x, norm = ctx.saved_tensors
        return grad * x / norm if norm > 0 else torch.zeros_like(x)


def l1_norm(x):
    return nn.functional.relu(x).sum() + nn.functional.relu(-x).sum()


def l2_norm(x):
    return Length.apply(x)


def frobenius_norm(A):
    return Length.apply(A)


def spectral_norm(A, iters=100, *, generator):
    gram = A.detach().T @ A.detach()
    v = torch.empty(A.shape[1], dtype=A.dtype).normal_(generator=generator)
    v /= v.norm()
    for _ in range(iters):
        w = gram @ v
        size = float(w.norm())
        v = w / size if size else w
    u = (A.detach() @ v)
    u = u / u.norm() if u.any() else u
    return u @ (A @ v)


def is_positive_definite(A):
    if A.shape[0] != A.shape[1]:
        return False
    A = A.double()
    size = float(A.abs().max())
    if not torch.allclose(A, A.T, rtol=0, atol=1e-5 * size):
        return False
    _, info = torch.linalg.cholesky_ex(A - 1e-5 * size * torch.eye(len(A), dtype=A.dtype))
    return info.item() == 0


def is_orthogonal(Q):
    if Q.shape[0] != Q.shape[1]:
        return False
    return torch.allclose(Q.T @ Q, torch.eye(len(Q), dtype=Q.dtype), rtol=0, atol=1e-4)


def is_permutation(P):
    if P.shape[0] != P.shape[1]:
        return False
    order = P.argmax(dim=1)
    return torch.equal(P, torch.eye(len(P), dtype=P.dtype)[order]) and len(set(order.tolist())) == len(P)


def is_antisymmetric(A):
    return A.shape == A.T.shape and torch.allclose(A, -A.T, rtol=0, atol=1e-5 * float(A.abs().max()))


def top_eigen(A, iters=100, *, generator):
    v = torch.nn.functional.normalize(torch.randn(len(A), generator=generator, dtype=A.dtype), dim=0)
    value = v @ A @ v
    for _ in range(iters):
        w = A @ v
        if not w.any():
            return value, v
        v = w.div(torch.linalg.vector_norm(w))
        value = (v * (A @ v)).sum()
    return value, v
