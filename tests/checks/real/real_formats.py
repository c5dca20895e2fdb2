"""Small files in the true formats."""

import gzip
import struct
from pathlib import Path

CIFAR_FILES = (*(f"data_batch_{number}" for number in range(1, 6)), "test_batch")
TRAIN_CSV = (
    'Id,LotArea,Street,Alley,SalePrice\n1,8450,Pave,NA,208500\n2,9600,Pave,Grvl,181500\n3,11250,"Pave, new",NA,223500\n'
)
TEST_CSV = "Id,LotArea,Street,Alley\n1461,11622,Pave,NA\n1462,,Grvl,NA\n"


def idx(shape, values):
    """An idx file of unsigned bytes."""
    return struct.pack(f">4B{len(shape)}I", 0, 0, 8, len(shape), *shape) + bytes(values)


def idx_files(train=5, test=3):
    """The four files of MNIST: picture i is filled with i, its label is i % 10."""
    made = {}
    for part, count in (("train", train), ("t10k", test)):
        pictures = b"".join(bytes([i]) * 784 for i in range(count))
        made[f"{part}-images-idx3-ubyte"] = idx((count, 28, 28), pictures)
        made[f"{part}-labels-idx1-ubyte"] = idx((count,), [i % 10 for i in range(count)])
    return made


def write(folder: Path, files, packed=False):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / (f"{name}.gz" if packed else name)).write_bytes(gzip.compress(data, mtime=0) if packed else data)
    return folder


def pixels(first, count=2):
    """Pictures of which each pixel differs from its neighbours."""
    return bytes((first + place) % 251 for place in range(count * 3072))


def binary_batch(first, labels):
    values = pixels(first, len(labels))
    return b"".join(bytes([label]) + values[3072 * i : 3072 * (i + 1)] for i, label in enumerate(labels))


def python_batch(first, labels, data=None):
    """A batch as Python 2 pickled it with protocol 2: short strings, memo after every one, a NumPy array inside."""
    memo = iter(range(1, 200))

    def short(text):
        return b"U" + bytes([len(text)]) + text + b"q" + bytes([next(memo)])

    values = pixels(first, len(labels)) if data is None else data
    array = b"".join(
        [
            b"cnumpy.core.multiarray\n_reconstruct\nq" + bytes([next(memo)]),
            b"cnumpy\nndarray\nq" + bytes([next(memo)]) + b"K\x00\x85q" + bytes([next(memo)]),
            short(b"b") + b"\x87q" + bytes([next(memo)]) + b"Rq" + bytes([next(memo)]),
            b"(K\x01M" + struct.pack("<H", len(labels)) + b"M\x00\x0c\x86q" + bytes([next(memo)]),
            b"cnumpy\ndtype\nq" + bytes([next(memo)]) + short(b"u1") + b"K\x00K\x01\x87q" + bytes([next(memo)]),
            b"Rq" + bytes([next(memo)]) + b"(K\x03" + short(b"|") + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb",
            b"\x89T" + struct.pack("<I", len(values)) + values + b"tb",
        ]
    )
    numbers = b"".join(b"K" + bytes([label]) for label in labels)
    names = b"".join(short(b"%d.png" % i) for i in range(len(labels)))
    return b"".join(
        [
            b"\x80\x02}q" + bytes([next(memo)]) + b"(" + short(b"batch_label") + short(b"training batch"),
            short(b"labels") + b"]q" + bytes([next(memo)]) + b"(" + numbers + b"e",
            short(b"data") + array + short(b"filenames") + b"]q" + bytes([next(memo)]) + b"(" + names + b"eu.",
        ]
    )


def cifar_files(version):
    """Two pictures in each of the six files; batch b has the labels b and b+1."""
    if version == "binary":
        return {f"{name}.bin": binary_batch(10 * b, [b, b + 1]) for b, name in enumerate(CIFAR_FILES)}
    return {name: python_batch(10 * b, [b, b + 1]) for b, name in enumerate(CIFAR_FILES)}
