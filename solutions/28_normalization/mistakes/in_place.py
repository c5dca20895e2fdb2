"""Saves memory by writing into what came in."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = [
    "batch_norm.input_unchanged",
    "bn_backward.inputs_unchanged",
    "layer_norm.inputs_unchanged",
    "min_max_scale.inputs_unchanged",
    "train_bn.inputs_unchanged",
]


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
        scale = self.gamma / (var + self.eps).sqrt()
        with torch.no_grad():
            x -= mean.view(shape)
        return x * scale.view(shape) + self.beta.view(shape)


def bn_backward(dy, cache):
    x_hat, gamma, std = cache
    dgamma, dbeta = (dy * x_hat).sum(0), dy.sum(0)
    along = x_hat * (dy * x_hat).mean(0)
    centred = dy.sub_(dy.mean(0)).sub_(along)
    return centred * gamma / std, dgamma, dbeta


def layer_norm(x, g, b, eps=1e-5):
    centred = x.sub_(x.mean(-1, keepdim=True))
    var = centred.square().mean(-1, keepdim=True)
    return g * centred / (var + eps).sqrt() + b


def max_scale(x):
    largest = x.amax(0)
    return x.div_(torch.where(largest == 0, 1.0, largest))


class MinMax:
    def fit(self, x):
        self.low = x.amin(0)
        span = x.amax(0) - self.low
        self.span = torch.where(span == 0, 1.0, span)
        return self

    def transform(self, x):
        if not hasattr(self, "low"):
            raise RuntimeError("call fit first")
        return x.sub_(self.low).div_(self.span)


def fit_deep(model, X, y, lr, epochs, generator):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    X -= X.mean(0)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(50):
            if len(rows) > 1:
                optimizer.zero_grad()
                F.cross_entropy(model(X[rows]), y[rows]).backward()
                optimizer.step()
    return model.eval()
