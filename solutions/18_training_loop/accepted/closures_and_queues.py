"""The step through a closure, a running mean, a deque of the last epochs, inference mode, and NumPy for the medians."""

import collections
import contextlib
import copy

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def train_epoch(model, loader, loss_fn, opt, device="cpu", clip=None):
    model.train(True)
    mean, seen = 0.0, 0
    for x, y in loader:
        x, y = torch.as_tensor(x, device=device), torch.as_tensor(y, device=device)

        def closure(x=x, y=y):
            for p in model.parameters():
                p.grad = None
            loss = loss_fn(model(x), y)
            loss.backward()
            if clip is not None:
                shorten([p.grad for p in model.parameters() if p.grad is not None], clip)
            return loss

        loss = float(opt.step(closure))
        seen += x.shape[0]
        mean += (loss - mean) * x.shape[0] / seen
    if not seen:
        raise ValueError("no batch")
    return mean


def shorten(gradients, clip):
    norm = torch.stack([g.norm() for g in gradients]).norm()
    if norm > clip:
        for g in gradients:
            g.mul_(clip / norm)


@contextlib.contextmanager
def evaluation(model):
    before = {name: part.training for name, part in model.named_modules()}
    model.apply(lambda part: setattr(part, "training", False))
    try:
        with torch.inference_mode():
            yield
    finally:
        for name, part in model.named_modules():
            part.training = before[name]


def evaluate(model, loader, loss_fn=F.cross_entropy):
    sums = np.zeros(3)
    device = next(iter(model.parameters())).device
    with evaluation(model):
        for x, y in loader:
            z = model(x.to(device))
            y = y.to(device)
            hits = torch.eq(torch.max(z, dim=-1).indices, y)
            sums += np.array([loss_fn(z, y).item() * y.numel(), hits.sum().item(), y.numel()])
    if sums[2] == 0:
        raise ValueError("no batch")
    return float(sums[0] / sums[2]), float(sums[1] / sums[2])


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0, mode="min"):
        if patience < 1:
            raise ValueError("patience")
        try:
            self.better = {"min": lambda a, b: a < b - min_delta, "max": lambda a, b: a > b + min_delta}[mode]
        except KeyError:
            raise ValueError(f"mode {mode!r}") from None
        self.latest = collections.deque(maxlen=patience)
        self.best = self.best_state = None

    def step(self, metric, state=None):
        improved = metric == metric if self.best is None else self.better(metric, self.best)
        self.latest.append(improved)
        if improved:
            self.best = metric
            if isinstance(state, nn.Module):
                state = state.state_dict()
            self.best_state = copy.deepcopy(state)
        return len(self.latest) == self.latest.maxlen and not any(self.latest)


def diagnose(train, val, bigger_train=None):
    curves = {"train": train, "val": val, "bigger": bigger_train}
    smooth = {}
    for name, values in curves.items():
        if values is None:
            continue
        if len(values) < 3:
            raise ValueError(f"{name} is too short")
        smooth[name] = np.median(np.lib.stride_tricks.sliding_window_view(np.asarray(values), 3), axis=1)
    learned = bool(smooth["train"][-1] <= 0.10)
    gap = smooth["val"][-1] - smooth["train"][-1]
    match learned, bool(gap > 0.05):
        case False, _:
            if "bigger" in smooth and smooth["bigger"][-1] >= smooth["train"][-1] - 0.02:
                return "optimization"
            return "model_bias"
        case _, False:
            return "ok"
    return "overfitting" if smooth["val"][-1] - smooth["val"].min() > 0.02 else "mismatch"


def run(seed):
    seed_everything(seed)
    net = nn.Linear(4, 3)
    X, y = torch.from_numpy(np.random.randn(32, 4)).float(), torch.from_numpy(np.random.randint(0, 3, 32))
    opt = torch.optim.SGD(net.parameters(), 0.1)
    for _ in range(2):
        for rows in torch.utils.data.DataLoader(range(32), 8, shuffle=True):
            opt.zero_grad()
            F.cross_entropy(net(X[rows]), y[rows]).backward()
            opt.step()
    return nn.utils.parameters_to_vector(net.parameters()).detach()
