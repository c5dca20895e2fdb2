"""Every pixel of every channel is a feature, with statistics of its own."""

import torch
from torch import nn

TRIPS = ["batch_norm.train_value_2d"]


class BatchNorm(nn.Module):
    def __init__(self, d, momentum=0.1, eps=1e-5):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.gamma = nn.Parameter(torch.ones(d))
        self.beta = nn.Parameter(torch.zeros(d))
        self.register_buffer("running_mean", torch.zeros(d))
        self.register_buffer("running_var", torch.ones(d))

    def forward(self, x):
        if x.dim() not in (2, 4) or x.shape[1] != len(self.gamma):
            raise ValueError("shape")
        along = (0,) if x.dim() == 2 else (0, 2, 3)
        shape = (1, -1) if x.dim() == 2 else (1, -1, 1, 1)
        if self.training:
            count = x.numel() // x.shape[1]
            if count < 2:
                raise ValueError("a single value")
            mean = x.mean(along)
            var = (x - mean.view(shape)).square().mean(along)
            with torch.no_grad():
                self.running_mean.lerp_(mean, self.momentum)
                self.running_var.lerp_(var * (count / (count - 1)), self.momentum)
        else:
            mean, var = self.running_mean, self.running_var
        if x.dim() == 4 and self.training:
            shape = (1, *x.shape[1:])
            mean, var = x.mean(0), x.var(0, correction=0)
            hat = (x - mean) / (var + self.eps).sqrt()
            return hat * self.gamma.view(1, -1, 1, 1) + self.beta.view(1, -1, 1, 1)
        scale = self.gamma / (var + self.eps).sqrt()
        return (x - mean.view(shape)) * scale.view(shape) + self.beta.view(shape)
