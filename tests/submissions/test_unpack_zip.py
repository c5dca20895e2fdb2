import stat
import struct
import zipfile

import pytest
from uploads import CODE, RawEntry, raw_zip, zip_of, zip_with_link, zip_with_mode

from autograder.errors import UploadError
from autograder.submissions.tree import Caps
from autograder.submissions.unpack import open_archive, read_archive

ONE = Caps().for_one()
SMALL = Caps(
    file_bytes=1000, total_bytes=3000, files=5, archive_bytes=1 << 20, archive_files=20, unpacked_bytes=1 << 20
)


def read(data, caps=ONE):
    files, flaws = read_archive(data, "ada.zip", caps)
    return {file.path: file.data for file in files}, [flaw.code for flaw in flaws]


def test_an_honest_zip_is_read_whole():
    assert read(zip_of({"a.py": CODE, "data/b.csv": b"1,2"})) == ({"a.py": CODE, "data/b.csv": b"1,2"}, [])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../evil.py", "outside"),
        ("a/../../evil.py", "outside"),
        ("/etc/evil.py", "absolute"),
        ("C:/evil.py", "drive"),
        ("C:evil.py", "drive"),
        ("a\\evil.py", "backslash"),
        ("..\\evil.py", "backslash"),
        ("evil\x1b[2J.py", "control"),
        ("evil\u202eyp.py", "control"),
        ("evil\n.py", "control"),
        ("/".join("d" * 17) + "/evil.py", "too-deep"),
        ("e" * 300 + ".py", "too-deep"),
    ],
)
def test_paths_that_lead_astray_are_refused_and_the_rest_is_read(name, code):
    files, codes = read(raw_zip([RawEntry(b"a.py", CODE), RawEntry(name.encode(), b"evil", flags=0x800)]))
    assert (files, codes) == ({"a.py": CODE}, [code])


def test_a_name_cut_by_a_zero_byte_is_refused():
    files, codes = read(raw_zip([RawEntry(b"a.py\0.txt", CODE)]))
    assert (files, codes) == ({}, ["control"])


def test_links_are_refused():
    assert read(zip_with_link("softmax_regression.py", "/etc/passwd")) == ({}, ["link"])


@pytest.mark.parametrize("kind", [stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_devices_and_pipes_are_refused(kind):
    assert read(zip_with_mode("a.py", b"", kind | 0o666)) == ({}, ["special"])


def test_setuid_files_are_read_as_plain_bytes():
    assert read(zip_with_mode("a.py", CODE, stat.S_IFREG | 0o4755)) == ({"a.py": CODE}, [])


def test_encrypted_entries_are_refused():
    assert read(raw_zip([RawEntry(b"a.py", CODE, flags=1)])) == ({}, ["encrypted"])


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 9, 97])
def test_unusual_compression_is_refused_before_it_is_tried(method):
    assert read(raw_zip([RawEntry(b"a.py", CODE, method=method)])) == ({}, ["method"])


@pytest.mark.parametrize(
    "names", [(b"a.py", b"a.py"), (b"a.py", b"A.PY"), ("é.py".encode(), "e\u0301.py".encode()), (b"a.py", b"./a.py")]
)
def test_two_files_of_one_name_keep_the_first_and_say_so(names):
    files, codes = read(raw_zip([RawEntry(names[0], b"1", flags=0x800), RawEntry(names[1], b"2", flags=0x800)]))
    assert codes == ["duplicate"]
    assert list(files.values()) in ([b"1"], [b"2"])
    assert len(files) == 1


def test_a_file_and_a_folder_of_one_name_are_refused():
    files, codes = read(raw_zip([RawEntry(b"a", b"1"), RawEntry(b"a/b.py", b"2")]))
    assert (files, codes) == ({"a/b.py": b"2"}, ["duplicate"])


def test_a_file_that_unpacks_a_thousandfold_is_not_unpacked():
    data = zip_of({"a.py": CODE, "zeros.bin": bytes(5 << 20)})
    files, codes = read(data)
    assert (list(files), codes) == (["a.py"], ["bomb"])


def test_a_large_file_is_dropped_and_the_rest_is_read():
    files, codes = read(zip_of({"a.py": CODE, "big.csv": b"x" * 1001}, zipfile.ZIP_STORED), SMALL)
    assert (list(files), codes) == (["a.py"], ["too-large"])


def test_all_files_together_have_a_limit():
    files, codes = read(zip_of({f"{n}.csv": b"x" * 900 for n in range(4)}, zipfile.ZIP_STORED), SMALL)
    assert (len(files), codes) == (3, ["too-much"])


