"""Believes that every parameter has a gradient."""

TRIPS = ["clip_global_norm.none_grads", "clip_global_norm.example"]

import torch


def clip_grad_norm_(grads, max_norm):
    there = grads
    if not there:
        return torch.zeros(())
    norm = torch.stack([grad.norm() for grad in there]).norm()
    if norm > max_norm:
        for grad in there:
            grad.mul_(max_norm / norm)
    return norm
