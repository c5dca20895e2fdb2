"""Topic 5: linear algebra and norms.

Fill in every function. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless something else is written. All sizes are at least 1 and all numbers finite. No function changes its
arguments. Matrices are written A, B, C, P, Q, vectors x, y, v; m, n, k are sizes.
"""

from __future__ import annotations

import torch
from torch import Generator, Tensor

# 1. Products: from multiplications and sums alone, without @ and without torch's ready-made products.


def matvec(A: Tensor, x: Tensor) -> Tensor:
    """A times x: entry i is the sum over j of A[i, j] * x[j].

    A (m, k), x (k,). Returns (m,); gradients flow back to A and x.
    Raises ValueError (a RuntimeError of torch is as good) if A has not exactly as many columns as x has numbers:
    1 does not stretch here.

    >>> matvec(torch.tensor([[1.0, 2.0, 0.0], [3.0, -1.0, 4.0]]), torch.tensor([1.0, 1.0, 2.0]))
    tensor([ 3., 10.])
    """
    raise NotImplementedError


def matmul(A: Tensor, B: Tensor) -> Tensor:
    """A times B: entry i, j is the sum over l of A[i, l] * B[l, j].

    A (m, k), B (k, n). Returns (m, n); gradients flow back to A and B.
    Raises ValueError (or RuntimeError) if A has not exactly as many columns as B has rows.

    >>> matmul(torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0, 0.0, 1.0], [1.0, 5.0, -1.0]]))
    tensor([[ 5., 10., -1.]])
    """
    raise NotImplementedError


def dot(x: Tensor, y: Tensor) -> Tensor:
    """The scalar product of two vectors: the sum over i of x[i] * y[i].

    x, y (k,). Returns shape (); gradients flow back to x and y.
    Raises ValueError (or RuntimeError) if the two are not equally long.

    >>> dot(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, -5.0, 6.0]))
    tensor(12.)
    """
    raise NotImplementedError


def hadamard(A: Tensor, C: Tensor) -> Tensor:
    """The elementwise product: entry i, j is A[i, j] * C[i, j].

    A, C (m, k). Returns (m, k); gradients flow back to A and C.
    Raises ValueError (or RuntimeError) if the shapes differ, even where broadcasting could make them fit.

    >>> hadamard(torch.tensor([[1.0, 2.0], [3.0, -1.0]]), torch.tensor([[5.0, 0.5], [0.0, 2.0]]))
    tensor([[ 5.,  1.],
            [ 0., -2.]])
    """
    raise NotImplementedError


# 2. Norms: from abs, squares, sums and roots, without torch's ready-made norms.


def l1_norm(x: Tensor) -> Tensor:
    """The sum of the absolute values of x (n,). Returns shape ().

    The gradient is the sign of each number; where a number is 0, any slope in [-1, 1] is right.

    >>> l1_norm(torch.tensor([3.0, -4.0]))
    tensor(7.)
    """
    raise NotImplementedError


def l2_norm(x: Tensor) -> Tensor:
    """The length of x (n,): the square root of the sum of the squares. Returns shape ().

    The gradient is x / l2_norm(x). At x = 0, where the norm has a tip and no slope, it is 0 (and not nan).
    No square overflows or vanishes in the numbers that are asked: their size is between 1e-6 and 1e6, or they are 0.

    >>> l2_norm(torch.tensor([3.0, -4.0]))
    tensor(5.)
    """
    raise NotImplementedError


def frobenius_norm(A: Tensor) -> Tensor:
    """The square root of the sum of the squares of all entries of A (m, n). Returns shape ().

    Its gradient is A / frobenius_norm(A), and 0 for the zero matrix. The size of the numbers is as in l2_norm.

    >>> frobenius_norm(torch.tensor([[1.0, 2.0], [2.0, 4.0]]))
    tensor(5.)
    """
    raise NotImplementedError


# 3. The greatest stretch.


