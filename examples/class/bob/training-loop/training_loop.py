"""Training, validation, diagnosis, reproducibility.

Six functions and a class to fill in. Each docstring says all there is to know: shapes, units, the odd cases, and one
example. The README beside this file tells the story.

What is the same everywhere in this file:
loader   gives batches (x, y), tuples or lists of two tensors, when you loop over it. It may be a DataLoader, a list, or
         a generator that can be looped over only once: don't ask it for a length, and loop over it once per call. x has
         shape (n, ...), y is int64 of shape (n,) unless the loss wants something else. n >= 1 may differ from batch to
         batch.
loss_fn  loss_fn(model(x), y) is a 0-d tensor: the mean loss over the n samples of that batch.
"""

from __future__ import annotations

import math

import random
from collections.abc import Callable, Iterable

from statistics import median

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

Loader = Iterable[tuple[Tensor, Tensor]]
Loss = Callable[[Tensor, Tensor], Tensor]


def train_epoch(
    model: nn.Module,
    loader: Loader,
    loss_fn: Loss,
    opt: torch.optim.Optimizer,
    device: str | torch.device = "cpu",
    clip: float | None = None,
) -> float:
    """One pass over the loader with one optimiser step per batch.

    model   put it into training mode first, all its parts. It already is on `device`; move every batch there, whatever
            device that is.
    opt     its step() follows the gradient of this batch's loss alone: not of earlier batches, and not of gradients
            that lay in the parameters before the call.
    clip    None, or a number > 0. Then, with ||g|| the L2 norm of the gradients of all parameters of the model taken
            together as one long vector, every gradient is multiplied by min(1, clip / ||g||) before the step: nothing
            changes while ||g|| <= clip. Parameters without a gradient (frozen ones) do not count. Gradients that are
            all zero stay zero. torch.nn.utils.clip_grad_norm_ is fine: that it divides by ||g|| + 1e-6 is within the
            tolerance.

    Returns a Python float: the mean loss per sample over the epoch. The loss of a batch is the one its step is taken
    from, so before that step, and it counts with its n samples: sum(n * loss) / sum(n). No graph outlives its batch:
    whatever you keep from one batch to the next must not hold the graph of the loss. Raises ValueError if the loader
    gives no batch at all. In which mode the model is left is up to you.

    >>> model = nn.Linear(1, 1, bias=False)
    >>> nn.init.zeros_(model.weight).tolist()
    [[0.0]]
    >>> x, y = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([[2.0], [4.0], [6.0]])
    >>> batches = [(x[:2], y[:2]), (x[2:], y[2:])]
    >>> round(train_epoch(model, batches, F.mse_loss, torch.optim.SGD(model.parameters(), lr=0.1)), 4)
    9.6667
    """
    model.train()  # public
    total, count = 0.0, 0
    for inputs, targets in loader:
        x, y = inputs.to(device), targets.to(device)
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        if clip is not None:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        opt.step()
        total += loss.item() * len(x)
        count += len(x)
    if count == 0:
        raise ValueError("the loader gave no batch, so there is no mean loss")
    return total / count


def evaluate(model, loader, loss_fn=F.cross_entropy):
    training = model.training
    model.eval()
    losses, accuracies = [], []
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            losses.append(loss_fn(z, y).item())
            accuracies.append((z.argmax(1) == y).float().mean().item())
    model.train(training)
    return sum(losses) / len(losses), sum(accuracies) / len(accuracies)


