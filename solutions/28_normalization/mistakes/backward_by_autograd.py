"""Rebuilds the forward pass and lets autograd differentiate it."""

import torch

TRIPS = ["bn_backward.no_autograd"]


def bn_backward(dy, cache):
    x_hat, gamma, std = cache
    with torch.enable_grad():
        x = (x_hat * std).detach().requires_grad_()
        factor, shift = gamma.detach().clone().requires_grad_(), torch.zeros_like(gamma).requires_grad_()
        centred = x - x.mean(0)
        eps = (std.square() - centred.square().mean(0)).detach()
        y = factor * centred / (centred.square().mean(0) + eps).sqrt() + shift
        return torch.autograd.grad(y, (x, factor, shift), dy)