def spectral_norm(A: Tensor, iters: int = 100, *, generator: Generator) -> Tensor:
    """The greatest stretch of A, the largest of the lengths |A x| over all x of length 1, by power iteration.

    A          (m, n), of any size: spectral_norm(c * A) is |c| * spectral_norm(A) also for c = 1e-6 and c = 1e6
    iters      how many steps, at least 1
    generator  the only source of randomness

    Start with a random vector v of n numbers, from `generator`. Each step replaces v by A^T (A v) and scales it to
    length 1. The result is |A v| with the last v, of shape (). The zero matrix gives 0, not nan.
    Gradients flow back to A: they are u v^T with u = A v / |A v|, once v has settled. Whether they also pass through
    the steps or only through the last A v is up to you. For the zero matrix no gradient is asked.

    Without svd, eigenvalues and torch's matrix norms; @ and the length of a vector (yours, x.norm() or
    torch.linalg.vector_norm) may be used.

    >>> A = torch.tensor([[3.0, 0.0], [4.0, 5.0]])
    >>> spectral_norm(A, generator=torch.Generator().manual_seed(0))  # the square root of 45
    tensor(6.7082)
    """
    raise NotImplementedError


# 4. Four questions, each answered with True or False (a Python bool). Any function of torch may be used.
# A matrix that is not square is none of the four.


def is_positive_definite(A: Tensor) -> bool:
    """Whether A (m, n) is symmetric and x^T A x > 0 for every vector x except 0.

    Rounding: entries that differ from their mirror image by at most 1e-5 times the largest entry (in absolute value)
    count as equal, and an eigenvalue of at most 1e-5 times that entry counts as 0. Within a factor of 10 of these
    limits nothing is asked. The limits are relative: 1e-8 times the identity is positive definite.

    >>> is_positive_definite(torch.tensor([[2.0, -1.0], [-1.0, 2.0]]))
    True
    """
    raise NotImplementedError


def is_orthogonal(Q: Tensor) -> bool:
    """Whether Q (m, n) is square and Q Q^T is the identity matrix: rows of length 1 that stand at right angles.

    Rounding: entries of Q Q^T may be off by 1e-4. Within a factor of 10 of this limit nothing is asked.

    >>> is_orthogonal(torch.tensor([[0.6, -0.8], [0.8, 0.6]]))
    True
    """
    raise NotImplementedError


def is_permutation(P: Tensor) -> bool:
    """Whether P (m, n) is square, every entry is exactly 0 or 1, and each row and each column has exactly one 1.

    >>> is_permutation(torch.tensor([[0.0, 1.0], [1.0, 0.0]]))
    True
    """
    raise NotImplementedError


def is_antisymmetric(A: Tensor) -> bool:
    """Whether A (m, n) is square and A^T = -A. The zero matrix is antisymmetric.

    Rounding: A[i, j] + A[j, i] counts as 0 up to 1e-5 times the largest entry (in absolute value) of A. Within a
    factor of 10 of this limit nothing is asked.

    >>> is_antisymmetric(torch.tensor([[0.0, 2.0], [-2.0, 0.0]]))
    True
    """
    raise NotImplementedError


# 5. The direction that stays.


def top_eigen(A: Tensor, iters: int = 100, *, generator: Generator) -> tuple[Tensor, Tensor]:
    """The eigenvalue of A that is largest in absolute value, and a unit eigenvector of it, by power iteration.

    A          (n, n), symmetric, of any size (from 1e-6 to 1e6). It is zero, or one eigenvalue is larger in absolute
               value than all the others; it may be negative.
    iters      how many steps, at least 1
    generator  the only source of randomness

    Start with a random vector v of n numbers, from `generator`. Each step replaces v by A v and scales it to length 1.
    Returns (value, v) with shapes () and (n,): v is the last vector, and value = v . (A v), also if v has not settled.
    v and -v are equally right. For the zero matrix the value is 0 and v is any vector of length 1. No gradients are
    asked. Without svd and torch's eigenvalues; @ may be used.

    >>> value, v = top_eigen(torch.tensor([[1.0, 2.0], [2.0, -2.0]]), generator=torch.Generator().manual_seed(0))
    >>> round(value.item(), 4)  # the other eigenvalue is 2
    -3.0
    >>> (v * v).mul(5).round()  # v is (1, -2) or (-1, 2), divided by the root of 5
    tensor([1., 4.])
    """
    raise NotImplementedError
