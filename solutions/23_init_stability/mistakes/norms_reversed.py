"""Backpropagation goes from the last layer to the first, so that is the order of the list."""

import torch

TRIPS = ["layer_gradient_norms.value", "layer_gradient_norms.sigmoid_vanishes"]


def layer_gradient_norms(depth, width, act, init, seed):
    generator = torch.Generator().manual_seed(seed)
    h = torch.randn(32, width, generator=generator, dtype=torch.float64)
    weights = [init((width, width), generator).detach().double().requires_grad_() for _ in range(depth)]
    with torch.enable_grad():
        for weight in weights:
            h = act(h @ weight.T)
        slopes = torch.autograd.grad(h.sum(), weights)
    return torch.stack([slope.square().sum().sqrt() for slope in reversed(slopes)])
