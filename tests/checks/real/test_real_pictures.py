import pickle
import warnings

import pytest
import torch
from real_formats import binary_batch, cifar_files, idx, idx_files, pixels, python_batch, write

from autograder.checks.real.batches import read_batch
from autograder.checks.real.cifar import cifar10
from autograder.checks.real.mnist import fashion_mnist, mnist
from autograder.errors import DataError


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("loader", [mnist, fashion_mnist])
def test_idx_files_are_read_packed_or_not(tmp_path, packed, loader):
    data = loader(write(tmp_path, idx_files(), packed))
    assert (data.train_x.shape, data.test_x.shape) == ((5, 1, 28, 28), (3, 1, 28, 28))
    assert (data.train_x.dtype, data.train_y.dtype) == (torch.uint8, torch.int64)
    assert [int(picture.unique()) for picture in data.train_x] == [0, 1, 2, 3, 4]
    assert data.test_y.tolist() == [0, 1, 2]
    assert len(data.classes) == 10


def test_pixels_are_read_row_by_row(tmp_path):
    files = idx_files(train=1) | {"train-images-idx3-ubyte": idx((1, 28, 28), (i % 256 for i in range(784)))}
    picture = mnist(write(tmp_path, files)).train_x[0, 0]
    assert (picture[0, 1], picture[1, 0], picture[9, 27]) == (1, 28, (9 * 28 + 27) % 256)


def test_the_other_spelling_of_the_names_is_known(tmp_path):
    files = {name.replace("-idx", ".idx"): content for name, content in idx_files().items()}
    assert len(mnist(write(tmp_path, files)).train_y) == 5


def test_both_versions_of_cifar_give_the_same(tmp_path):
    first, second = (
        cifar10(write(tmp_path / version, cifar_files(version)), per_file=2) for version in ("binary", "python")
    )
    for part in ("train_x", "train_y", "test_x", "test_y"):
        assert torch.equal(getattr(first, part), getattr(second, part))
    assert (first.train_x.shape, first.test_x.shape) == ((10, 3, 32, 32), (2, 3, 32, 32))
    assert (first.train_x.dtype, first.train_y.tolist()) == (torch.uint8, [0, 1, 1, 2, 2, 3, 3, 4, 4, 5])
    assert first.test_y.tolist() == [5, 6]
    assert first.train_x[2].flatten().tolist() == list(pixels(10)[:3072])


