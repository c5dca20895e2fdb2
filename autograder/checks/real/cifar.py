"""CIFAR-10: photographs of 32x32 pixels in three colours, ten classes. Both published versions are read.

The binary version is plain bytes. The Python version, which most tools leave on disk, is a pickle; unpickling runs
whatever a file says, so it is read by `batches`, which can make bytes, numbers and lists and nothing else.
"""

from __future__ import annotations

from pathlib import Path

import torch

from autograder.checks.real.batches import read_batch
from autograder.checks.real.files import Pictures, check_labels, content, exactly, found
from autograder.errors import DataError

CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
PIXELS = 3 * 32 * 32  # red, green, blue, each row by row
PER_FILE = 10_000
_TRAIN = tuple(f"data_batch_{number}" for number in range(1, 6))
_NOW = "put data_batch_1 to data_batch_5 and test_batch there as they were published, with .bin or without"


def cifar10(folder: str | Path, *, per_file: int = PER_FILE) -> Pictures:
    """Photographs (Krizhevsky 2009), 50 000 + 10 000, uint8 [n, 3, 32, 32].

    The folder holds data_batch_1 .. data_batch_5 and test_batch, all with .bin (binary version) or all without (Python
    version). Each has `per_file` pictures. DataError says which file is missing, cut off, or something else.
    """
    root = Path(folder)
    binary = found(root, (f"{_TRAIN[0]}.bin", _TRAIN[0]), _NOW).suffix == ".bin"
    parts = [(_binary if binary else _python)(root, name, per_file) for name in (*_TRAIN, "test_batch")]
    *train, test = parts
    train_x, train_y = (torch.cat(side) for side in zip(*train, strict=True))
    return Pictures(train_x, train_y, *test, CLASSES)


def _binary(folder: Path, name: str, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """A label in one byte and then the pixels, `count` times."""
    path = found(folder, (f"{name}.bin",), _NOW)
    rows = _bytes(exactly(path, count * (1 + PIXELS), _NOW)).reshape(count, 1 + PIXELS)
    return rows[:, 1:].reshape(count, 3, 32, 32), check_labels(rows[:, 0], len(CLASSES), path, _NOW)


def _python(folder: Path, name: str, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    path = found(folder, (name,), _NOW)
    most = count * (PIXELS + 300) + 10_000  # names of files and the like take 40 bytes a picture
    read = content(path, most + 1, _NOW)
    if len(read) > most:
        raise DataError(f"the file is too long for {count:,} pictures", where=str(path), now=_NOW)
    try:
        pixels, labels = read_batch(read, PIXELS)
    except ValueError as error:
        raise DataError(f"not a batch of CIFAR-10: {error}", where=str(path), now=_NOW) from error
    if len(labels) != count:
        raise DataError(f"holds {len(labels):,} pictures, not {count:,}", where=str(path), now=_NOW)
    return _bytes(pixels).reshape(count, 3, 32, 32), check_labels(torch.tensor(labels), len(CLASSES), path, _NOW)


def _bytes(values: bytes) -> torch.Tensor:
    return torch.frombuffer(bytearray(values), dtype=torch.uint8)
