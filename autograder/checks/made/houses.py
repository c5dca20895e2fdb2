"""A table of houses as a shop would hand it over: text, two kinds of columns, gaps, and a price to predict."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import torch

from autograder.checks.made.apart import apart, normal, uniform

NUMERIC = ("area", "lot", "rooms", "age", "distance", "quality")  # m², m², number, years, km, 1..10
CATEGORICAL = ("district", "heating")
DISTRICTS = ("Harbour", "Hill", "Market", "Mill", "Park")
HEATING = ("electric", "gas", "heat pump")
_DISTRICT = (0.25, 0.1, 0.0, -0.1, 0.3)  # what each adds to the logarithm of the price
_HEATING = (-0.05, 0.0, 0.08)


@dataclass(frozen=True, slots=True)
class Houses:
    """`rows` holds the fields as text, None where one is missing, in the order of `columns`."""

    columns: tuple[str, ...]  # NUMERIC, then CATEGORICAL
    rows: tuple[tuple[str | None, ...], ...]  # n rows of 8 fields
    price: torch.Tensor  # float64 [n], whole numbers above 0, roughly log-normal

    def csv(self, *, first_id: int = 1, priced: bool = True) -> str:
        """A comma-separated file: Id, the columns and, if `priced`, SalePrice; a missing field is NA."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["Id", *self.columns, *(["SalePrice"] if priced else [])])
        for number, (row, price) in enumerate(zip(self.rows, self.price.tolist(), strict=True)):
            fields = ["NA" if field is None else field for field in row]
            writer.writerow([first_id + number, *fields, *([int(price)] if priced else [])])
        return out.getvalue()


def houses(count: int, generator: torch.Generator, *, missing: float = 0.05, noise: float = 0.10) -> Houses:
    """`count` houses; every field is missing with probability `missing`, whatever it would say.

    The logarithm of the price is a sum over the columns, with normal noise of sd `noise`. Most of it is linear, but not
    all: new and very old houses are worth more than those between, and quality counts for more in large houses. A
    linear model misses by about twice the noise.
    """
    kinds, sizes, errors, gaps = apart(generator, 4)
    district = torch.randint(len(DISTRICTS), (count,), generator=kinds)
    heating = torch.randint(len(HEATING), (count,), generator=kinds)
    numbers = _numbers(count, sizes)
    log_price = _log_price(numbers, noise * normal((count,), errors))
    log_price += torch.tensor(_DISTRICT, dtype=torch.float64)[district]
    log_price += torch.tensor(_HEATING, dtype=torch.float64)[heating]
    gone = torch.rand((count, len(NUMERIC) + len(CATEGORICAL)), generator=gaps) < missing
    rows = []
    for row, kind, warm, empty in zip(numbers, district.tolist(), heating.tolist(), gone.tolist(), strict=True):
        fields = [f"{value:g}" for value in row.tolist()] + [DISTRICTS[kind], HEATING[warm]]
        rows.append(tuple(None if lost else field for field, lost in zip(fields, empty, strict=True)))
    return Houses(NUMERIC + CATEGORICAL, tuple(rows), log_price.exp().round())


def _numbers(count: int, generator: torch.Generator) -> torch.Tensor:
    """float64 [count, 6], rounded as they are written."""
    area = (4.7 + 0.35 * normal((count,), generator)).exp().round()
    lot = (area * uniform(1.0, 8.0, (count,), generator)).round()
    rooms = (area / 28 + uniform(0.5, 2.5, (count,), generator)).floor().clamp(min=1)
    age = uniform(0, 100, (count,), generator).floor()
    distance = (uniform(0.2, 20, (count,), generator) * 10).round() / 10
    quality = (5.5 + 1.8 * normal((count,), generator)).round().clamp(1, 10)
    return torch.stack([area, lot, rooms, age, distance, quality], 1)


def _log_price(numbers: torch.Tensor, errors: torch.Tensor) -> torch.Tensor:
    area, lot, rooms, age, distance, quality = numbers.unbind(1)
    large, fine = area.log() - 4.7, quality - 5.5
    usual = 11.6 + 0.75 * large + 0.0002 * lot + 0.01 * rooms - 0.002 * age - 0.012 * distance + 0.08 * fine
    bent = 0.4 * ((age - 50) / 50) ** 2 + 0.1 * fine * large
    return usual + bent + errors
