"""Memory is judged by writing into the result and looking at x; everything else in the words of torch."""

from math import prod

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence


def make_grid(n: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    if n != prod(shape):
        raise ValueError("the shape holds another number of elements")
    ones = torch.ones(n, dtype=dtype)
    return (ones.cumsum(0) - 1).to(dtype).unflatten(0, shape) if shape else torch.zeros((), dtype=dtype)


def image_to_vector(img: Tensor) -> Tensor:
    return torch.cat([plane.flatten(1) for plane in img.unbind(-1)], dim=1)


def add_in_place(z: Tensor, x: Tensor, y: Tensor) -> Tensor:
    z.copy_(x)
    z += y
    return z


def shares_memory(op: str) -> bool:
    if op not in "reshape transpose t_reshape clone slice index_list expand detach to_same numpy".split():
        raise ValueError(op)
    x = torch.arange(6.0).reshape(2, 3)
    if op == "numpy":
        x.numpy()[1, 0] = 99
    elif op == "expand":
        x.expand(4, 2, 3)[3, 1, 0] = 99
    else:
        result = {
            "reshape": lambda: x.reshape(3, 2),
            "transpose": lambda: x.t(),
            "t_reshape": lambda: x.t().reshape(6),
            "clone": lambda: x.clone(),
            "slice": lambda: x[1:],
            "index_list": lambda: x[[0, 1]],
            "detach": lambda: x.detach(),
            "to_same": lambda: x.to(torch.float32),
        }[op]()
        result.fill_(99)
    return bool((x == 99).any())


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("nothing to put into a batch")
    return pad_sequence(xs, batch_first=True, padding_value=pad), torch.tensor([x.size(0) for x in xs])
