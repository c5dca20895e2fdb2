"""An argument that reaches the student as a view into a larger tensor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch


@dataclass(frozen=True, slots=True)
class View:
    """Stands for `base[index]`. The sandbox builds the view on its side; `Observation.args` brings back the base."""

    base: torch.Tensor
    index: Any

    def __post_init__(self) -> None:
        part = self.base.detach()[self.index]
        if part.numel() and part.untyped_storage().data_ptr() != self.base.untyped_storage().data_ptr():
            raise ValueError("this index copies: use integers and slices for a view")


def view(base: torch.Tensor, index: Any) -> View:
    """`base[index]` as an argument: the student's function gets a view, and changing it changes the base."""
    return View(base, index)