def test_the_test_files_are_true_pickles():
    """What pickle itself finds in them is what `read_batch` finds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the array's module has a new name since NumPy 2
        known = pickle.loads(python_batch(7, [3, 9, 0]), encoding="bytes")
    assert read_batch(python_batch(7, [3, 9, 0]), 3072) == (known[b"data"].tobytes(), known[b"labels"])


def test_a_pickle_that_would_run_something_is_refused(tmp_path):
    marker = tmp_path / "ran"
    hostile = b"\x80\x02cos\nsystem\n(U" + bytes([6 + len(str(marker))]) + f"touch {marker}".encode() + b"tR."
    files = cifar_files("python") | {"data_batch_3": hostile}
    with pytest.raises(DataError, match=r"data_batch_3: not a batch of CIFAR-10: it has no data and labels"):
        cifar10(write(tmp_path / "cifar", files), per_file=2)
    hidden = python_batch(0, [1, 2]).replace(b"cnumpy.core.multiarray\n_reconstruct\n", b"cos\nsystem\n")
    with pytest.raises(ValueError, match="not an array"):
        read_batch(hidden, 3072)
    assert not marker.exists()


@pytest.mark.parametrize("protocol", [0, 3, 4, 5])
def test_pickles_of_other_protocols_are_refused(protocol):
    with pytest.raises(ValueError, match=r"protocol|instruction|cut off"):
        read_batch(pickle.dumps({b"labels": [1], b"data": b"x" * 3072}, protocol=protocol), 3072)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((b"U\x02u1", b"U\x02u2"), "unsigned bytes"),
        ((b"\x89T", b"\x88T"), "unexpected way"),
        ((b"U\x06labels", b"U\x06labelz"), "no data and labels"),
        ((b"K\x01K\x02", b"K\x01NK\x02"), "not a list of numbers"),
        ((b"M\x00\x0c", b"M\x00\x0d"), "should be 2 x 3072 bytes"),
        ((b"cnumpy\ndtype", b"cnumpy\ndtypo"), "unsigned bytes"),
        ((b"\x80\x02}", b"\x80\x02i"), "the instruction b'i'"),
    ],
)
def test_a_batch_of_another_kind_says_what_is_wrong(change, said):
    with pytest.raises(ValueError, match=said):
        read_batch(python_batch(0, [1, 2]).replace(*change), 3072)


def test_a_missing_folder_says_where_and_what_now(tmp_path):
    for loader in (mnist, fashion_mnist, cifar10):
        with pytest.raises(DataError, match=r"nowhere: there is no such folder\n  -> put ") as caught:
            loader(tmp_path / "nowhere")
        assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", idx_files())
def test_a_missing_file_is_named(tmp_path, name):
    files = idx_files()
    del files[name]
    with pytest.raises(DataError, match=f"there is no file {name} or "):
        mnist(write(tmp_path, files))


@pytest.mark.parametrize("version", ["binary", "python"])
def test_a_missing_batch_is_named(tmp_path, version):
    files = cifar_files(version)
    name = sorted(files)[3]
    del files[name]
    with pytest.raises(DataError, match=f"there is no file {name}"):
        cifar10(write(tmp_path, files), per_file=2)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("train-images-idx3-ubyte", idx((5, 28, 27), bytes(5 * 28 * 27)), "28 x 27 pixels, not 28 x 28"),
        ("train-images-idx3-ubyte", idx((4, 28, 28), bytes(4 * 784)), "5 labels for the 4 pictures"),
        ("train-images-idx3-ubyte", idx((5,), bytes(5)), "begins with 00000801, not with the magic number 00000803"),
        ("train-labels-idx1-ubyte", b"\x00\x00\x0d\x01" + bytes(8), "begins with 00000d01"),
        ("train-labels-idx1-ubyte", b"", "begins with nothing"),
        ("train-labels-idx1-ubyte", b"<html>", "begins with 3c68746d"),
        ("train-labels-idx1-ubyte", b"\x00\x00\x08\x01\x00", "cut off in its head"),
        ("train-labels-idx1-ubyte", idx((5,), bytes(4)), "cut off: 12 bytes of 13"),
        ("train-labels-idx1-ubyte", idx((5,), bytes(6)), "longer than its 13 bytes"),
        ("t10k-labels-idx1-ubyte", idx((3,), [1, 2, 10]), "a label 10, but labels are 0 to 9"),
        ("t10k-labels-idx1-ubyte", idx((0,), []), "holds 0 items"),
        ("t10k-images-idx3-ubyte", idx((1 << 31, 28, 28), []), "holds 2,147,483,648 items"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_wrong_idx_file_says_what_is_wrong(tmp_path, name, content, said, packed):
    with pytest.raises(DataError, match=said) as caught:
        mnist(write(tmp_path, idx_files() | {name: content}, packed))
    assert name in str(caught.value)
    assert caught.value.now


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (binary_batch(0, [1, 2])[:-1], "cut off: 6,145 bytes of 6,146"),
        (binary_batch(0, [1]), "cut off: 3,073 bytes"),
        (binary_batch(0, [1, 2, 3]), "longer than its 6,146 bytes"),
        (binary_batch(0, [1, 10]), "a label 10"),
    ],
)
def test_a_wrong_binary_batch_says_what_is_wrong(tmp_path, content, said):
    with pytest.raises(DataError, match=said):
        cifar10(write(tmp_path, cifar_files("binary") | {"data_batch_2.bin": content}), per_file=2)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (python_batch(0, [1, 2])[:-1], "cut off or damaged"),
        (python_batch(0, [1]), "holds 1 pictures, not 2"),
        (python_batch(0, [1, 10]), "a label 10"),
        (python_batch(0, [1, 2], data=bytes(6143)), "should be 2 x 3072 bytes"),
        (python_batch(0, range(10)), "too long for 2 pictures"),
        (b"", "cut off or damaged"),
    ],
)
def test_a_wrong_python_batch_says_what_is_wrong(tmp_path, content, said):
    with pytest.raises(DataError, match=said):
        cifar10(write(tmp_path, cifar_files("python") | {"data_batch_2": content}), per_file=2)
