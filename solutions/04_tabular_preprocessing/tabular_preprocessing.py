"""Topic 4: from a table in a text file to the tensors that a model can learn from.

Fill in every function and the class. Until you do, they raise NotImplementedError and count as "not started".

Conventions: a tensor is float32 or float64, and the result has the same dtype and the same device as the input, unless
a dtype is written. A missing number is nan in a tensor; a missing field is None in a list. No function changes its
arguments. Gradients are not asked for. In the shapes below n is the number of rows, d the number of columns.

The standard library and all of torch may be used. (pandas has most of this ready-made; here you see what it does.)
"""

from __future__ import annotations

# answer
import csv
import io
import math

# end answer
import torch
from torch import Tensor


def read_table(
    text: str, na: set[str] | frozenset[str] = frozenset({"", "NA", "NaN"})
) -> tuple[list[str], list[list[str | None]]]:
    """Split comma-separated text into the names of its columns and its rows.

    text  The first line that is not blank holds the names, every other one is a row. Lines end with "\\n" or "\\r\\n",
          the last one possibly with neither. Lines without any character are blank and skipped, wherever they are. A
          field that stands in double quotes may contain commas, line breaks and, written twice, quotes: "6"" pipe" is
          6" pipe. Tables have at least two columns and always the line of names.
    na    A field that is exactly one of these is missing, in quotes or not. Other spellings ("na") are ordinary text.

    Returns (names, rows): names are str, also one that is spelled like a missing field; a row is a list of str, or None
    where the field is missing. Apart from that every field is as it stands in the file: numbers stay text, spaces and
    upper case are kept. Raises ValueError if a row has more or fewer fields than there are names.

    >>> read_table('kind,length\\noak,"3,5"\\nfir,NA\\n')
    (['kind', 'length'], [['oak', '3,5'], ['fir', None]])
    """
    # answer
    names, *rows = [fields for fields in csv.reader(io.StringIO(text)) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("a row has more or fewer fields than there are names")
    return names, [[None if field in na else field for field in row] for row in rows]
    # end answer


def impute_numeric(x: Tensor, how: str = "mean", stats: Tensor | None = None) -> Tensor:
    """A table of numbers without gaps.

    x      (n, d), n >= 0, d >= 1; every number is finite, or nan where it is missing
    how    "mean": every nan becomes the mean of the observed numbers of its column. A column without any observed
           number becomes 0.
           "drop": rows with at least one nan are left out, the others stay in their order.
           Anything else raises ValueError.
    stats  (d,), finite, of the dtype of x: with "mean", fill column j with stats[j] instead of the mean of x, which
           then plays no part. This is how a test set is filled with the means of the training set. "drop" ignores it.

    Returns (n, d) with "mean", (number of complete rows, d) with "drop".

    >>> impute_numeric(torch.tensor([[1.0, torch.nan], [3.0, 4.0], [torch.nan, 8.0]]))
    tensor([[1., 6.],
            [3., 4.],
            [2., 8.]])
    """
    # answer
    if how == "drop":
        return x[~x.isnan().any(dim=1)]
    if how != "mean":
        raise ValueError(f"how is 'mean' or 'drop', not {how!r}")
    if stats is None:
        stats = x.nanmean(dim=0).nan_to_num(0.0)
    return torch.where(x.isnan(), stats, x)
    # end answer


def one_hot_with_nan(col: list[str | None], levels: list[str]) -> Tensor:
    """A column of categories as numbers: one column for each level, and a last one for everything else.

    col     n >= 0 fields; None where one is missing
    levels  L >= 0 different texts, in the order of their columns. They need not all occur in col, and what occurs in
            col need not be one of them.

    Returns a float32 tensor of shape (n, L + 1) on the CPU. Row i has exactly one 1: in column j if col[i] equals
    levels[j], in column L if col[i] is None or none of the levels. All else is 0.

    >>> one_hot_with_nan(["wood", None, "gas", "coal"], ["gas", "wood"])
    tensor([[0., 1., 0.],
            [0., 0., 1.],
            [1., 0., 0.],
            [0., 0., 1.]])
    """
    # answer
    place = {level: j for j, level in enumerate(levels)}
    hot = torch.zeros(len(col), len(levels) + 1)
    for i, field in enumerate(col):
        hot[i, place.get(field, len(levels))] = 1.0
    return hot
    # end answer


class Standardizer:
    """Brings every column to mean 0 and standard deviation 1, by a scale that it learns once, from the training set.

    How you name and store what is learned is up to you. The standard deviation divides the sum of squares by the number
    of observed entries or by one less: both are right, as long as it is always the same one.

    >>> scale = Standardizer().fit(torch.tensor([[1.0, 7.0], [3.0, 7.0], [torch.nan, 7.0], [5.0, 7.0]]))
    >>> scale.transform(torch.tensor([[3.0, 9.0], [torch.nan, 7.0]]))
    tensor([[0., 2.],
            [0., 0.]])
    """

    def fit(self, x: Tensor) -> Standardizer:
        """Learn mean and standard deviation of each column of x, from its observed entries only.

        x  (n, d), n >= 1, d >= 1; every number is finite, or nan where it is missing

        A column whose observed entries are all equal has no spread; its standard deviation counts as 1, so that
        transform only subtracts. "Equal" is meant of the numbers in x: rounding may leave the computed deviation of
        such a column a little above 0. In a column without any observed entry the mean counts as 0 and the standard
        deviation as 1. A second fit forgets the first.

        Returns the object itself, so that fit(...).transform(...) can be written in one line.
        """
        # answer
        seen = ~x.isnan()
        count = seen.sum(dim=0).clamp(min=1)
        self.mean = x.nan_to_num(0.0).sum(dim=0) / count
        squares = torch.where(seen, x - self.mean, 0.0).square()
        spread = x.nan_to_num(-math.inf).amax(dim=0) > x.nan_to_num(math.inf).amin(dim=0)
        self.std = torch.where(spread, (squares.sum(dim=0) / count).sqrt(), 1.0)
        return self
        # end answer

    def transform(self, x: Tensor) -> Tensor:
        """(x - mean) / standard deviation, column by column, with what fit has learned; nan becomes 0 afterwards.

        x  (m, d), m >= 0, of the dtype that fit saw; usually other rows than those. Nothing is learned from them, so
           the result of a row does not depend on which rows come with it.

        Returns (m, d) without nan.
        """
        # answer
        return ((x - self.mean) / self.std).nan_to_num(0.0)
        # end answer


def to_tensors(
    rows: list[list[str | None]],
    numeric: list[int],
    categorical: list[int],
    target: int,
    levels: list[list[str]] | None = None,
) -> tuple[Tensor, Tensor]:
    """The features X and the targets y of the rows that read_table gave.

    rows         n >= 0 rows of fields
    numeric      the places of the columns that hold numbers, in text that float() understands, or None
    categorical  the places of the columns that hold categories, or None. At least one place is in one of the two.
    target       the place of the column to predict: numbers, never None
    levels       for each categorical column, in the order of `categorical`, its list of levels as in one_hot_with_nan.
                 None: the levels of a column are all different texts that occur in it, sorted as Python sorts str.

    Returns (X, y), both float32: row i of each belongs to rows[i]. y has shape (n, 1). X has first the numeric columns,
    in the order of `numeric`, with nan for a missing number; then for each categorical column, in the order of
    `categorical`, the columns that one_hot_with_nan makes of it.

    >>> X, y = to_tensors([["fir", "2.5", "9"], ["oak", None, "7"]], numeric=[1], categorical=[0], target=2)
    >>> X
    tensor([[2.5000, 1.0000, 0.0000, 0.0000],
            [   nan, 0.0000, 1.0000, 0.0000]])
    >>> y
    tensor([[9.],
            [7.]])
    """
    # answer
    if levels is None:
        levels = [sorted({row[place] for row in rows} - {None}) for place in categorical]
    numbers = [[math.nan if row[place] is None else float(row[place]) for place in numeric] for row in rows]
    parts = [torch.tensor(numbers).reshape(len(rows), len(numeric))]
    for number, place in enumerate(categorical):
        parts.append(one_hot_with_nan([row[place] for row in rows], levels[number]))
    y = torch.tensor([float(row[target]) for row in rows])
    return torch.cat(parts, dim=1), y.reshape(len(rows), 1)
    # end answer
