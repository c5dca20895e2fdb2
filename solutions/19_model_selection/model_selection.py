"""Topic 19: from rows of data to a choice between models that can be trusted.

Fill in every function. Until you do, they raise NotImplementedError and count as "not started".

Conventions: n is the number of rows. Index tensors are int64, of one dimension, on the CPU, and hold row numbers from 0
to n - 1. `generator` is a torch.Generator on the CPU and the only source of randomness: the same state of it gives the
same result, and without it nothing is random. No function changes its arguments (the state of `generator` moves on).

The standard library and all of torch may be used. (scikit-learn has most of this ready-made; here you see how.)
"""

from __future__ import annotations

# answer
import math

# end answer
from collections.abc import Callable
from typing import Any

import torch
from torch import Generator, Tensor


def train_val_test_split(
    n: int, fractions: tuple[float, float, float], generator: Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Distribute the rows 0 .. n-1 at random over training, validation and test.

    n          n >= 0
    fractions  of training, validation and test: none below 0, that of training above 0, their sum 1 (up to 1e-6).
               Anything else raises ValueError.

    Returns (train, val, test). Every row is in exactly one of them. val has n * fractions[1] rows and test
    n * fractions[2], both rounded down; all others are in train, which therefore is never empty if n >= 1. (Where
    rounding of floats decides, as in 100 * 0.29 = 28.999999999999996, 28 and 29 are both right.) Which rows go where is
    random, each division of these sizes as probable as any other; the order inside of the three is up to you.

    >>> train, val, test = train_val_test_split(10, (0.7, 0.2, 0.1), torch.Generator().manual_seed(0))
    >>> len(train), len(val), len(test), sorted([*train.tolist(), *val.tolist(), *test.tolist()])
    (7, 2, 1, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    # answer
    if min(fractions) < 0 or fractions[0] <= 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError("fractions are not below 0, that of training is above 0, and they sum to 1")
    val, test = (math.floor(n * fraction) for fraction in fractions[1:])
    order = torch.randperm(n, generator=generator)
    return order[val + test :], order[:val], order[val : val + test]
    # end answer


def kfold_indices(n: int, k: int) -> list[tuple[Tensor, Tensor]]:
    """The k ways to train on all blocks of rows but one and to validate on that one.

    n  number of rows
    k  number of folds, 2 <= k <= n; anything else raises ValueError

    Cut 0 .. n-1 into k blocks of neighbours, in order. Each has n // k rows, and the first n % k blocks have one more.

    Returns a list of k pairs (train, val): val of pair i is block i, train all other rows; both in increasing order.
    Nothing is random here: shuffle the rows before, if their order means something.

    >>> kfold_indices(5, 2)
    [(tensor([3, 4]), tensor([0, 1, 2])), (tensor([0, 1, 2]), tensor([3, 4]))]
    """
    # answer
    if not 2 <= k <= n:
        raise ValueError(f"2 <= k <= n is needed, not k = {k}, n = {n}")
    blocks = torch.arange(n).tensor_split(k)
    return [(torch.cat([*blocks[:i], *blocks[i + 1 :]]), block) for i, block in enumerate(blocks)]
    # end answer


def stratified_split(y: Tensor, frac: float, generator: Generator) -> tuple[Tensor, Tensor]:
    """Hold out a random share of the rows, of every class the same share.

    y     (n,) int64 labels, n >= 0; any integers, also negative ones or with gaps between them
    frac  0 < frac < 1, the share to hold out; anything else raises ValueError

    Returns (train, held_out), the rows in random order: not sorted by class. Every row is in exactly one of the two. Of
    a class with c rows, h are held out:
        c = 1:   h = 0, for nothing can be learned about a class without rows
        c >= 2:  h is c * frac, rounded up or down as you like, and 1 <= h <= c - 1, so that both sides get a row.
    Which rows of a class are held out is random, all of them with the same probability.

    >>> y = torch.tensor([7, 7, 7, 7, 7, 7, 0, 0])
    >>> train, held_out = stratified_split(y, 0.5, torch.Generator().manual_seed(0))
    >>> sorted(y[train].tolist()), sorted(y[held_out].tolist())
    ([0, 7, 7, 7], [0, 7, 7, 7])
    """
    # answer
    if not 0 < frac < 1:
        raise ValueError(f"frac is above 0 and below 1, not {frac}")
    order = torch.randperm(len(y), generator=generator)
    labels, held = y.cpu()[order], torch.zeros(len(y), dtype=torch.bool)
    for label in labels.unique():
        places = (labels == label).nonzero()[:, 0]
        count = min(max(round(len(places) * frac), 1), len(places) - 1)
        held[places[:count]] = True
    return order[~held], order[held]
    # end answer


def cross_validate(
    fit_fn: Callable[[Tensor, Tensor], Any],
    score_fn: Callable[[Any, Tensor, Tensor], float | Tensor],
    X: Tensor,
    y: Tensor,
    k: int,
    standardize: bool = False,
) -> Tensor:
    """The scores of k models, each on the rows that it has not seen.

    fit_fn       fit_fn(X_train, y_train) makes a new model and trains it. What it returns is only handed on.
    score_fn     score_fn(model, X_val, y_val) gives its score on other rows: a number, or a tensor without dimensions
    X            (n, d) float32 or float64
    y            (n,) or (n, 1), of any dtype
    k            the folds are those of kfold_indices(n, k), in their order; it also says which k raise ValueError
    standardize  False: the functions get rows of X as they are.
                 True: they get (X - mean) / std, column by column, for training and validation rows alike. mean and
                 std are those of the fold's training rows alone; std divides the sum of squares by their number. A
                 column whose training rows are all equal is only centred (its std counts as 1).

    For each fold, in their order, each function is called exactly once; the rows keep their order, dtype and width.
    Returns the scores, float64 (k,), without gradient, on the CPU; entry i is the score of the model trained in fold i.

    >>> X, y = torch.tensor([[0.0], [2.0], [4.0]]), torch.tensor([1.0, 2.0, 6.0])
    >>> cross_validate(lambda X, y: y.mean(), lambda model, X, y: (y - model).abs().mean(), X, y, 3)
    tensor([3.0000, 1.5000, 4.5000], dtype=torch.float64)
    """
    # answer
    scores = []
    for train, val in kfold_indices(len(X), k):
        seen, unseen = X[train], X[val]
        if standardize:
            mean, std = seen.mean(0), seen.std(0, correction=0)
            std = torch.where(seen.amax(0) > seen.amin(0), std, 1.0)
            seen, unseen = (seen - mean) / std, (unseen - mean) / std
        model = fit_fn(seen, y[train])
        scores.append(float(score_fn(model, unseen, y[val])))
    return torch.tensor(scores, dtype=torch.float64)
    # end answer


def select_degree(x: Tensor, y: Tensor, degrees: list[int], k: int = 5) -> int:
    """The degree of polynomial that predicts best, by cross-validation.

    x        (n,) float32 or float64, in random order
    y        (n,) of the same dtype
    degrees  at least one, each >= 0, in any order
    k        number of folds; the folds are those of kfold_indices(n, k). Each training part has more rows than the
             largest degree, and more different x.

    A model of degree d is the polynomial c_0 + c_1 x + ... + c_d x^d with the least mean squared error on the training
    rows; torch.linalg.lstsq finds it. Calculate in float64, whatever the dtype of x. The score of a degree is the mean,
    over the k folds, of the mean squared error on the rows held out.

    Returns the degree with the lowest score, an int that stands in `degrees`; of equally good ones the lowest.

    >>> x = torch.tensor([0.0, 2.0, -1.0, 3.0, -2.0, 1.0])
    >>> select_degree(x, x**2 - x + torch.tensor([0.1, -0.1, 0.1, -0.1, 0.1, -0.1]), [3, 0, 1, 2], k=3)
    2
    """

    # answer
    def score(degree: int) -> float:
        powers = x.double()[:, None] ** torch.arange(degree + 1, device=x.device)
        return cross_validate(least_squares, squared_error, powers, y.double(), k).mean().item()

    return min(sorted(degrees), key=score)
    # end answer


# answer
def least_squares(X: Tensor, y: Tensor) -> Tensor:
    return torch.linalg.lstsq(X, y[:, None]).solution[:, 0]


def squared_error(w: Tensor, X: Tensor, y: Tensor) -> Tensor:
    return (X @ w - y).square().mean()


# end answer


def log_uniform(low: float, high: float, generator: Generator) -> float:
    """A number between low and high whose logarithm is uniformly distributed: for learning rates and the like.

    low, high  0 < low <= high; anything else raises ValueError

    Returns a Python float, low <= result <= high (up to rounding). Each call takes new chance from the generator.

    >>> rate = log_uniform(1e-4, 1e-1, torch.Generator().manual_seed(0))
    >>> 1e-4 <= rate <= 1e-1
    True
    """
    # answer
    if not 0 < low <= high:
        raise ValueError(f"0 < low <= high is needed, not {low} and {high}")
    share = torch.rand((), dtype=torch.float64, generator=generator).item()
    return low * (high / low) ** share
    # end answer


def random_search(
    sampler: Callable[[Generator], Any], objective: Callable[[Any], float], n: int, generator: Generator
) -> Any:
    """The best of n candidates that were drawn by lot.

    sampler    sampler(generator) draws one candidate: a number, a dict of settings, anything
    objective  objective(candidate) is its validation loss, a float: lower is better. It may be nan, which is never
               best. It is expensive: call it exactly once per candidate.
    n          n >= 1 candidates are drawn one after another, from this generator; n < 1 raises ValueError

    Returns the candidate with the lowest loss, of equal ones the first. Raises ValueError if every loss is nan.

    >>> sampler = lambda generator: torch.randint(100, (), generator=generator).item()
    >>> random_search(sampler, lambda number: abs(number - 50), 200, torch.Generator().manual_seed(0))
    50
    """
    # answer
    trials = [(candidate, objective(candidate)) for candidate in (sampler(generator) for _ in range(n))]
    good = [(candidate, loss) for candidate, loss in trials if not math.isnan(loss)]
    if not good:
        raise ValueError("no candidate has a loss that is a number")
    return min(good, key=lambda trial: trial[1])[0]
    # end answer
