"""What autograd keeps of a call across the wall: the tape where it ran, the bridge where it was asked for."""

from __future__ import annotations

from typing import Any, NamedTuple

import torch


class Tape(NamedTuple):
    """`results` were computed from `leaves`; they are derivatives of that order, 0 for values."""

    leaves: list[torch.Tensor]
    results: list[torch.Tensor]
    order: int

    @property
    def size(self) -> int:
        """Bytes of its tensors."""
        return sum(tensor.nbytes for tensor in [*self.leaves, *self.results])


class TapeRef:
    """Frees its tape on the other side when the last bridge that needs it is gone."""

    def __init__(self, peer: Any, number: int) -> None:
        self.peer, self.number = peer, number

    def __del__(self) -> None:
        self.peer.gone_tapes.append(self.number)


class Bridge(torch.autograd.Function):
    """Results of a far call: forward passes them on, backward asks the far side."""

    @staticmethod
    def forward(ctx: Any, peer: Any, tape: TapeRef, results: list[torch.Tensor], _anchor: Any, *leaves: Any) -> Any:
        ctx.peer, ctx.tape = peer, tape
        ctx.set_materialize_grads(False)
        ctx.save_for_backward(*leaves)
        return tuple(results)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor | None) -> Any:
        peer, leaves = ctx.peer, list(ctx.saved_tensors)
        if torch.is_grad_enabled():
            found, accumulate = peer.differentiate(ctx.tape.number, list(grads), leaves), False
        else:
            accumulate = torch._C._will_engine_execute_node(peer.anchor_node)
            found = peer.request("backward", ctx.tape.number, accumulate, list(grads))
        if type(found) is not list or len(found) != len(leaves) or not all(map(fits, found, leaves)):
            raise peer.violation("gradients do not look like their inputs")
        return None, None, None, torch.zeros(()) if accumulate else None, *found


class Computed(torch.autograd.Function):
    """A tensor that is no leaf, as the caller's was: with the memory, and so the layout, of the leaf that came."""

    @staticmethod
    def forward(_ctx: Any, leaf: torch.Tensor) -> torch.Tensor:
        return leaf.data

    @staticmethod
    def backward(_ctx: Any, grad: torch.Tensor) -> torch.Tensor:
        return grad


def fits(grad: Any, leaf: torch.Tensor) -> bool:
    return grad is None or (isinstance(grad, torch.Tensor) and grad.shape == leaf.shape and grad.dtype == leaf.dtype)
