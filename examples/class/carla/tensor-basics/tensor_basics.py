"""Tensors: shape, dtype, memory.

Five functions to fill in. Each docstring says all there is to know: shapes, dtypes, the odd cases, and one example.
The README beside this file tells the story. S stands for any shape, the empty shape () of a single number included.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    """The numbers 0, 1, ..., n - 1, written row by row into a new tensor.

    n      how many numbers, n >= 0
    shape  the sizes of the result; a size may be 0, and () is the shape of a single number
    dtype  torch.float32, torch.float64, torch.int32 or torch.int64; the result has exactly this dtype

    Returns a tensor of shape `shape`. In shape (R, C) the element [i, j] is i * C + j: the last index runs fastest.
    Raises ValueError if n is not the product of all sizes. The product of () is 1. A -1 in `shape` is not a
    placeholder: it counts as the number -1 in the product, so it ends in a ValueError too.

    >>> make_grid(6, (2, 3), torch.int64)
    tensor([[0, 1, 2],
            [3, 4, 5]])
    """
    if n != math.prod(shape):
        raise ValueError(f"{n} numbers do not fill the shape {tuple(shape)}")
    return torch.arange(n, dtype=dtype).reshape(shape)


def image_to_vector(img: Tensor) -> Tensor:
    """Each image of a batch as one vector: its whole red plane, then its green plane, then its blue plane.

    img  shape (N, H, W, 3), any dtype (uint8 as well), in any memory layout; N >= 0, H >= 1, W >= 1

    Returns a tensor of shape (N, 3*H*W) with the dtype of `img`. Each plane is read row by row:
    entry c*H*W + i*W + j of row n is img[n, i, j, c]. `img` stays as it is.

    >>> image_to_vector(torch.tensor([[[[1, 5, 9], [2, 6, 10]]]]))  # one image, one row of two pixels
    tensor([[ 1,  2,  5,  6,  9, 10]])
    """
    return img.permute(0, 3, 1, 2).flatten(start_dim=1)


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z = x + y
    return z


def shares_memory(op: str) -> bool:
    """Does the result of an operation use the same memory as the tensor it was made from?

    The tensor is x = torch.arange(6.).reshape(2, 3): contiguous, float32, on the CPU. The operations:

    "reshape"     x.reshape(3, 2)
    "transpose"   x.t()
    "t_reshape"   x.t().reshape(6)
    "clone"       x.clone()
    "slice"       x[1:]
    "index_list"  x[[0, 1]]
    "expand"      x.expand(4, 2, 3)
    "detach"      x.detach()
    "to_same"     x.to(torch.float32)
    "numpy"       x.numpy()

    Returns True if writing into the result would change x (or the other way round), False if the result has memory
    of its own. The type is bool. Raises ValueError for any other name. How you find out is up to you.

    >>> shares_memory("clone")
    False
    """
    x = torch.arange(6.0).reshape(2, 3)
    results = {
        "reshape": x.reshape(3, 2),
        "transpose": x.t(),
        "t_reshape": x.t().reshape(6),
        "clone": x.clone(),
        "slice": x[1:],
        "index_list": x[[0, 1]],
        "expand": x.expand(4, 2, 3),
        "detach": x.detach(),
        "to_same": x.to(torch.float32),
        "numpy": torch.from_numpy(x.numpy()),
    }
    if op not in results:
        raise ValueError(f"unknown operation {op!r}; known are {', '.join(results)}")
    return results[op].untyped_storage().data_ptr() == x.untyped_storage().data_ptr()


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    """Sequences of different lengths as one batch, short ones filled up at the end, and their true lengths.

    xs   B tensors; number b has shape (T_b, D). D and the dtype (float32 or float64) are the same for all;
         T_b may be 0.
    pad  the number that fills up the steps behind the end of a sequence

    Returns the pair (batch, lengths), in the order of `xs`:
    batch    shape (B, T, D) with T = max T_b, dtype of `xs`; batch[b, t] is xs[b][t] for t < T_b and `pad` after that
    lengths  shape (B,), int64, lengths[b] = T_b
    Raises ValueError if `xs` is empty. The list and its tensors stay as they are.

    >>> batch, lengths = batchify([torch.tensor([[1.], [2.]]), torch.tensor([[3.]])], pad=-1.)
    >>> batch.squeeze(-1)
    tensor([[ 1.,  2.],
            [ 3., -1.]])
    >>> lengths
    tensor([2, 1])
    """
    if not xs:
        raise ValueError("an empty list has no batch: not even D is known")
    lengths = torch.tensor([len(x) for x in xs])
    batch = xs[0].new_full((len(xs), int(lengths.max()), xs[0].shape[1]), pad)
    for row, x in zip(batch, xs, strict=True):
        row[: len(x)] = x
    return batch, lengths
