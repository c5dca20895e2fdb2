"""Cheaper attention: look at a window, by a pattern, in another order of products, at fewer keys, without looking.

Fill in every function. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: a tensor is float32 or float64, and the result has the same dtype and the same device as the
input, unless a dtype is written. Masks are bool, True means: may be looked at; row i looks, column j is looked at. No
function changes its arguments, and gradients flow through all functions that return floats. B is the number of
sequences, n >= 1 the number of tokens, d the width of queries and keys, e that of the values.
"""

from __future__ import annotations

import torch
from torch import Generator, Tensor


def local_attention(q: Tensor, k: Tensor, v: Tensor, w: int) -> Tensor:
    """Attention through a window: token i looks at the tokens j with |i - j| <= w, and at no place beyond the ends.

    q, k  (B, n, d); v (B, n, e)
    w     >= 0; may be greater than n

    The scores are q_i . k_j / sqrt(d), the softmax goes over the tokens of the window. No tensor with n * n elements or
    more is made (for n much greater than w and d), not even a mask, and there is no loop over tokens; a loop over the
    2 w + 1 places of the window is fine.

    Returns (B, n, e).

    >>> v = torch.tensor([[[4.0], [8.0], [0.0]]])
    >>> local_attention(torch.zeros(1, 3, 2), torch.zeros(1, 3, 2), v, 1)
    tensor([[[6.],
             [4.],
             [4.]]])
    """
    raise NotImplementedError


def stride_mask(n: int, s: int) -> Tensor:
    """Token i looks at itself and at every s-th token from there, in both directions: |i - j| is a multiple of s >= 1.

    Returns bool (n, n).

    >>> stride_mask(4, 2)[0]
    tensor([ True, False,  True, False])
    """
    raise NotImplementedError


def global_mask(n: int, idx: list[int]) -> Tensor:
    """The tokens idx look at all tokens and are looked at by all. Every other token looks, besides, at itself only.

    idx  different numbers in 0 .. n - 1, in any order; may be empty

    Returns bool (n, n).

    >>> global_mask(3, [0])
    tensor([[ True,  True,  True],
            [ True,  True, False],
            [ True, False,  True]])
    """
    raise NotImplementedError


def bigbird_mask(n: int, w: int, g: int, r: int, generator: Generator) -> Tensor:
    """Window, global tokens and chance together.

    w          |i - j| <= w is allowed
    g          the tokens 0 .. g - 1 are global, as in global_mask; 0 <= g <= n
    r          each row gets r more columns, drawn evenly and without repetition from those that are not allowed yet, by
               itself; all of them where there are fewer than r. The rows of global tokens have none left.
    generator  the only source of randomness

    Returns bool (n, n).

    >>> bigbird_mask(6, 0, 1, 2, torch.Generator().manual_seed(0)).sum(1)
    tensor([6, 4, 4, 4, 4, 4])
    """
    raise NotImplementedError


def head_mix(masks: list[Tensor]) -> Tensor:
    """One pattern for each head: some heads look near, others far.

    masks  h >= 1 masks, bool (n, n)

    Returns bool (h, n, n), a new tensor; head number i has masks[i].

    >>> head_mix([stride_mask(3, 2), global_mask(3, [])]).shape
    torch.Size([2, 3, 3])
    """
    raise NotImplementedError


def linear_attention(q: Tensor, k: Tensor, v: Tensor, causal: bool = False) -> Tensor:
    """Attention with weights phi(q_i) . phi(k_j) instead of exp(q_i . k_j), where phi(x) = elu(x) + 1, normalised.

        out_i = (sum_j phi(q_i) . phi(k_j) v_j) / (sum_j phi(q_i) . phi(k_j))

    q, k    (B, n, d); v (B, n, e). There is no division by sqrt(d).
    causal  True: the sums go over j <= i only

    phi(q) (phi(k)^T v) is the same as (phi(q) phi(k)^T) v: no tensor with n * n elements is made, in neither way, and
    there is no loop over tokens.

    Returns (B, n, e).

    >>> v = torch.tensor([[[4.0], [8.0]]])
    >>> linear_attention(torch.zeros(1, 2, 3), torch.zeros(1, 2, 3), v, causal=True)
    tensor([[[4.],
             [6.]]])
    """
    raise NotImplementedError