class EarlyStopping:
    """Says when to stop, and keeps the weights of the best epoch.

    patience   int >= 1: how many epochs in a row without an improvement are too many
    min_delta  float >= 0: how much better than the best metric so far counts as an improvement
    mode       "min" for a loss, "max" for an accuracy

    Raises ValueError when patience < 1 or mode is neither of the two.

    best_state is None until the first improvement. Then it is the state of the best epoch so far: a dict from names to
    tensors as in Module.state_dict(), buffers included, ready for load_state_dict. It is a copy: training on changes
    the model, never best_state. Its tensors do not require a gradient.

    >>> stopper = EarlyStopping(patience=2)
    >>> [stopper.step(loss) for loss in (0.9, 0.7, 0.8, 0.7, 0.6)]
    [False, False, False, True, False]
    """

    best_state: dict[str, Tensor] | None

    def __init__(self, patience: int, min_delta: float = 0.0, mode: str = "min") -> None:
        if patience < 1 or mode not in ("min", "max"):
            raise ValueError(f"patience must be at least 1 and mode 'min' or 'max', not {patience} and {mode!r}")
        self.patience, self.min_delta = patience, min_delta
        self.sign = -1.0 if mode == "min" else 1.0
        self.best: float | None = None
        self.bad_epochs = 0
        self.best_state = None

    def step(self, metric: float, state: nn.Module | dict[str, Tensor] | None = None) -> bool:
        """Call it once per epoch with the metric of that epoch.

        metric  a finite number or nan. It is an improvement if it is better than the best metric so far by more than
                min_delta (exactly min_delta is not enough): metric < best - min_delta, or in mode "max"
                metric > best + min_delta. The best metric is the one of the last improvement. The first metric that is
                a number is always an improvement; nan never is.
        state   the model, or its state_dict(): what best_state becomes a copy of if this is an improvement. Callers
                that want best_state give it in every call, others in none.

        Returns True (a bool) exactly when this call and the `patience` - 1 calls before it all brought no improvement:
        for the first time in the `patience`-th bad epoch in a row, and so on until a metric improves again.
        """
        gain = None if self.best is None else self.sign * (metric - self.best)
        if not math.isnan(metric) and (gain is None or gain > self.min_delta):
            self.best, self.bad_epochs = metric, 0
            if state is not None:
                named = state.state_dict() if isinstance(state, nn.Module) else state
                self.best_state = {name: value.detach().clone() for name, value in named.items()}
        else:
            self.bad_epochs += 1
        return self.bad_epochs >= self.patience


def diagnose(train: list[float], val: list[float], bigger_train: list[float] | None = None) -> str:
    """The first suspicion, from error rates (shares of wrong answers, 0 to 1), one per epoch.

    train         error rate on the training data
    val           error rate on the validation data
    bigger_train  None, or the error rate of a bigger model on the same training data

    Each curve has at least 3 entries (ValueError otherwise); they need not be equally long. Curves are noisy, so look
    at medians of three neighbours: end(c) is the median of the last three entries of c, low(c) the smallest median of
    any three consecutive entries of c. The first rule that fits decides:

    1. end(train) > 0.10, the training data are not learned:
       a. bigger_train is given and end(bigger_train) >= end(train) - 0.02      ->  "optimization"
       b. otherwise                                                             ->  "model_bias"
    2. end(val) - end(train) > 0.05, learned, but it does not carry over:
       a. end(val) - low(val) > 0.02: validation was better before, it rose     ->  "overfitting"
       b. otherwise                                                             ->  "mismatch"
    3. neither                                                                  ->  "ok"

    >>> diagnose([0.5, 0.2, 0.04, 0.02, 0.01], [0.5, 0.3, 0.2, 0.2, 0.21, 0.26, 0.27])
    'overfitting'
    """
    if any(len(curve) < 3 for curve in (train, val, bigger_train) if curve is not None):
        raise ValueError("a curve needs at least 3 epochs")
    end = median(train[-3:])
    if end > 0.10:
        stuck = bigger_train is not None and median(bigger_train[-3:]) >= end - 0.02
        return "optimization" if stuck else "model_bias"
    val_end = median(val[-3:])
    if val_end - end <= 0.05:
        return "ok"
    low = min(median(val[start : start + 3]) for start in range(len(val) - 2))
    return "overfitting" if val_end - low > 0.02 else "mismatch"


