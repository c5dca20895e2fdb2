"""A hand-written autograd function; a training loop with a DataLoader and restored random state."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Masked(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, mask):
        ctx.save_for_backward(mask)
        return x * mask

    @staticmethod
    def backward(ctx, grad):
        (mask,) = ctx.saved_tensors
        return grad * mask, None


def dropout(x, p, training, generator=None):
    if not (p >= 0 and p <= 1):
        raise ValueError("not a probability")
    if not training:
        return 1 * x
    mask = torch.rand(tuple(x.size()), generator=generator, dtype=torch.float32).ge(p).to(x)
    if p < 1:
        mask = mask / (1 - p)
    else:
        mask = mask * 0
    return Masked.apply(x, mask)


class DropoutMLP(nn.Module):
    def __init__(self, dims, p):
        super().__init__()
        hidden = dims[1:-1]
        if len(hidden) != len(p):
            raise ValueError(f"{len(hidden)} hidden layers, {len(p)} rates")
        for number, (before, after) in enumerate(zip(dims, dims[1:])):
            self.add_module(f"linear{number}", nn.Linear(before, after))
        self.p = tuple(p)

    def forward(self, x):
        *hidden, last = self.children()
        for rate, layer in zip(self.p, hidden):
            h = F.relu(layer(x))
            x = dropout(h, rate, True) if self.training else h
        return F.linear(x, last.weight, last.bias)


def dropout_moments(x, W, p):
    if not 0 <= p < 1:
        raise ValueError("p")
    mean = (x.unsqueeze(0) @ W).squeeze(0)
    second = torch.mv(W.t() ** 2, x**2)
    return mean, second * (1 / (1 - p) - 1)


def noisy_ridge_equiv(X, y, sigma):
    return torch.full((X.shape[0],), float(sigma), dtype=torch.float64).pow(2).sum().item()


def train_dropout(X, y, p, epochs, generator):
    seed = int(torch.randint(2**31, (), generator=generator))
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        net = DropoutMLP([64, 128, 96, 10], [p] * 2)
        loader = DataLoader(TensorDataset(X, y), batch_size=50, shuffle=True, generator=generator)
        optimizer = torch.optim.SGD(net.parameters(), momentum=0.9, lr=1e-1)
        for _ in range(epochs):
            net.train()
            for inputs, labels in loader:
                loss = nn.CrossEntropyLoss()(net(inputs), labels)
                net.zero_grad()
                loss.backward()
                optimizer.step()
            net.eval()
    net.eval()
    return net
