"""Where a course keeps its large data sets, and how their files are read: whole or not at all."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

import torch

from autograder.checks.feedback import not_here
from autograder.errors import DataError

GRADING = "grading.yml"  # in the root of every course
DATA = "data"  # beside it
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Pictures:
    """Labelled pictures; divide by 255 for 0..1."""

    train_x: torch.Tensor  # uint8 [n, channels, height, width]
    train_y: torch.Tensor  # int64 [n]
    test_x: torch.Tensor  # uint8 [m, channels, height, width]
    test_y: torch.Tensor  # int64 [m]
    classes: tuple[str, ...]  # their names


def data_folder(check_file: str | Path, name: str) -> Path:
    """The folder `data/<name>` of the course that a check file belongs to; give it `__file__`. Where the course has
    none, the check ends here: skipped, with the reason."""
    here = Path(check_file).resolve()
    root = next((folder for folder in here.parents if (folder / GRADING).is_file()), None)
    folder = root / DATA / name if root else None
    if folder is None or not folder.is_dir():
        not_here(
            f"This course has no folder {DATA}/{name} with the data set that this check needs.",
            f"本课程没有 {DATA}/{name} 文件夹，缺少这项检查所需的数据集。",
        )
    return folder


def found(folder: Path, names: tuple[str, ...], now: str) -> Path:
    """The first of these files that is in the folder; DataError if none is."""
    if not folder.is_dir():
        raise DataError("there is no such folder", where=str(folder), now=now)
    path = next((folder / name for name in names if (folder / name).is_file()), None)
    if path is None:
        raise DataError(f"there is no file {' or '.join(names)}", where=str(folder), now=now)
    return path


def content(path: Path, most: int, now: str) -> bytes:
    """At most `most` bytes of a file, unpacked if it is packed with gzip; DataError if it can't be read or unpacked."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == _GZIP
            file.seek(0)
            if not packed:
                return file.read(most)
            with gzip.GzipFile(fileobj=file) as unpacked:
                return unpacked.read(most)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DataError("the gzip file is damaged", where=str(path), now=now) from error
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise DataError(f"can't be read: {error.strerror}", where=str(path), now=now) from error


def exactly(path: Path, size: int, now: str) -> bytes:
    """The content of a file that has to have `size` bytes; DataError if it has fewer or more."""
    read = content(path, size + 1, now)
    if len(read) < size:
        raise DataError(f"the file is cut off: {len(read):,} bytes of {size:,}", where=str(path), now=now)
    if len(read) > size:
        raise DataError(f"the file is longer than its {size:,} bytes", where=str(path), now=now)
    return read


def check_labels(labels: torch.Tensor, classes: int, path: Path, now: str) -> torch.Tensor:
    """The same labels as int64, if all are in 0 .. classes-1; DataError otherwise."""
    largest = int(labels.max())
    if largest >= classes:
        raise DataError(f"there is a label {largest}, but labels are 0 to {classes - 1}", where=str(path), now=now)
    return labels.long()
