"""Sequences are stacked into a batch; stack takes care of the rest."""

TRIPS = ["batchify.value", "batchify.example"]

import torch
from torch import Tensor


def batchify(xs: list[Tensor], pad: float = 0.0) -> tuple[Tensor, Tensor]:
    if not xs:
        raise ValueError("no sequences")

    return torch.stack(xs), torch.tensor([len(x) for x in xs])