def linformer(q: Tensor, k: Tensor, v: Tensor, E: Tensor, Fm: Tensor) -> Tensor:
    """Attention to r mixtures of the keys instead of n keys: softmax(q (E k)^T / sqrt(d)) (Fm v).

    q, k   (B, n, d); v (B, n, e)
    E, Fm  (r, n), the same for all sequences: how the keys, and how the values are mixed

    No tensor with n * n elements is made (for n much greater than r, d and e).

    Returns (B, n, e).

    >>> E = torch.tensor([[0.5, 0.5]])
    >>> linformer(torch.ones(1, 2, 3), torch.ones(1, 2, 3), torch.tensor([[[4.0], [8.0]]]), E, E)
    tensor([[[6.],
             [6.]]])
    """
    raise NotImplementedError


def compress_keys(k: Tensor, stride: int) -> Tensor:
    """Fewer keys: the mean of every `stride` neighbours, from the front. The last group may have fewer members; it gets
    the mean of those that it has.

    k       (B, n, d)
    stride  >= 1; may be greater than n

    Returns (B, ceil(n / stride), d).

    >>> compress_keys(torch.tensor([[[1.0], [3.0], [7.0]]]), 2)
    tensor([[[2.],
             [7.]]])
    """
    raise NotImplementedError


def cluster_mask(q: Tensor, k: Tensor, centroids: Tensor) -> Tensor:
    """Queries look at keys of their own cluster only. A vector belongs to the nearest of the centroids (Euclidean
    distance).

    q, k       (n, d)
    centroids  (c, d), c >= 1

    Returns bool (n, n): True where query i and key j have the same nearest centroid.

    >>> cluster_mask(torch.tensor([[0.1], [0.9]]), torch.tensor([[0.8], [0.7]]), torch.tensor([[0.0], [1.0]]))
    tensor([[False, False],
            [ True,  True]])
    """
    raise NotImplementedError


def sinkhorn(logits: Tensor, iters: int) -> Tensor:
    """A matrix of positive numbers whose rows and columns all sum to 1, nearly: a soft permutation.

    Starts with exp(logits). One iteration divides every row by its sum, then every column by its sum. All of it is done
    with logarithms, so that logits of 500, or of -500, do no harm.

    logits  (n, n), finite
    iters   >= 0

    Returns (n, n), exp of the last logarithms.

    >>> sinkhorn(torch.tensor([[0.0, 0.0], [0.0, 0.0]]), 1)
    tensor([[0.5000, 0.5000],
            [0.5000, 0.5000]])
    """
    raise NotImplementedError


def random_synthesizer(v: Tensor, R: Tensor) -> Tensor:
    """Attention whose scores are learned numbers that ask no token: softmax of the rows of R, times v.

    v  (B, n, e)
    R  (n, n)

    Returns (B, n, e).

    >>> random_synthesizer(torch.tensor([[[4.0], [8.0]]]), torch.zeros(2, 2))
    tensor([[[6.],
             [6.]]])
    """
    raise NotImplementedError


def performer_features(x: Tensor, W: Tensor) -> Tensor:
    """Random features whose scalar products are exp(x . y) on average: f(x)_i = exp(W_i . x - |x|^2 / 2) / sqrt(m).

    x  (n, d)
    W  (m, d), standard normal numbers, drawn elsewhere

    Returns (n, m).

    >>> performer_features(torch.tensor([[1.0, 1.0]]), torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.5, 0.5], [1.0, 0.0]]))
    tensor([[0.5000, 0.5000, 0.5000, 0.5000]])
    """
    raise NotImplementedError
