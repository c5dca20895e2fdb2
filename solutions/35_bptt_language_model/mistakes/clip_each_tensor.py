"""Shortens every tensor by its own norm."""

TRIPS = ["clip_global_norm.direction_kept", "clip_global_norm.norm_is_max"]

import torch


def clip_grad_norm_(grads, max_norm):
    there = [grad for grad in grads if grad is not None]
    if not there:
        return torch.zeros(())
    norm = torch.stack([grad.norm() for grad in there]).norm()
    if norm > max_norm:
        for grad in there:
            grad.mul_(min(1.0, max_norm / grad.norm().item()))
    return norm
