"""Topic 24, a capstone: from two CSV files of houses to a file of predicted prices.

Fill in every function. Until you do, they raise NotImplementedError and count as "not started". `read_csv` and `Config`
are given.

Conventions: a Table is (names, rows): the names of the columns, and the rows as lists of text, None where a field is
missing. n is the number of houses with a price, m of those without one, F of features. Features and prices are float32.
A price is a number of dollars above 0. No function changes its arguments (the state of a generator moves on).

The standard library and all of torch may be used, torch.optim included.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Generator, Tensor, nn

Table = tuple[list[str], list[list[str | None]]]


@dataclass(frozen=True)
class Config:
    """The settings of one training. Other defaults, and more fields with defaults, are welcome."""

    hidden: int = 0  # units of the hidden layer; 0: no hidden layer, a linear model
    lr: float = 0.01
    weight_decay: float = 0.0  # of an optimiser such as torch.optim.AdamW
    epochs: int = 20
    batch_size: int = 64


def read_csv(path: str | Path) -> Table:
    """The Table in a CSV file; the fields "NA" and "" are missing. (Given.)"""
    with open(path, newline="", encoding="utf-8") as file:
        names, *rows = [fields for fields in csv.reader(file) if fields]
    return names, [[None if field in ("NA", "") else field for field in row] for row in rows]


def preprocess(train: Table, test: Table) -> tuple[Tensor, Tensor, Tensor]:
    """Numbers that a model can learn from.

    train  names "Id", the features, "SalePrice"; at least two rows
    test   names "Id" and the same features in the same order; any number of rows, also none

    A feature is numeric if float() understands every field of it that is not missing in train, else it is a category.
    How you code them is up to you (standardised numbers and one-hot columns will do), but this must hold:
    - X_train and X_test have the same number of columns F, and every entry is finite, whatever is missing. A feature
      may be missing in every row of train, and in a numeric one of test there may be text, which counts as missing.
    - Whatever is learned (means, deviations, levels of categories) is learned from train alone. The features of a test
      house depend on that house and on train, not on the other rows of test; and a house that is in both tables has
      the same features in both.
    - Every feature counts: houses that differ in a number, or in a category of train, have different features. "Id" is
      no feature, and neither is "SalePrice".
    - A category that is not in train counts as missing.
    - The columns of X_train are of similar size: |mean| <= 1, standard deviation <= 2.

    Returns (X_train, X_test, y): float32 (n, F), (m, F) and the prices, (n, 1), rows in the order of the tables.

    >>> train = (["Id", "area", "SalePrice"], [["1", "50", "100000"], ["2", None, "90000"], ["3", "70", "160000"]])
    >>> X_train, X_test, y = preprocess(train, (["Id", "area"], [["4", "60"], ["5", "80"]]))
    >>> X_train.shape[1] == X_test.shape[1], y.shape, X_test.shape[0]
    (True, torch.Size([3, 1]), 2)
    """
    # answer
    parts: list[tuple[Tensor, Tensor]] = []
    for place in range(1, len(train[0]) - 1):
        ours, theirs = [row[place] for row in train[1]], [row[place] for row in test[1]]
        seen = [field for field in ours if field is not None]
        if all(is_number(field) for field in seen):
            a, b = as_numbers(ours), as_numbers(theirs)
            mean = a.nanmean().nan_to_num(0.0)
            std = (a - mean).square().nanmean().sqrt().nan_to_num(1.0)
            std = std if std > 1e-6 * mean.abs() else torch.tensor(1.0)
            parts.append((((a - mean) / std).nan_to_num(0.0), ((b - mean) / std).nan_to_num(0.0)))
        else:
            levels = sorted(set(seen))
            parts.append((one_hot(ours, levels), one_hot(theirs, levels)))
    y = torch.tensor([[float(row[-1])] for row in train[1]])
    return torch.cat([a for a, _ in parts], 1).float(), torch.cat([b for _, b in parts], 1).float(), y
    # end answer


# answer
def is_number(field: str) -> bool:
    try:
        return math.isfinite(float(field))
    except ValueError:
        return False


def as_numbers(fields: list[str | None]) -> Tensor:
    """float64 (n, 1), nan where there is no number."""
    numbers = [float(field) if field is not None and is_number(field) else math.nan for field in fields]
    return torch.tensor(numbers, dtype=torch.float64)[:, None]


def one_hot(fields: list[str | None], levels: list[str]) -> Tensor:
    """float64 (n, L + 1); the last column is for what is missing or not a level."""
    place = {level: j for j, level in enumerate(levels)}
    places = torch.tensor([place.get(field, len(levels)) for field in fields], dtype=torch.int64)
    return nn.functional.one_hot(places, len(levels) + 1).double()


# end answer


def log_rmse(model: nn.Module, X: Tensor, y: Tensor) -> float:
    """The square root of the mean of (log max(p, 1) - log y)**2, with p the prices that the model predicts for X.

    model  a module; model(X) has the shape (n, 1) or (n,)
    X      (n, F), n >= 1
    y      (n, 1) or (n,), prices above 0

    Shapes need not agree: p[i] is compared with y[i], and with nothing else. Computed in evaluation mode and without
    a graph; in which mode the model is left is up to you. Returns a Python float; nan if a prediction is nan.

    >>> model = nn.Linear(1, 1, bias=False)
    >>> nn.init.constant_(model.weight, 100.0) is model.weight
    True
    >>> round(log_rmse(model, torch.tensor([[2.0], [-5.0]]), torch.tensor([100.0, 1.0])), 4)
    0.4901
    """
    # answer
    model.eval()
    with torch.no_grad():
        p = model(X).flatten().clamp(min=1.0)
        return (p.log() - y.flatten().log()).square().mean().sqrt().item()
    # end answer


def train(X: Tensor, y: Tensor, cfg: Config, generator: Generator) -> nn.Module:
    """A model of the prices, trained on the mean squared error of their logarithms.

    X          (n, F)
    y          (n, 1), prices above 0; they may all be equal
    cfg        hidden, lr, weight_decay, epochs and batch_size, as their comments say; with 0 epochs the model comes
               back as it starts. With hidden = 0, the logarithm of the predicted price is linear in the features
               (weights and a bias); otherwise it comes out of one hidden layer of that many units with a nonlinear
               activation.
    generator  all chance comes from here: the start of the weights and the order of the batches. Equal states give the
               same model to the last bit, other states another one. (nn.Linear draws from torch's global generator; so
               begin with seeding that one from this one.)

    Returns a module, in evaluation mode, for which model(X) gives prices in dollars: (n, F) to (n, 1), each above 0.
    Hint: logarithms of prices lie around 12, and weights begin around 0. Let the network predict something of mean 0
    and deviation 1, and turn it back on the way out.

    >>> X = torch.linspace(-1, 1, 50)[:, None]
    >>> model = train(X, 100_000 * torch.exp(X), Config(hidden=0, lr=0.1), torch.Generator().manual_seed(0))
    >>> log_rmse(model, X, 100_000 * torch.exp(X)) < 0.2
    True
    """
    # answer
    torch.manual_seed(int(torch.randint(2**31, (), generator=generator)))
    log_y = y.log()
    mean, std = log_y.mean(), log_y.std(correction=0).clamp(min=1e-6)
    target = (log_y - mean) / std
    model = PriceModel(X.shape[1], cfg.hidden, mean.item(), std.item()).to(X.device)
    opt = torch.optim.AdamW(model.parameters(), lr=cfg.lr, weight_decay=cfg.weight_decay)
    for _ in range(cfg.epochs):
        for batch in torch.randperm(len(X)).to(X.device).split(cfg.batch_size):
            opt.zero_grad()
            nn.functional.mse_loss(model.net(X[batch]), target[batch]).backward()
            opt.step()
    return model.eval()
    # end answer


# answer
class PriceModel(nn.Module):
    """A network for standardised logarithms of prices, and the way back to prices."""

    def __init__(self, features: int, hidden: int, mean: float, std: float) -> None:
        super().__init__()
        first = nn.Linear(features, hidden or 1)
        self.net = nn.Sequential(first, nn.ReLU(), nn.Linear(hidden, 1)) if hidden else first
        self.mean, self.std = mean, std

    def forward(self, X: Tensor) -> Tensor:
        return (self.net(X) * self.std + self.mean).exp()


# end answer


def kfold(X: Tensor, y: Tensor, cfg: Config, k: int = 5) -> tuple[list[float], list[float]]:
    """How good this configuration is, on rows that were trained on and on rows that were not.

    X, y  (n, F) and (n, 1)
    k     number of folds, 2 <= k <= n; anything else raises ValueError

    The n rows are divided into k folds whose sizes differ by at most 1; which rows form a fold is up to you, but the
    same call always gives the same result. For each fold call your `train` once, train(X_rest, y_rest, cfg, generator),
    with the rows of all other folds and a generator that is seeded with the number of the fold (0, 1, ...); then call
    your `log_rmse` twice: for the rows that were trained on, and for those of the fold.

    Returns (train_scores, valid_scores), two lists of k floats in the order of the folds.

    >>> X = torch.linspace(-1, 1, 20)[:, None]
    >>> scores = kfold(X, 100_000 * torch.exp(X), Config(hidden=0, epochs=2), k=3)
    >>> [len(part) for part in scores]
    [3, 3]
    """
    # answer
    if not 2 <= k <= len(X):
        raise ValueError(f"2 <= k <= n is needed, not k = {k}, n = {len(X)}")
    train_scores, valid_scores = [], []
    for fold, held in enumerate(torch.arange(len(X)).tensor_split(k)):
        rest = torch.ones(len(X), dtype=torch.bool)
        rest[held] = False
        model = train(X[rest], y[rest], cfg, torch.Generator().manual_seed(fold))
        train_scores.append(log_rmse(model, X[rest], y[rest]))
        valid_scores.append(log_rmse(model, X[held], y[held]))
    return train_scores, valid_scores
    # end answer


def write_submission(path: str | Path, ids: list[int], pred: Tensor) -> None:
    """Write predicted prices as a CSV file, as competitions want it.

    path  of the file to write; an older file there is replaced
    ids   m >= 0 whole numbers
    pred  (m, 1) or (m,) prices, of the houses in the order of ids; another number of them raises ValueError

    The first line is Id,SalePrice; then one line per house, in the order of ids: the id, a comma, the price as a plain
    decimal number, not rounded to less than two decimals and without spaces. A price below 1 is written as 1. If a
    prediction is nan or infinite, raise ValueError; then no file is written, and an older one stays as it is.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "out.csv"
    >>> write_submission(path, [1461, 1462], torch.tensor([[208500.0], [-3.25]]))
    >>> path.read_text().split()
    ['Id,SalePrice', '1461,208500.00', '1462,1.00']
    """
    # answer
    prices = pred.detach().flatten()
    if len(prices) != len(ids) or not bool(torch.isfinite(prices).all()):
        raise ValueError("one finite price per id is needed")
    lines = [f"{number},{price:.2f}" for number, price in zip(ids, prices.clamp(min=1.0).tolist(), strict=True)]
    Path(path).write_text("\n".join(["Id,SalePrice", *lines]) + "\n", encoding="utf-8")
    # end answer


def solve(train_csv: str | Path, test_csv: str | Path, out_csv: str | Path) -> None:
    """Read both files, train, predict the prices of the houses in test_csv, and write them to out_csv.

    train_csv  columns Id, features, SalePrice
    test_csv   columns Id and the same features, no prices. Ids are any whole numbers, each once.
    out_csv    the file to write, as write_submission does

    Two calls with the same files write the same prices. It takes at most 10 seconds of CPU time for 1000 + 1000 houses.
    What matters is the log-RMSE on prices that you do not have: <= 0.30, <= 0.22 and <= 0.16 are the three baselines.
    """
    # answer
    known, unknown = read_csv(train_csv), read_csv(test_csv)
    X, X_test, y = preprocess(known, unknown)
    cfg = Config(hidden=32, lr=0.005, weight_decay=0.3, epochs=25)
    model = train(X, y, cfg, torch.Generator().manual_seed(0))
    with torch.no_grad():
        write_submission(out_csv, [int(row[0]) for row in unknown[1]], model(X_test))
    # end answer
