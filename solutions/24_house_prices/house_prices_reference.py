"""What the hidden checks of topic 24 share: tables of houses, files in the sandbox, and the score of a written file."""

from __future__ import annotations

import csv
import dataclasses
import io
import math
from typing import Any

import torch
from torch import Tensor

from autograder.checks import compare
from autograder.checks.made.houses import Houses, houses
from autograder.checks.seeding import Draw

F32, F64 = torch.float32, torch.float64
Table = tuple[list[str], list[list[str | None]]]
NUMBERS, KINDS = range(1, 7), range(7, 9)  # the places of numeric and categorical features in a row


def some_houses(draw: Draw, n: int, m: int) -> tuple[Houses, Houses]:
    """n houses to learn from, m others to predict."""
    made = houses(n + m, draw.new_generator())
    first = dataclasses.replace(made, rows=made.rows[:n], price=made.price[:n])
    return first, dataclasses.replace(made, rows=made.rows[n:], price=made.price[n:])


def table(made: Houses, first_id: int, priced: bool) -> Table:
    prices = [[f"{price:.0f}"] if priced else [] for price in made.price.tolist()]
    rows = [[str(first_id + i), *made.rows[i], *prices[i]] for i in range(len(made.rows))]
    return ["Id", *made.columns, *(["SalePrice"] if priced else [])], rows


def tables(draw: Draw, n: int, m: int) -> tuple[Table, Table]:
    train, test = some_houses(draw, n, m)
    return table(train, 1, True), table(test, n + 1, False)


def complete(draw: Draw, count: int) -> list[list[str | None]]:
    """Rows of a test table without a gap."""
    made = houses(count, draw.new_generator(), missing=0.0)
    return [[str(5000 + i), *row] for i, row in enumerate(made.rows)]


def features(submission: Any, train: Table, test: Table) -> tuple[Tensor, Tensor, Tensor]:
    """What preprocess returns, known to be three finite float32 matrices with the right numbers of rows."""
    X, X_test, y = compare.items(submission.preprocess(train, test), 3)
    n, m = len(train[1]), len(test[1])
    X = compare.tensor(X, shape=(n, None), dtype=F32, what="X_train", zh="X_train")
    X_test = compare.tensor(X_test, shape=(m, None), dtype=F32, what="X_test", zh="X_test")
    compare.equal(X_test.shape[1], X.shape[1], what="the width of X_test", zh="X_test 的列数")
    compare.tensor(y, shape=(n, 1), dtype=F32, what="y", zh="y")
    return compare.finite(X, "X_train", "X_train"), compare.finite(X_test, "X_test", "X_test"), y


def made_data(draw: Draw, n: int, d: int, noise: float = 0.05) -> tuple[Tensor, Tensor]:
    """Standard normal features, and prices whose logarithm is linear in them."""
    X = draw.randn(n, d)
    weights = draw.uniform(0.1, 0.3, d) * (2 * draw.integers(0, 2, d) - 1)
    log_price = 12 + X @ weights + noise * draw.randn(n)
    return X.to(F32), log_price.exp()[:, None].to(F32)


def log_error(p: Tensor, y: Tensor) -> float:
    return (p.double().flatten().clamp(min=1).log() - y.double().flatten().log()).square().mean().sqrt().item()


def predicted(model: Any, X: Tensor) -> Tensor:
    """Prices of a model that train returned: (n, 1), finite, above 0."""
    compare.is_type(model, torch.nn.Module, "the model", "模型")
    p = compare.tensor(model(X), shape=(len(X), 1), dtype=F32, what="the prediction", zh="预测").detach()
    compare.finite(p, "the prediction", "预测")
    compare.require(bool((p > 0).all()), "a price must be above 0.", "价格必须大于 0。")
    return p


# Files ----------------------------------------------------------------------------------------------------------------

WRITE = """
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), "out.csv")
student.write_submission(path, ids, pred)
open(path, encoding="utf-8", newline="").read()
"""
SOLVE = """
import os, tempfile
folder = tempfile.mkdtemp()
names = [os.path.join(folder, name) for name in ("train.csv", "test.csv", "out.csv")]
for name, text in zip(names, (train, test)):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
texts = []
for _ in range(times):
    student.solve(*names)
    texts.append(open(names[2], encoding="utf-8", newline="").read())
texts
"""


def entries(text: Any, ids: list[int]) -> Tensor:
    """The prices in a submission file, float64 (m,); it must have this form and these ids in this order."""
    compare.is_type(text, str, "the text of the file", "文件内容")
    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n")[:1_000_000])))
    form = bool(rows) and rows[0] == ["Id", "SalePrice"] and all(len(row) == 2 for row in rows)
    compare.require(form, "the first line of the file should be Id,SalePrice, and every line have two fields.",
                    "文件第一行应当是 Id,SalePrice，每一行都有两个字段。")  # fmt: skip
    compare.equal([row[0] for row in rows[1:]], [str(number) for number in ids], what="the ids in the file (a list)",
                  zh="文件中的 Id（列表）")  # fmt: skip
    prices = [plain_number(row[1]) for row in rows[1:]]
    good = all(math.isfinite(price) and price > 0 for price in prices)
    compare.require(good, "every price in the file should be a plain decimal number above 0.",
                    "文件中的每个价格都应当是大于 0 的普通小数。")  # fmt: skip
    return torch.tensor(prices, dtype=F64)


def plain_number(text: str) -> float:
    plain = text.isascii() and text.replace(".", "", 1).isdigit() and len(text) < 40
    return float(text) if plain else math.nan


def solved(submission: Any, draw: Draw, n: int, m: int, times: int = 1) -> tuple[list[Tensor], Tensor]:
    """The prices that solve has written, each time, and the true ones."""
    train, test = some_houses(draw, n, m)
    first_id = draw.size(2000, 9000)
    values = {"train": train.csv(), "test": test.csv(first_id=first_id, priced=False), "times": times}
    texts = compare.items(submission.build(SOLVE, **values), times, list)
    ids = list(range(first_id, first_id + m))
    return [entries(text, ids) for text in texts], test.price
