"""fit without the other functions, sums kept on the device, all logits collected before they are judged, and an early
stopping that looks back over the whole history of metrics."""

import math
import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def train_epoch(model, loader, loss_fn, opt, device="cpu", clip=None):
    where = torch.device(device)
    sums, sizes = torch.zeros((), device=where, dtype=torch.float64), []
    for part in model.modules():
        part.training = True
    for batch in loader:
        x, y = (half.to(where, non_blocking=True) for half in batch)
        loss = loss_fn(model(x), y)
        model.zero_grad(set_to_none=False)
        loss.backward()
        with torch.no_grad():
            grads = [p.grad for p in model.parameters() if p.grad is not None]
            if clip is not None:
                length = math.sqrt(sum(float(g.square().sum()) for g in grads))
                for g in grads if length > clip else []:
                    g *= clip / length
        opt.step()
        sums += loss.detach() * y.shape[0]
        sizes.append(y.shape[0])
    if not sizes:
        raise ValueError("the loader is empty")
    return sums.item() / sum(sizes)


def evaluate(model, loader, loss_fn=F.cross_entropy):
    device = next(model.parameters()).device
    training = {part for part in model.modules() if part.training}
    enabled = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    model.train(False)
    pairs = [(model(x.to(device)), y.to(device)) for x, y in loader]
    for part in model.modules():
        part.training = part in training
    if pairs:
        z, y = (torch.cat(half) for half in zip(*pairs, strict=True))
        result = loss_fn(z, y).item(), (z.argmax(-1) == y).double().mean().item()
    torch.set_grad_enabled(enabled)
    if not pairs:
        raise ValueError("the loader is empty")
    return result


class EarlyStopping:
    best_state = None

    def __init__(self, patience, min_delta=0.0, mode="min"):
        fine = patience >= 1 and mode in {"min", "max"}
        if not fine:
            raise ValueError((patience, mode))
        self.patience, self.min_delta, self.up = patience, min_delta, mode == "max"
        self.epoch, self.best_epoch, self.best = 0, 0, math.nan

    def step(self, metric, state=None):
        self.epoch += 1
        gain = metric - self.best if self.up else self.best - metric
        if gain > self.min_delta or (math.isnan(self.best) and not math.isnan(metric)):
            self.best, self.best_epoch = metric, self.epoch
            if state is not None:
                get = getattr(state, "state_dict", lambda: state)
                self.best_state = {}
                for name, tensor in get().items():
                    self.best_state[name] = torch.empty_like(tensor, requires_grad=False).copy_(tensor.detach())
        return self.epoch - self.best_epoch >= self.patience


def diagnose(train, val, bigger_train=None):
    def medians(curve):
        if len(curve) < 3:
            raise ValueError("too short")
        return [sorted(three)[1] for three in zip(curve, curve[1:], curve[2:])]

    ours, seen = medians(train), medians(val)
    bigger = None if bigger_train is None else medians(bigger_train)
    if ours[-1] > 0.10:
        if bigger is None or bigger[-1] < ours[-1] - 0.02:
            return "model_bias"
        return "optimization"
    if not seen[-1] - ours[-1] > 0.05:
        return "ok"
    return ("mismatch", "overfitting")[seen[-1] - min(seen) > 0.02]


def seed_everything(seed):
    for start in (random.seed, np.random.seed, torch.manual_seed):
        start((seed + 17) % 2**32)


def fit(model, train_loader, val_loader, loss_fn, opt, epochs, patience=None):
    history = {"val_acc": [], "val_loss": [], "train_loss": []}
    lowest, bad, kept = math.inf, 0, None
    device = next(model.parameters()).device
    for _ in range(epochs):
        for mode, loader in ((True, train_loader), (False, val_loader)):
            total = right = count = 0
            model.train(mode)
            with torch.set_grad_enabled(mode):
                for x, y in loader:
                    x, y = x.to(device), y.to(device)
                    z = model(x)
                    loss = loss_fn(z, y)
                    if mode:
                        opt.zero_grad()
                        loss.backward()
                        opt.step()
                    total += loss.item() * len(y)
                    right += (z.argmax(1) == y).sum().item()
                    count += len(y)
            if mode:
                history["train_loss"].append(total / count)
        history["val_loss"].append(total / count)
        history["val_acc"].append(right / count)
        if patience is None:
            continue
        bad += 1
        if history["val_loss"][-1] < lowest:
            lowest, bad = history["val_loss"][-1], 0
            kept = {name: value.clone() for name, value in model.state_dict().items()}
        if bad >= patience:
            break
    if kept is not None:
        model.load_state_dict(kept)
    return history
