"""var_mean with a correction, einsum for the backward pass, loops over columns, a network from a ModuleList."""

import torch
from torch import nn


class BatchNorm(nn.Module):
    def __init__(self, d, momentum=0.1, eps=1e-5):
        super().__init__()
        self.d, self.momentum, self.eps = d, momentum, eps
        self.beta = nn.Parameter(torch.zeros(d))
        self.gamma = nn.Parameter(torch.ones(d))
        self.register_buffer("running_var", torch.ones(d))
        self.register_buffer("running_mean", torch.zeros(d))
        self.register_buffer("batches", torch.tensor(0))

    def forward(self, x):
        if not (x.dim() == 2 or x.dim() == 4):
            raise ValueError("dimensions")
        if x.size(1) != self.d:
            raise ValueError("features")
        last = x.movedim(1, -1)
        flat = last.reshape(-1, self.d)
        if self.training:
            n = flat.shape[0]
            if n <= 1:
                raise ValueError("one value")
            var, mean = torch.var_mean(flat, dim=0, correction=0)
            m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * flat.detach().var(0)
            self.batches += 1
        else:
            mean, var = self.running_mean, self.running_var
        hat = (last - mean) * torch.rsqrt(var + self.eps)
        return (hat * self.gamma + self.beta).movedim(-1, 1)


def bn_backward(dy, cache):
    x_hat, gamma, std = cache
    n = dy.shape[0]
    dbeta = torch.einsum("nd->d", dy)
    dgamma = torch.einsum("nd,nd->d", dy, x_hat)
    return gamma / (n * std) * (n * dy - dbeta - x_hat * dgamma), dgamma, dbeta


def layer_norm(x, g, b, eps=1e-5):
    var, mean = torch.var_mean(x, dim=-1, correction=0, keepdim=True)
    return torch.addcmul(b, (x - mean) / torch.sqrt(var + eps), g)


def max_scale(x):
    columns = []
    for column in x.unbind(1):
        top = column.max()
        columns.append(column / top if top > 0 else column.clone())
    return torch.stack(columns, 1)


class MinMax:
    def __init__(self):
        self.ends = None

    def fit(self, x):
        self.ends = torch.aminmax(x, dim=0)
        return self

    def transform(self, x):
        if self.ends is None:
            raise RuntimeError("not fitted")
        low, high = self.ends
        result = x - low
        wide = high > low
        result[:, wide] = result[:, wide] / (high - low)[wide]
        return result


class DeepSigmoid(nn.Module):
    def __init__(self, widths, bn):
        super().__init__()
        hidden = list(zip(widths[:-2], widths[1:-1]))
        self.out = nn.Linear(widths[-2], widths[-1])
        self.linears = nn.ModuleList(nn.Linear(i, o, bias=not bn) for i, o in hidden)
        self.norms = nn.ModuleList(BatchNorm(o) for _, o in hidden) if bn else None

    def forward(self, x):
        for number, linear in enumerate(self.linears):
            z = linear(x)
            if self.norms is not None:
                z = self.norms[number](z)
            x = 1 / (1 + torch.exp(-z))
        return self.out(x)


def fit_deep(model, X, y, lr, epochs, generator):
    n = X.shape[0]
    for _ in range(epochs):
        model.train()
        order = torch.rand(n, generator=generator).argsort()
        for start in range(0, n, 50):
            rows = order[start : start + 50]
            if len(rows) == 1:
                continue
            logp = torch.log_softmax(model(X[rows]), 1)
            loss = -logp[torch.arange(len(rows)), y[rows]].mean()
            values = [p for p in model.parameters() if p.requires_grad]
            slopes = torch.autograd.grad(loss, values)
            with torch.no_grad():
                for value, slope in zip(values, slopes):
                    value.sub_(lr * slope)
        model.eval()
    return model.eval()
