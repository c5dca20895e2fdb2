"""The data sets that come with the course: small, real, split once and for all, checked against their checksums.

Where each comes from, its licence and what to expect of it: data/README.md. Every call gives fresh tensors, which a
check may change.
"""

from __future__ import annotations

import functools
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from autograder.errors import AutograderError

_FOLDER = Path(__file__).parent / "data"
SHA256 = {
    "digits": "820fdc290310c3178c6c9e610db65089ec75236604b7b062741992beecdd9664",
    "iris": "ba67c96022e8ccc1c76c9614b6db21b9b4006d57d8f330ccd1811cd08b9ec671",
    "wine": "6e529ab100988e3a3a043313e60ebf5b4ff8fdb7ec3dae329d9edc1266cc13e1",
    "breast_cancer": "70eb579a673fe9fe5f7ff44f667a81d568556537d0955996a4bc4c59655a4890",
    "diabetes": "fbd836893e153916d82de75e18ffbcd0bddeb7625ee11fdd20c1364badd87d44",
}


@dataclass(frozen=True, slots=True)
class Digits:
    """Handwritten digits of 8x8 pixels: 1437 to train on, 360 to test on, stratified."""

    train_x: torch.Tensor  # float32 [1437, 64], 0..1, row by row
    train_y: torch.Tensor  # int64 [1437], 0..9
    test_x: torch.Tensor  # float32 [360, 64]
    test_y: torch.Tensor  # int64 [360]


@dataclass(frozen=True, slots=True)
class Table:
    """Measurements as they were written down, not scaled, one row per specimen; n rows to train on, m to test on."""

    train_x: torch.Tensor  # float32 [n, d]
    train_y: torch.Tensor  # int64 [n], the index of the class; of diabetes float32 [n]
    test_x: torch.Tensor  # float32 [m, d]
    test_y: torch.Tensor  # as train_y, [m]
    features: tuple[str, ...]  # the d names of the columns
    classes: tuple[str, ...]  # the names of the classes; of diabetes ()


def digits() -> Digits:
    """Handwritten digits, scaled to 0..1 (Alpaydin and Kaynak 1998)."""
    stored = _load("digits")
    return Digits(*_parts(torch.from_numpy(stored["images"]).float() / 16, _labels(stored["labels"]), stored["test"]))


def iris() -> Table:
    """Iris flowers (Fisher 1936): 105 + 45 rows, 4 lengths in cm, 3 species, stratified.

    Setosa can be separated from the other two by a line; these can't be from each other.
    """
    return _table("iris")


def wine() -> Table:
    """Wines of one region (Aeberhard, Forina 1991): 124 + 54 rows, 13 chemical measures, 3 cultivars, stratified.

    The columns differ in scale by a factor of thousands: hue is about 1, proline (mg/l) up to 1680.
    """
    return _table("wine")


def breast_cancer() -> Table:
    """Breast masses (Wolberg, Street, Mangasarian 1993): 400 + 169 rows, 30 measures of cell nuclei, stratified.

    Mean, standard error and worst value of 10 properties each, lengths in pixels of the image; class 0 is malignant
    (37 %), class 1 benign.
    """
    return _table("breast_cancer")


def diabetes() -> Table:
    """Diabetes patients (Efron and others 2004): 342 + 100 rows, 10 measures, to predict a number from 25 to 346.

    The target is the progress of the disease a year later, without a unit. Age is in years, sex is 1 or 2, bmi in
    kg/m², bp the mean blood pressure in mmHg, the others are blood serum measures. Not scaled.
    """
    return _table("diabetes")


def _table(name: str) -> Table:
    stored = _load(name)
    y = _labels(stored["y"]) if len(stored["classes"]) else torch.from_numpy(stored["y"])
    parts = _parts(torch.from_numpy(stored["x"]), y, stored["test"])
    return Table(*parts, tuple(map(str, stored["features"])), tuple(map(str, stored["classes"])))


def _labels(stored: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(stored).long()


def _parts(
    x: torch.Tensor, y: torch.Tensor, test: np.ndarray
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Copies of the rows to train on and to test on, each in the order in which they are stored."""
    is_test = torch.zeros(len(y), dtype=torch.bool)
    is_test[torch.from_numpy(test).long()] = True
    return x[~is_test], y[~is_test], x[is_test], y[is_test]


@functools.cache
def _load(name: str) -> dict[str, np.ndarray]:
    path = _FOLDER / f"{name}.npz"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AutograderError("a data set is missing", where=str(path), now="install the autograder again") from error
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        raise AutograderError("a data set was changed", where=str(path), now="install the autograder again")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return dict(arrays)
