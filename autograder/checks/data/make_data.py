"""Makes the data files of the course from the sets that come with scikit-learn, each with a fixed split.

    python make_data.py FOLDER

Needs scikit-learn and NumPy; the course itself needs only the files. Prints their SHA-256, which datasets.py expects.
The course's thresholds are measured on these splits; another one moves the accuracy of a linear model by a point or
two.
"""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn import datasets  # type: ignore[import-not-found,unused-ignore]
from sklearn.model_selection import train_test_split  # type: ignore[import-not-found,unused-ignore]

SEED = 0
DIABETES = ("age", "sex", "bmi", "bp", "tc", "ldl", "hdl", "tch", "ltg", "glu")


def split(count: int, test: int, labels: np.ndarray | None) -> np.ndarray:
    """The sorted indices of the test rows; with labels, of each class the same share."""
    _, chosen = train_test_split(np.arange(count), test_size=test, stratify=labels, random_state=SEED)
    return np.sort(chosen).astype(np.uint16)


def table(found: object, test: int, features: Sequence[str], classes: Sequence[str] = ()) -> dict[str, np.ndarray]:
    """A table of numbers with a label (uint8) per row, or a number (float32) if there are no classes."""
    x, y = found.data, found.target  # type: ignore[attr-defined]
    return {
        "x": x.astype(np.float32),
        "y": y.astype(np.uint8 if classes else np.float32),
        "test": split(len(y), test, y if classes else None),
        "features": np.array(features),
        "classes": np.array(classes, dtype=str),
    }


def digits() -> dict[str, np.ndarray]:
    found = datasets.load_digits()
    images, labels = found.data.astype(np.uint8), found.target.astype(np.uint8)
    return {"images": images, "labels": labels, "test": split(len(labels), 360, labels)}


def make() -> dict[str, dict[str, np.ndarray]]:
    """The arrays of each file."""
    iris, wine, cancer = datasets.load_iris(), datasets.load_wine(), datasets.load_breast_cancer()
    return {
        "digits": digits(),
        "iris": table(iris, 45, iris.feature_names, list(iris.target_names)),
        "wine": table(wine, 54, wine.feature_names, list(wine.target_names)),
        "breast_cancer": table(cancer, 169, cancer.feature_names, list(cancer.target_names)),
        "diabetes": table(datasets.load_diabetes(scaled=False), 100, DIABETES),
    }


def main(folder: str) -> None:
    for name, arrays in make().items():
        target = Path(folder) / f"{name}.npz"
        np.savez_compressed(target, **arrays)  # type: ignore[arg-type,unused-ignore]
        print(hashlib.sha256(target.read_bytes()).hexdigest(), target.name, target.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1])
