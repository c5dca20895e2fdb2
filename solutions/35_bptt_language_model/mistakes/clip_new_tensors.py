"""Puts shorter copies into the list."""

TRIPS = ["clip_global_norm.in_place"]

import torch


def clip_grad_norm_(grads, max_norm):
    there = [grad for grad in grads if grad is not None]
    if not there:
        return torch.zeros(())
    norm = torch.stack([grad.norm() for grad in there]).norm()
    if norm > max_norm:
        grads[:] = [grad if grad is None else grad * (max_norm / norm) for grad in grads]
    return norm
