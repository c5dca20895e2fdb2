"""Cuts every number at max_norm."""

TRIPS = ["clip_global_norm.direction_kept", "clip_global_norm.example"]

import torch


def clip_grad_norm_(grads, max_norm):
    there = [grad for grad in grads if grad is not None]
    if not there:
        return torch.zeros(())
    norm = torch.stack([grad.norm() for grad in there]).norm()
    if norm > max_norm:
        for grad in there:
            grad.clamp_(-max_norm, max_norm)
    return norm
