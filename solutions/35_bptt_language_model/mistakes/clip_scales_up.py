"""Gives every gradient the norm max_norm, also a small one."""

TRIPS = ["clip_global_norm.small_untouched", "clip_global_norm.zero_grad_safe"]

import torch


def clip_grad_norm_(grads, max_norm):
    there = [grad for grad in grads if grad is not None]
    if not there:
        return torch.zeros(())
    norm = torch.stack([grad.norm() for grad in there]).norm()
    for grad in there:
        grad.mul_(max_norm / norm)
    return norm
