import gzip
import io
import tarfile

import pytest
from uploads import CODE, tar_of, tar_with

from autograder.errors import UploadError
from autograder.submissions.tree import Caps
from autograder.submissions.unpack import read_archive

ONE = Caps().for_one()
SMALL = Caps(file_bytes=1000, total_bytes=3000, files=5, archive_files=20, unpacked_bytes=1 << 20)


def read(data, caps=ONE):
    files, flaws = read_archive(data, "ada.tar.gz", caps)
    return {file.path: file.data for file in files}, [flaw.code for flaw in flaws]


@pytest.mark.parametrize("tar_format", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_an_honest_tar_is_read_whole(mode, tar_format):
    files = {"./a.py": CODE, "data/" + "long" * 40 + ".csv": b"1,2", "数据.csv": b"", "block.bin": bytes(512)}
    expected = {name.removeprefix("./"): data for name, data in files.items()}
    assert read(tar_of(files, mode, tar_format)) == (expected, [])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../evil.py", "outside"),
        ("/etc/evil.py", "absolute"),
        ("C:/evil.py", "drive"),
        ("a\\evil.py", "backslash"),
        ("evil\x1b.py", "control"),
        ("x/" * 20 + "evil.py", "too-deep"),
    ],
)
def test_paths_that_lead_astray_are_refused_and_the_rest_is_read(name, code):
    assert read(tar_of({name: b"evil", "a.py": CODE})) == ({"a.py": CODE}, [code])


def test_a_name_that_is_not_utf8_costs_only_that_file():
    data = tar_of({"xxxx.csv": b"1", "a.py": CODE}, "w", tarfile.USTAR_FORMAT)
    header = bytearray(data[:512])
    header[:4] = "数据".encode("gbk")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    assert read(bytes(header) + data[512:]) == ({"a.py": CODE}, ["not-utf8-name"])


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_links_are_refused(kind):
    assert read(tar_with(kind)) == ({}, ["link"])


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_devices_and_pipes_are_refused(kind):
    assert read(tar_with(kind)) == ({}, ["special"])


def test_two_files_of_one_name_are_said():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for data in (b"1", b"2"):
            info = tarfile.TarInfo("a.py")
            info.size = 1
            archive.addfile(info, io.BytesIO(data))
    assert read(buffer.getvalue()) == ({"a.py": b"1"}, ["duplicate"])


def test_a_large_file_is_dropped_and_the_rest_is_read():
    assert read(tar_of({"big.csv": b"x" * 1001, "a.py": CODE}), SMALL) == ({"a.py": CODE}, ["too-large"])


def test_a_bomb_is_stopped_while_it_unpacks():
    data = tar_of({f"{n}.bin": bytes(9 << 20) for n in range(4)})
    with pytest.raises(UploadError, match="unpacks to more than"):
        read(data)


def test_a_bomb_of_one_huge_claimed_file_is_stopped():
    info = tarfile.TarInfo("zeros.bin")
    info.size = 1 << 40
    data = gzip.compress(info.tobuf() + bytes(64 << 20))
    with pytest.raises(UploadError, match="unpacks to more than"):
        read(data)


def test_an_extended_header_of_any_size_is_refused():
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 1 << 30
    with pytest.raises(UploadError, match="extended header"):
        read(info.tobuf() + bytes(1 << 20))


def test_too_many_members_are_refused():
    with pytest.raises(UploadError, match="more than 20 files"):
        read(tar_of({f"{n}.py": b"" for n in range(21)}), SMALL)


@pytest.mark.parametrize("cut", [100, -100, -20, -1])
def test_a_tar_that_ends_too_early_is_refused(cut):
    with pytest.raises(UploadError, match=r"damaged|neither"):
        read(tar_of({"a.py": CODE, "b.py": bytes(range(256)) * 8})[:cut])


def test_a_damaged_checksum_of_gzip_is_found():
    data = bytearray(tar_of({"a.py": CODE}))
    data[-8] ^= 1
    with pytest.raises(UploadError, match="damaged"):
        read(bytes(data))


def test_a_second_tar_behind_the_first_is_refused():
    with pytest.raises(UploadError, match="after its end"):
        read(tar_of({"a.py": CODE}, "w") + tar_of({"b.py": CODE}, "w"))


def test_sparse_files_are_refused():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.py")
        info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.realsize": str(1 << 40)}
        archive.addfile(info)
    assert read(buffer.getvalue()) == ({}, ["special"])
