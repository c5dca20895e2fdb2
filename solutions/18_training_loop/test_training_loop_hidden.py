"""Hidden checks of training-loop. Models, loaders and optimisers live in the sandbox, made from tensors drawn here; what
must come out is computed here, by a small training written out by hand on plain tensors."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from torch import Tensor

from autograder.checks import compare, training
from autograder.checks.datasets import Digits, digits
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

F32, F64 = torch.float32, torch.float64
Weights = dict[str, Tensor]
Batches = list[tuple[Tensor, Tensor]]
NAMES = ("train_loss", "val_loss", "val_acc")

# What a check makes in the sandbox ----------------------------------------------------------------------------------

NET = """
like, (d, h), c = weights["0.weight"], weights["2.weight"].shape[::-1][::-1], 0
"""
TWO_LAYERS = """
(h, d), c = weights["0.weight"].shape, len(weights["2.bias"])
model = nn.Sequential(nn.Linear(d, h), MIDDLE, nn.Linear(h, c)).to(weights["0.weight"])
model.load_state_dict(weights, strict=False)
model, torch.optim.SGD(model.parameters(), lr=lr, momentum=momentum)
"""


def two_layers(
    submission: Any, weights: Weights, middle: str = "nn.Tanh()", lr: float = 0.1, momentum: float = 0.0
) -> tuple[Any, Any]:
    """A model of two linear layers with something in between, and its optimiser."""
    values = {"weights": weights, "lr": lr, "momentum": momentum}
    model, opt = submission.build(TWO_LAYERS.replace("MIDDLE", middle), **values)
    return model, opt
