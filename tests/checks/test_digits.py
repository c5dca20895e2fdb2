import hashlib

import numpy as np
import pytest
import torch

from autograder.checks import datasets
from autograder.errors import AutograderError


@pytest.fixture
def fresh():
    datasets._load.cache_clear()
    yield
    datasets._load.cache_clear()


def test_the_digits_are_as_promised():
    digits = datasets.digits()
    assert (digits.train_x.shape, digits.test_x.shape) == ((1437, 64), (360, 64))
    assert (digits.train_x.dtype, digits.train_y.dtype) == (torch.float32, torch.int64)
    assert (digits.train_x.min(), digits.train_x.max()) == (0, 1)
    assert (len(digits.train_y), len(digits.test_y)) == (1437, 360)


def test_the_split_is_stratified_and_has_no_image_in_both_parts():
    digits = datasets.digits()
    train, test = torch.bincount(digits.train_y).double(), torch.bincount(digits.test_y).double()
    assert ((test - 360 / 1797 * (train + test)).abs() < 1).all()
    both = {tuple(x) for x in digits.train_x.tolist()} & {tuple(x) for x in digits.test_x.tolist()}
    assert not both


def test_every_call_gives_tensors_of_its_own():
    datasets.digits().train_x.zero_()
    assert datasets.digits().train_x.any()


def test_a_changed_file_is_refused(fresh, tmp_path, monkeypatch):
    np.savez(tmp_path / "digits.npz", images=np.zeros((1797, 64), np.uint8))
    monkeypatch.setattr(datasets, "_FOLDER", tmp_path)
    with pytest.raises(AutograderError, match="was changed"):
        datasets.digits()
    (tmp_path / "digits.npz").unlink()
    with pytest.raises(AutograderError, match="is missing"):
        datasets.digits()


def test_the_readme_names_the_checksum():
    content = (datasets._FOLDER / "digits.npz").read_bytes()
    assert hashlib.sha256(content).hexdigest() in (datasets._FOLDER / "README.md").read_text(encoding="utf-8")


def test_softmax_regression_learns_them():
    """The figure that the thresholds of the course rest on."""
    digits, weights, generator = datasets.digits(), torch.zeros(64, 10), torch.Generator().manual_seed(0)
    for _ in range(30):
        for batch in torch.randperm(1437, generator=generator).split(64):
            x, y = digits.train_x[batch], digits.train_y[batch]
            error = (x @ weights).softmax(1) - torch.nn.functional.one_hot(y, 10)
            weights -= 0.5 * x.T @ error / len(y)
    accuracy = ((digits.test_x @ weights).argmax(1) == digits.test_y).double().mean()
    assert accuracy >= 0.95
