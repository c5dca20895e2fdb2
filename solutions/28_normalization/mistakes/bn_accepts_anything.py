"""Whoever calls with one row, or with another shape, will see."""

import torch
from torch import nn

TRIPS = ["batch_norm.wrong_input_raises"]


class BatchNorm(nn.Module):
    def __init__(self, d, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.gamma = nn.Parameter(torch.ones(d))
        self.beta = nn.Parameter(torch.zeros(d))
        self.register_buffer("running_mean", torch.zeros(d))
        self.register_buffer("running_var", torch.ones(d))

    def forward(self, x):
        along = (0, *range(2, x.dim()))
        shape = (1, -1, *[1] * (x.dim() - 2))
        if self.training:
            count = x.numel() // x.shape[1]
            mean = x.mean(along)
            var = (x - mean.view(shape)).square().mean(along)
            with torch.no_grad():
                self.running_mean.lerp_(mean, self.momentum)
                self.running_var.lerp_(var * (count / max(count - 1, 1)), self.momentum)
        else:
            mean, var = self.running_mean, self.running_var
        scale = self.gamma / (var + self.eps).sqrt()
        return (x - mean.view(shape)) * scale.view(shape) + self.beta.view(shape)