def test_the_number_of_files_has_a_limit():
    files, codes = read(zip_of({f"{n}.py": b"" for n in range(6)}), SMALL)
    assert (len(files), codes) == (5, ["too-many"])


def test_a_zip_of_very_many_entries_is_refused_before_they_are_parsed():
    with pytest.raises(UploadError, match="more than 20 files"):
        read(zip_of({f"{n}.py": b"" for n in range(21)}), SMALL)


def test_many_files_that_each_unpack_a_lot_are_refused_together():
    caps = Caps(archive_files=100, unpacked_bytes=2 << 20)
    with pytest.raises(UploadError, match="unpacks to more than 2 MiB"):
        read(zip_of({f"{n}.csv": bytes(range(256)) * 2000 for n in range(8)}), caps)


@pytest.mark.parametrize("claimed", [len(CODE) - 5, len(CODE) + 5])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_sizes_that_lie_are_found(claimed, method):
    files, codes = read(raw_zip([RawEntry(b"a.py", CODE, method=method, size=claimed)]))
    assert (files, codes) == ({}, ["damaged"])


def test_a_bomb_that_claims_to_be_small_is_cut_where_it_claims_to_end():
    bomb = RawEntry(b"a.py", bytes(50 << 20), method=zipfile.ZIP_DEFLATED, size=100)
    files, codes = read(raw_zip([bomb]))
    assert (files, codes) == ({}, ["damaged"])


def test_entries_that_share_bytes_are_refused():
    first, second = RawEntry(b"a.py", CODE * 50), RawEntry(b"b.py", CODE * 50)
    with pytest.raises(UploadError, match="overlap"):
        read(raw_zip([first, second], offsets=[0, 0]))
    with pytest.raises(UploadError, match="overlap"):
        read(raw_zip([first, second], offsets=[0, 40]))


def test_entries_that_reach_into_the_directory_are_refused():
    data = bytearray(raw_zip([RawEntry(b"a.py", CODE)]))
    at = data.index(b"PK\x01\x02")
    data[at + 20 : at + 24] = struct.pack("<I", len(CODE) + 100)
    with pytest.raises(UploadError, match="overlap"):
        read(bytes(data))


def test_a_wrong_checksum_is_found():
    data = raw_zip([RawEntry(b"a.py", CODE), RawEntry(b"b.py", b"fine")])
    files, codes = read(data.replace(CODE, CODE[::-1]))
    assert (files, codes) == ({"b.py": b"fine"}, ["damaged"])


def test_names_written_as_utf8_without_saying_so_are_understood():
    files, codes = read(raw_zip([RawEntry("数据.csv".encode(), b"1")]))
    assert (list(files), codes) == (["数据.csv"], [])


def test_names_in_another_encoding_cost_only_that_file():
    files, codes = read(raw_zip([RawEntry(b"a.py", CODE), RawEntry("数据.csv".encode("gbk"), b"1")]))
    assert (list(files), codes) == (["a.py"], ["not-utf8-name"])


def test_an_archive_inside_stays_a_file():
    inner = zip_of({"../evil.py": b"evil"})
    assert read(zip_of({"inner.zip": inner})) == ({"inner.zip": inner}, [])


def test_what_desktops_and_tools_leave_behind_is_ignored():
    left = ["__MACOSX/._a.py", ".DS_Store", "x/__pycache__/a.pyc", ".git/config", "expected.yml", "venv/bin/python"]
    assert read(zip_of({"a.py": CODE, **dict.fromkeys(left, b"junk")})) == ({"a.py": CODE}, [])


def test_a_link_in_an_ignored_folder_is_ignored():
    assert read(zip_with_link("venv/bin/python", "/usr/bin/python3")) == ({}, [])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"hello", "neither a zip nor a tar.gz"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (zip_of({"a.py": CODE})[:-30], "damaged"),
    ],
)
def test_what_is_no_zip_says_what_it_is(data, said):
    with pytest.raises(UploadError, match=said) as refused:
        read(data)
    assert "ada.zip" in str(refused.value)


def test_an_archive_that_is_too_large_is_not_opened(tmp_path):
    path = tmp_path / "ada.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(2 << 20))
    with pytest.raises(UploadError, match="larger than 1 MiB"), open_archive(path, str(path), SMALL):
        pass


def test_a_missing_archive_is_said(tmp_path):
    with pytest.raises(UploadError, match="No such file"):
        read_archive(tmp_path / "none.zip", "none.zip", ONE)
