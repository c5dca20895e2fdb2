"""All arithmetic in NumPy, with its nan functions; csv.DictReader-like reading by lines that csv keeps together."""

import csv
import warnings

import numpy as np


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    reader = csv.reader(text.splitlines(keepends=True))
    lines = [line for line in reader if line != []]
    names = lines.pop(0)
    rows = []
    for line in lines:
        if len(line) - len(names):
            raise ValueError(line)
        rows.append([None if field in na else field for field in line])
    return names, rows


def impute_numeric(x, how="mean", stats=None):
    if how not in ("mean", "drop"):
        raise ValueError(how)
    array = x.numpy().copy()
    if how == "drop":
        return torch.from_numpy(array[~np.isnan(array).any(axis=1)])
    if stats is None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            means = np.nan_to_num(np.nanmean(array, axis=0))
    else:
        means = stats.numpy()
    where = np.isnan(array)
    array[where] = np.broadcast_to(means, array.shape)[where]
    return torch.from_numpy(array)


def one_hot_with_nan(col, levels):
    where = [levels.index(field) if field in levels else -1 for field in col]
    return torch.from_numpy(np.eye(len(levels) + 1, dtype=np.float32)[np.array(where, dtype=int)])


class Standardizer:
    def fit(self, x):
        array = x.numpy().astype(np.float64)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.m, self.s = np.nanmean(array, 0), np.nanstd(array, 0)
            self.s[np.nanmax(array, 0) == np.nanmin(array, 0)] = 1
        self.s[np.isnan(self.m)] = 1
        self.m[np.isnan(self.m)] = 0
        return self

    def transform(self, x):
        return torch.from_numpy(np.nan_to_num((x.numpy() - self.m) / self.s)).to(x.dtype)


def to_tensors(rows, numeric, categorical, target, levels=None):
    rows = [list(row) for row in rows]
    X = np.array([[row[j] if row[j] is not None else "nan" for j in numeric] for row in rows], dtype=object)
    X = X.reshape(len(rows), len(numeric)).astype(np.float64)
    blocks = [torch.from_numpy(X).float()]
    for k, j in enumerate(categorical):
        column = [row[j] for row in rows]
        known = levels[k] if levels else sorted(set(column) - {None})
        blocks.append(one_hot_with_nan(column, known))
    y = np.array([row[target] for row in rows], dtype=object).astype(np.float64).reshape(-1, 1)
    return torch.hstack(blocks), torch.from_numpy(y).float()
