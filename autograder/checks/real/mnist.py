"""MNIST and Fashion-MNIST: pictures of 28x28 grey pixels in ten classes, in files of the format idx."""

from __future__ import annotations

import struct
from pathlib import Path

import torch

from autograder.checks.real.files import Pictures, check_labels, content, exactly, found
from autograder.errors import DataError

SIDE = 28
MOST = 100_000  # pictures in a file; the real ones have 60 000 and 10 000
DIGITS = tuple("0123456789")
CLOTHES = ("t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot")
_BYTES = 0x08  # idx: the values are unsigned bytes
_NOW = "put the four idx files there as they were published, packed with gzip or not"


def mnist(folder: str | Path) -> Pictures:
    """Handwritten digits (LeCun, Cortes, Burges 1998), 60 000 + 10 000, uint8 [n, 1, 28, 28].

    The folder holds train-images-idx3-ubyte, train-labels-idx1-ubyte and the same with t10k, each with or without .gz.
    DataError says which file is missing, cut off, or something else.
    """
    return _pictures(Path(folder), DIGITS)


def fashion_mnist(folder: str | Path) -> Pictures:
    """Pieces of clothing (Xiao, Rasul, Vollgraf 2017): files, shapes and errors as for `mnist`."""
    return _pictures(Path(folder), CLOTHES)


def _pictures(folder: Path, classes: tuple[str, ...]) -> Pictures:
    train_x, train_y = _part(folder, "train", len(classes))
    test_x, test_y = _part(folder, "t10k", len(classes))
    return Pictures(train_x, train_y, test_x, test_y, classes)


def _part(folder: Path, part: str, classes: int) -> tuple[torch.Tensor, torch.Tensor]:
    image_file, label_file = _file(folder, f"{part}-images", 3), _file(folder, f"{part}-labels", 1)
    images, labels = _idx(image_file, (SIDE, SIDE)), _idx(label_file, ())
    if len(images) != len(labels):
        what = f"{len(labels):,} labels for the {len(images):,} pictures of {image_file.name}"
        raise DataError(what, where=str(label_file), now=_NOW)
    return images[:, None], check_labels(labels, classes, label_file, _NOW)


def _file(folder: Path, stem: str, dimensions: int) -> Path:
    plain = (f"{stem}-idx{dimensions}-ubyte", f"{stem}.idx{dimensions}-ubyte")  # both spellings are about
    return found(folder, (*plain, *(f"{name}.gz" for name in plain)), _NOW)


def _idx(path: Path, shape: tuple[int, ...]) -> torch.Tensor:
    """uint8 [n, *shape]: two zero bytes, type, number of dimensions; each size in four bytes, largest first; values."""
    length = 4 * (2 + len(shape))
    head = content(path, length, _NOW)
    magic = bytes((0, 0, _BYTES, 1 + len(shape)))
    if head[:4] != magic:
        what = f"begins with {head[:4].hex() or 'nothing'}, not with the magic number {magic.hex()}"
        raise DataError(what, where=str(path), now=_NOW)
    if len(head) < length:
        raise DataError("the file is cut off in its head", where=str(path), now=_NOW)
    count, *sizes = struct.unpack(f">{1 + len(shape)}I", head[4:])
    if tuple(sizes) != shape:
        what = f"the pictures have {' x '.join(map(str, sizes))} pixels, not {' x '.join(map(str, shape))}"
        raise DataError(what, where=str(path), now=_NOW)
    if not 0 < count <= MOST:
        raise DataError(f"says that it holds {count:,} items, not 1 to {MOST:,}", where=str(path), now=_NOW)
    values = exactly(path, length + count * int(torch.Size(shape).numel()), _NOW)
    return torch.frombuffer(bytearray(values[length:]), dtype=torch.uint8).reshape(count, *shape)
