import hashlib

import numpy as np
import pytest
import torch

from autograder.checks import datasets
from autograder.errors import AutograderError

TABLES = {"iris": (105, 45, 4, 3), "wine": (124, 54, 13, 3), "breast_cancer": (400, 169, 30, 2)}


@pytest.fixture
def fresh():
    datasets._load.cache_clear()
    yield
    datasets._load.cache_clear()


def every():
    return [getattr(datasets, name)() for name in datasets.SHA256]


def learn(x, y, classes, steps, rate):
    """Weights [d+1, classes] of softmax regression, full batches, zero start."""
    x, weights = with_ones(x), torch.zeros(x.shape[1] + 1, classes)
    for _ in range(steps):
        weights -= rate * x.T @ (x.matmul(weights).softmax(1) - torch.nn.functional.one_hot(y, classes)) / len(y)
    return weights


def with_ones(x):
    return torch.cat([x, torch.ones(len(x), 1)], 1)


def standardised(table):
    mean, std = table.train_x.mean(0), table.train_x.std(0)
    return (table.train_x - mean) / std, (table.test_x - mean) / std


def test_the_digits_are_as_promised():
    digits = datasets.digits()
    assert (digits.train_x.shape, digits.test_x.shape) == ((1437, 64), (360, 64))
    assert (digits.train_x.dtype, digits.train_y.dtype) == (torch.float32, torch.int64)
    assert (digits.train_x.min(), digits.train_x.max()) == (0, 1)
    assert (len(digits.train_y), len(digits.test_y)) == (1437, 360)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_classes_is_as_promised(name):
    table = getattr(datasets, name)()
    train, test, width, classes = TABLES[name]
    assert (table.train_x.shape, table.test_x.shape) == ((train, width), (test, width))
    assert (table.train_y.shape, table.test_y.shape) == ((train,), (test,))
    assert (table.train_x.dtype, table.train_y.dtype) == (torch.float32, torch.int64)
    assert (len(table.features), len(set(table.classes))) == (width, classes)
    assert set(table.train_y.tolist()) == set(range(classes))


def test_diabetes_asks_for_a_number():
    table = datasets.diabetes()
    assert (table.train_x.shape, table.test_x.shape) == ((342, 10), (100, 10))
    assert (table.train_y.shape, table.train_y.dtype, table.classes) == ((342,), torch.float32, ())
    both = torch.cat([table.train_y, table.test_y])
    assert (both.min(), both.max()) == (25, 346)
    assert set(table.train_x[:, table.features.index("sex")].tolist()) == {1, 2}


def test_all_values_are_finite_and_no_column_is_constant():
    for data in every():
        assert data.train_x.isfinite().all()
        if isinstance(data, datasets.Table):
            assert (data.train_x.std(0) > 0).all()


def test_known_rows_are_where_they_belong():
    """Facts from outside: the class counts of the sources, and the first flower and the first patient."""
    assert torch.bincount(torch.cat([datasets.iris().train_y, datasets.iris().test_y])).tolist() == [15 + 35] * 3
    cancer = datasets.breast_cancer()
    assert torch.bincount(torch.cat([cancer.train_y, cancer.test_y])).tolist() == [212, 357]
    assert cancer.classes == ("malignant", "benign")
    flowers = torch.cat([datasets.iris().train_x, datasets.iris().test_x])
    assert (flowers == torch.tensor([5.1, 3.5, 1.4, 0.2])).all(1).any()
    patients = torch.cat([datasets.diabetes().train_x, datasets.diabetes().test_x])
    assert (patients[:, :4] == torch.tensor([59.0, 2.0, 32.1, 101.0])).all(1).any()


@pytest.mark.parametrize("name", ["digits", *TABLES])
def test_the_split_is_stratified(name):
    data = getattr(datasets, name)()
    train, test = torch.bincount(data.train_y).double(), torch.bincount(data.test_y).double()
    share = len(data.test_y) / (len(data.test_y) + len(data.train_y))
    assert ((test - share * (train + test)).abs() < 1).all()


def test_no_image_is_in_both_parts():
    digits = datasets.digits()
    assert not {tuple(x) for x in digits.train_x.tolist()} & {tuple(x) for x in digits.test_x.tolist()}


def test_every_call_gives_tensors_of_its_own():
    for name in datasets.SHA256:
        data = getattr(datasets, name)()
        for part in (data.train_x, data.train_y, data.test_x, data.test_y):
            part.zero_()
        again = getattr(datasets, name)()
        assert all(part.any() for part in (again.train_x, again.train_y, again.test_x, again.test_y))


@pytest.mark.parametrize("name", datasets.SHA256)
def test_a_changed_file_is_refused(name, fresh, tmp_path, monkeypatch):
    np.savez(tmp_path / f"{name}.npz", x=np.zeros((150, 4), np.float32))
    monkeypatch.setattr(datasets, "_FOLDER", tmp_path)
    with pytest.raises(AutograderError, match="was changed"):
        getattr(datasets, name)()
    (tmp_path / f"{name}.npz").unlink()
    with pytest.raises(AutograderError, match="is missing"):
        getattr(datasets, name)()


def test_the_readme_names_every_file_and_its_checksum():
    readme = (datasets._FOLDER / "README.md").read_text(encoding="utf-8")
    files = sorted(datasets._FOLDER.glob("*.npz"))
    assert [path.stem for path in files] == sorted(datasets.SHA256)
    for path in files:
        assert f"`{path.name}`" in readme
        assert hashlib.sha256(path.read_bytes()).hexdigest() in readme


def test_softmax_regression_learns_the_digits():
    """The figure that the thresholds of the course rest on."""
    digits, weights, generator = datasets.digits(), torch.zeros(64, 10), torch.Generator().manual_seed(0)
    for _ in range(30):
        for batch in torch.randperm(1437, generator=generator).split(64):
            x, y = digits.train_x[batch], digits.train_y[batch]
            error = (x @ weights).softmax(1) - torch.nn.functional.one_hot(y, 10)
            weights -= 0.5 * x.T @ error / len(y)
    accuracy = ((digits.test_x @ weights).argmax(1) == digits.test_y).double().mean()
    assert accuracy >= 0.95


@pytest.mark.parametrize(("name", "least"), [("iris", 0.93), ("wine", 0.98), ("breast_cancer", 0.955)])
def test_softmax_regression_learns_a_table(name, least):
    table = getattr(datasets, name)()
    train, test = standardised(table)
    weights = learn(train, table.train_y, len(table.classes), steps=300, rate=0.3)
    assert (with_ones(test).matmul(weights).argmax(1) == table.test_y).double().mean() >= least


def test_least_squares_beats_the_mean_on_diabetes():
    table = datasets.diabetes()
    train, test = standardised(table)
    fitted = torch.linalg.lstsq(with_ones(train).double(), table.train_y.double()[:, None]).solution
    error = (with_ones(test).double().matmul(fitted)[:, 0] - table.test_y).square().mean().sqrt()
    constant = (table.train_y.mean() - table.test_y).square().mean().sqrt()
    assert error == pytest.approx(56.82, abs=0.01)
    assert constant == pytest.approx(70.88, abs=0.01)
