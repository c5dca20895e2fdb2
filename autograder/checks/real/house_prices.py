"""The houses of Ames, Iowa, as the Kaggle competition "House Prices" hands them out: two CSV files."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

import torch

from autograder.checks.real.files import content, found
from autograder.errors import DataError

MISSING = ("NA", "")
MOST = 32 << 20  # bytes; the real files have half a million
_NOW = "put the competition's train.csv and test.csv there, as they were published"
Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class HousePrices:
    """Fields as text, None where one is missing (in some columns that means: there is none, no garage for example)."""

    columns: tuple[str, ...]  # 79 names, without Id and SalePrice
    train_rows: tuple[Row, ...]  # 1460
    train_price: torch.Tensor  # float64 [1460], dollars
    test_rows: tuple[Row, ...]  # 1459
    test_ids: tuple[int, ...]  # what a submission begins its lines with


def house_prices(folder: str | Path, *, rows: tuple[int, int] = (1460, 1459)) -> HousePrices:
    """The two files of the competition, which have as many `rows`. DataError says which file and line is not as it
    should be."""
    root = Path(folder)
    train, test = found(root, ("train.csv",), _NOW), found(root, ("test.csv",), _NOW)
    columns, train_rows = _table(train, rows[0], "Id", "SalePrice")
    again, test_rows = _table(test, rows[1], "Id")
    if columns[:-1] != again:
        raise DataError(f"its columns are not those of {train.name}", where=str(test), now=_NOW)
    prices = [_price(fields[-1], train, number) for number, fields in train_rows]
    return HousePrices(
        columns=columns[1:-1],
        train_rows=tuple(_row(fields[1:-1]) for _, fields in train_rows),
        train_price=torch.tensor(prices, dtype=torch.float64),
        test_rows=tuple(_row(fields[1:]) for _, fields in test_rows),
        test_ids=tuple(_id(fields[0], test, number) for number, fields in test_rows),
    )


def _table(path: Path, count: int, first: str, last: str = "") -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """The names of the columns, and every row with the number of its line."""
    rows = _lines(path)
    columns = tuple(rows[0][1]) if rows else ()
    if columns[:1] != (first,) or (last and columns[-1:] != (last,)) or len(set(columns)) != len(columns):
        ends = f"from {first} to {last}" if last else f"from {first} on"
        raise DataError(f"the first line does not name the columns {ends}", where=f"{path}:1", now=_NOW)
    for number, fields in rows[1:]:
        if len(fields) != len(columns):
            what = f"{len(fields)} fields for {len(columns)} columns; the file may be cut off"
            raise DataError(what, where=f"{path}:{number}", now=_NOW)
    if len(rows) != 1 + count:
        raise DataError(f"{len(rows) - 1:,} houses of {count:,}", where=str(path), now=_NOW)
    return columns, rows[1:]


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Every line that isn't empty, as its number and its fields."""
    read = content(path, MOST + 1, _NOW)
    if len(read) > MOST:
        raise DataError("the file is far too long", where=str(path), now=_NOW)
    if not read.endswith(b"\n"):
        raise DataError("the last line has no end; the file is cut off", where=str(path), now=_NOW)
    try:
        lines = csv.reader(io.StringIO(read.decode("utf-8-sig"), newline=""), strict=True)
        return [(lines.line_num, fields) for fields in lines if fields]
    except UnicodeDecodeError as error:
        raise DataError("not a text in UTF-8", where=str(path), now=_NOW) from error
    except csv.Error as error:
        raise DataError(f"not a CSV file: {error}", where=f"{path}:{lines.line_num}", now=_NOW) from error


def _row(fields: list[str]) -> Row:
    return tuple(None if field in MISSING else field for field in fields)


def _price(field: str, path: Path, number: int) -> float:
    try:
        price = float(field)
    except ValueError:
        price = math.nan
    if not 0 < price < math.inf:
        raise DataError(f"the price {field[:20]!r} is not a number above 0", where=f"{path}:{number}", now=_NOW)
    return price


def _id(field: str, path: Path, number: int) -> int:
    if not (field.isascii() and field.isdigit() and len(field) < 10):
        raise DataError(f"the Id {field[:20]!r} is not a whole number", where=f"{path}:{number}", now=_NOW)
    return int(field)