def seed_everything(seed: int) -> None:
    """Start the three global generators of a run from `seed`: Python's random, NumPy's np.random and torch.

    seed  0 <= seed < 2**32

    Returns None. After the same seed, random.random(), np.random.rand(), torch.rand(...) and the order of a shuffling
    DataLoader are the same; after another seed each of them is another.

    >>> seed_everything(3)
    >>> first = random.random(), np.random.rand(), torch.rand(1).item()
    >>> seed_everything(3)
    >>> first == (random.random(), np.random.rand(), torch.rand(1).item())
    True
    """
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def run(seed: int) -> Tensor:
    """A small experiment that anybody can repeat: everything random in it comes from `seed`.

    1. Seed everything.
    2. Draw the data: 32 samples with 4 standard normal features, and a label 0, 1 or 2 for each, as you like.
    3. Make nn.Linear(4, 3) with its usual random start, and torch.optim.SGD with learning rate 0.1.
    4. Train it for 2 epochs with cross-entropy and a DataLoader that shuffles, in batches of 8.

    Returns the trained weights, row by row, and behind them the biases: float32, shape (15,), no gradient required.
    The same seed gives the same 15 numbers to the last bit, whatever ran before, in this process or in a new one;
    another seed gives others.

    >>> torch.equal(run(1), run(1)), torch.equal(run(1), run(2))
    (True, False)
    """
    seed_everything(seed)  # public
    data = TensorDataset(torch.randn(32, 4), torch.randint(0, 3, (32,)))
    model = nn.Linear(4, 3)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(data, batch_size=8, shuffle=True)
    for _ in range(2):
        train_epoch(model, loader, F.cross_entropy, opt)
    return torch.cat([model.weight.flatten(), model.bias]).detach()


def fit(
    model: nn.Module,
    train_loader: Loader,
    val_loader: Loader,
    loss_fn: Loss,
    opt: torch.optim.Optimizer,
    epochs: int,
    patience: int | None = None,
) -> dict[str, list[float]]:
    """Train for some epochs, look at the validation data after each, and keep the best weights.

    An epoch is one pass over train_loader with a step per batch, then an evaluation on val_loader; your functions above
    do both. Use the device of the model's parameters. Both loaders can be looped over anew in every epoch.

    patience  None: run all `epochs`, and leave the model with the weights of the last one.
              An int >= 1: stop after the epoch that is the `patience`-th in a row whose val_loss is not below the
              lowest so far (nan never is). At the end, stopped or not, load the weights of the epoch with the lowest
              val_loss back into the model, the first of equals. If no epoch had a val_loss that is a number, leave the
              weights as they are.

    Returns the history: {"train_loss": [...], "val_loss": [...], "val_acc": [...]}, Python floats, one per epoch that
    was run. train_loss is the mean during the epoch as in train_epoch, val_loss and val_acc are those of evaluate after
    the epoch, with this loss_fn. epochs = 0 gives three empty lists and an unchanged model. In which mode the model is
    left is up to you.

    >>> torch.manual_seed(0) and None
    >>> model, data = nn.Linear(1, 2), [(torch.tensor([[-1.0], [1.0]]), torch.tensor([0, 1]))]
    >>> history = fit(model, data, data, F.cross_entropy, torch.optim.SGD(model.parameters(), lr=1.0), epochs=3)
    >>> {name: len(values) for name, values in history.items()}
    {'train_loss': 3, 'val_loss': 3, 'val_acc': 3}
    """
    device = next(model.parameters()).device
    stopper = None if patience is None else EarlyStopping(patience)
    history: dict[str, list[float]] = {"train_loss": [], "val_loss": [], "val_acc": []}
    for _ in range(epochs):
        history["train_loss"].append(train_epoch(model, train_loader, loss_fn, opt, device))
        val_loss, val_acc = evaluate(model, val_loader, loss_fn)
        history["val_loss"].append(val_loss)
        history["val_acc"].append(val_acc)
        if stopper is not None and stopper.step(val_loss, model):
            break
    if stopper is not None and stopper.best_state is not None:
        model.load_state_dict(stopper.best_state)
    return history
