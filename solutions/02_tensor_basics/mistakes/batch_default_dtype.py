"""torch.full takes the dtype from where it is needed."""

TRIPS = ["batchify.dtype_kept"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    lengths = torch.tensor([len(x) for x in xs])
    batch = torch.full((len(xs), int(lengths.max()), xs[0].shape[1]), float(pad))
    for row, x in zip(batch, xs, strict=True):
        row[: len(x)] = x
    return batch, lengths
