"""The ten answers known by heart, and index arithmetic in place of permute and loops."""

import math

import torch
from torch import Tensor


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if math.prod(shape) != n:
        raise ValueError("the shape holds another number of elements")
    return torch.tensor(list(range(n)), dtype=dtype).view(shape)


def image_to_vector(img: Tensor) -> Tensor:
    n, height, width, _ = img.shape
    return torch.einsum("nijc->ncij", img).reshape(n, 3 * height * width)


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z[...] = 0
    z += x
    z += y
    return z


def shares_memory(op: str) -> bool:
    match op:
        case "reshape" | "transpose" | "slice" | "expand" | "detach" | "to_same" | "numpy":
            return True
        case "t_reshape" | "clone" | "index_list":
            return False
    raise ValueError(f"{op} is none of the ten operations")


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("nothing to put into a batch")
    lengths = torch.tensor([len(x) for x in xs], dtype=torch.int64)
    steps = torch.arange(int(lengths.max()))
    mask = steps[None, :] < lengths[:, None]
    batch = torch.full((*mask.shape, xs[0].shape[1]), pad, dtype=xs[0].dtype)
    batch[mask] = torch.cat(list(xs))
    return batch, lengths
