"""Whatever happened to a file: the data come out whole, or a DataError says where. Never anything else."""

import tempfile
from pathlib import Path

import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from real_formats import TEST_CSV, TRAIN_CSV, cifar_files, idx_files, python_batch, write

from autograder.checks.real.batches import read_batch
from autograder.checks.real.cifar import cifar10
from autograder.checks.real.house_prices import house_prices
from autograder.checks.real.mnist import mnist
from autograder.errors import DataError

BINARY, PYTHON, IDX = cifar_files("binary"), cifar_files("python"), idx_files(2, 1)
HEAD_AND_TAIL = 400  # bytes at both ends of a batch; what lies between are pixels


@st.composite
def damage(draw, content):
    """The content cut off, with some bytes replaced, taken out or put in; changes cluster where the structure is."""
    content = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        edge = min(len(content), HEAD_AND_TAIL)
        place = draw(st.integers(-edge, edge)) % (len(content) + 1)
        taken = draw(st.integers(0, 3))
        content[place : place + taken] = draw(st.binary(max_size=4))
    return bytes(content)


def outcome(loader, files, packed=False, **options):
    """What the loader gives, or the DataError, which has to name a file and what to do."""
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name), files, packed)
        try:
            return loader(folder, **options)
        except DataError as error:
            said = error
    assert said.where.startswith(str(folder))
    assert said.what
    assert said.now.startswith("put ")
    return None


def whole(data, train, test, shape):
    assert (data.train_x.shape, data.test_x.shape) == ((train, *shape), (test, *shape))
    assert (data.train_x.dtype, data.train_y.dtype) == (torch.uint8, torch.int64)
    assert (data.train_y.shape, data.test_y.shape) == ((train,), (test,))
    assert int(data.train_y.max()) < 10


@settings(max_examples=80, deadline=None)
@given(st.data(), st.sampled_from(sorted(IDX)), st.booleans())
def test_a_damaged_idx_file(data, name, packed):
    found = outcome(mnist, IDX | {name: data.draw(damage(IDX[name]))}, packed)
    if found is not None:
        whole(found, 2, 1, (1, 28, 28))


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(IDX)))
def test_a_damaged_gzip_file(data, name):
    with tempfile.TemporaryDirectory() as folder:
        packed = {path.name: path.read_bytes() for path in sorted(write(Path(folder), IDX, packed=True).iterdir())}
    found = outcome(mnist, packed | {f"{name}.gz": data.draw(damage(packed[f"{name}.gz"]))})
    if found is not None:
        whole(found, 2, 1, (1, 28, 28))


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(BINARY)))
def test_a_damaged_binary_batch(data, name):
    found = outcome(cifar10, BINARY | {name: data.draw(damage(BINARY[name]))}, per_file=2)
    if found is not None:
        whole(found, 10, 2, (3, 32, 32))


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(PYTHON)))
def test_a_damaged_python_batch(data, name):
    found = outcome(cifar10, PYTHON | {name: data.draw(damage(PYTHON[name]))}, per_file=2)
    if found is not None:
        whole(found, 10, 2, (3, 32, 32))


def read_or_refuse(content):
    """The batch, or None for a ValueError with a sentence; any other exception is a fault of the reader."""
    try:
        return read_batch(content, 3)
    except ValueError as error:
        said = str(error)
    assert said
    return None


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_reader_of_batches_refuses_or_reads_whole(data):
    found = read_or_refuse(
        data.draw(damage(python_batch(0, [1, 2], data=bytes(6)).replace(b"M\x00\x0c", b"M\x03\x00")))
    )
    if found is not None:
        values, labels = found
        assert len(values) == 3 * len(labels)
        assert all(0 <= label < 256 for label in labels)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([bytes([code]) for code in b"}](tesu)aqhrjKMJUTcRbN\x80\x85\x86\x87\x88\x89\x8a.\x02\n\x00"])
    )
)
def test_any_program_of_its_instructions_ends_well(codes):
    read_or_refuse(b"".join(codes) + b".")


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["idx", "binary", "python", "csv"]))
def test_a_file_cut_off_anywhere_is_refused(place, kind):
    loader, files, options = {
        "idx": (mnist, IDX, {}),
        "binary": (cifar10, BINARY, {"per_file": 2}),
        "python": (cifar10, PYTHON, {"per_file": 2}),
        "csv": (house_prices, {"train.csv": TRAIN_CSV.encode(), "test.csv": TEST_CSV.encode()}, {"rows": (3, 2)}),
    }[kind]
    name = sorted(files)[place % len(files)]
    assert outcome(loader, files | {name: files[name][: place % len(files[name])]}, **options) is None
    assert outcome(loader, files, **options) is not None


@settings(max_examples=80, deadline=None)
@given(st.data(), st.sampled_from(["train.csv", "test.csv"]))
def test_a_damaged_table(data, name):
    files = {"train.csv": TRAIN_CSV.encode(), "test.csv": TEST_CSV.encode()}
    found = outcome(house_prices, files | {name: data.draw(damage(files[name]))}, rows=(3, 2))
    if found is not None:
        assert (found.train_price.shape, len(found.test_ids)) == ((3,), 2)
        assert (found.train_price > 0).all()
        assert {len(row) for row in (*found.train_rows, *found.test_rows)} == {len(found.columns)}
