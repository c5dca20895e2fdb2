"""Returns the norm after clipping."""

TRIPS = ["clip_global_norm.returns_original_norm", "clip_global_norm.example"]

import torch


def clip_grad_norm_(grads, max_norm):
    there = [grad for grad in grads if grad is not None]
    if not there:
        return torch.zeros(())
    norm = torch.stack([grad.norm() for grad in there]).norm()
    if norm > max_norm:
        for grad in there:
            grad.mul_(max_norm / norm)
    return torch.stack([grad.norm() for grad in there]).norm()
