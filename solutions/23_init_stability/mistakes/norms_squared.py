"""The sum of squares is as good as its root."""

import torch

TRIPS = ["layer_gradient_norms.value", "layer_gradient_norms.shape", "layer_gradient_norms.example"]


def layer_gradient_norms(depth, width, act, init, seed):
    generator = torch.Generator().manual_seed(seed)
    h = torch.randn(32, width, generator=generator, dtype=torch.float64)
    weights = [init((width, width), generator).detach().double().requires_grad_() for _ in range(depth)]
    with torch.enable_grad():
        for weight in weights:
            h = act(h @ weight.T)
        slopes = torch.autograd.grad(h.sum(), weights)
    return torch.stack([slope.square().sum() for slope in slopes])
