import csv
import io
import math

import pytest
import torch

from autograder.checks.made.houses import CATEGORICAL, DISTRICTS, HEATING, NUMERIC, houses


@pytest.fixture
def made():
    return houses(2000, torch.Generator().manual_seed(3))


def test_every_row_has_every_column(made):
    assert made.columns == (*NUMERIC, *CATEGORICAL)
    assert len(made.rows) == len(made.price) == 2000
    assert {len(row) for row in made.rows} == {8}


def test_one_field_in_twenty_is_missing_in_every_column(made):
    for column in zip(*made.rows, strict=True):
        assert abs(column.count(None) / 2000 - 0.05) < 5 * math.sqrt(0.05 * 0.95 / 2000)


def test_numbers_are_numbers_and_categories_are_known(made):
    for *numbers, district, heating in made.rows:
        assert all(number is None or float(number) >= 0 for number in numbers)
        assert district in (*DISTRICTS, None)
        assert heating in (*HEATING, None)


def test_prices_are_whole_and_roughly_log_normal(made):
    assert (made.price > 0).all()
    assert torch.equal(made.price, made.price.round())
    logs = made.price.log()
    standard = (logs - logs.mean()) / logs.std()
    assert abs(float((standard**3).mean())) < 0.6
    raw = (made.price - made.price.mean()) / made.price.std()
    assert float((raw**3).mean()) > 0.8


def test_nothing_is_missing_if_nothing_should_be():
    made = houses(50, torch.Generator().manual_seed(3), missing=0.0)
    assert not any(field is None for row in made.rows for field in row)


def features(part):
    rows = [[float(number) for number in row[:6]] + [float(row[6] == name) for name in DISTRICTS] for row in part.rows]
    return torch.tensor([[*row, 1.0] for row in rows], dtype=torch.float64)


def with_bends(part):
    linear = features(part)
    area, age, quality = linear[:, 0].log(), linear[:, 3], linear[:, 5]
    return torch.cat([linear, torch.stack([area, age**2, area * quality], 1)], 1)


def test_a_linear_model_of_the_logarithm_misses_what_bends():
    train, test = (houses(800, torch.Generator().manual_seed(seed), missing=0.0) for seed in (3, 4))

    def error(design):
        fitted = torch.linalg.lstsq(design(train), train.price.log()[:, None], driver="gelsd").solution
        return float(((design(test) @ fitted)[:, 0] - test.price.log()).square().mean().sqrt())

    assert error(lambda part: torch.ones(len(part.rows), 1, dtype=torch.float64)) > 0.4
    assert 0.16 < error(features) < 0.22
    assert error(with_bends) < 0.12


def test_the_file_reads_back_as_it_was(made):
    header, *rows = csv.reader(io.StringIO(made.csv(first_id=11)))
    assert header == ["Id", *made.columns, "SalePrice"]
    assert [row[0] for row in rows[:3]] == ["11", "12", "13"]
    assert [tuple(None if field == "NA" else field for field in row[1:-1]) for row in rows] == list(made.rows)
    assert [float(row[-1]) for row in rows] == made.price.tolist()


def test_a_file_to_predict_has_no_price(made):
    header, *rows = csv.reader(io.StringIO(made.csv(priced=False)))
    assert header == ["Id", *made.columns]
    assert {len(row) for row in rows} == {9}
