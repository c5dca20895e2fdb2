"""Makes digits.npz: the 1797 handwritten digits that come with scikit-learn, and a fixed stratified split.

    python make_digits.py digits.npz

Needs scikit-learn and NumPy, which the course itself doesn't. Prints the SHA-256 that datasets.py expects. The split
is made here with NumPy's own generator, so that no other release of scikit-learn can change it.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits  # type: ignore[import-not-found]

SEED = 0
TEST = 360


def split(labels: np.ndarray) -> np.ndarray:
    """The sorted indices of 360 test images: of each digit the same share, rounded by largest remainder."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    exact = np.bincount(labels) * TEST / len(labels)
    counts = np.floor(exact).astype(int)
    counts[np.argsort(counts - exact, kind="stable")[: TEST - counts.sum()]] += 1
    chosen = [rng.permutation(np.flatnonzero(labels == digit))[:count] for digit, count in enumerate(counts)]
    return np.sort(np.concatenate(chosen)).astype(np.uint16)


def main(target: str) -> None:
    data = load_digits()
    images, labels = data.data.astype(np.uint8), data.target.astype(np.uint8)
    np.savez_compressed(target, images=images, labels=labels, test=split(labels))
    print(hashlib.sha256(Path(target).read_bytes()).hexdigest())


if __name__ == "__main__":
    main(sys.argv[1])
