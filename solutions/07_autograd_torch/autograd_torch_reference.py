"""What the hidden checks of autograd-torch share. Functions to differentiate are built in the sandbox, where torch.func
works on them too; what they must give is computed here, from the same text."""

from __future__ import annotations

import torch

from autograder.checks import compare

F64, F32 = torch.float64, torch.float32


def function(submission, source, **values):
    """The same function twice: in the sandbox, and here for the reference."""
    here = eval(source, {"torch": torch, **values})  # the check's own text
    return submission.build(source, **values), here


def close(got, want, **words):
    """As compare.same, but tight enough in float64 that a detour through float32 shows."""
    compare.same(got, want, **({"rtol": 1e-11, "atol": 1e-11} if want.dtype == F64 else {}), **words)
