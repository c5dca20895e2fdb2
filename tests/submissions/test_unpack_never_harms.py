"""Whatever bytes come: nothing is written, nothing but UploadError is raised, no path that leads outside comes back."""

import io
import os
import tarfile
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uploads import CODE, RawEntry, raw_zip, tar_of, zip_of

from autograder.errors import UploadError
from autograder.submissions.tree import Caps
from autograder.submissions.unpack import read_archive

CAPS = Caps(file_bytes=2000, total_bytes=5000, files=8, archive_bytes=1 << 20, archive_files=50, unpacked_bytes=1 << 20)
SEEDS = [
    zip_of({"ada/a.py": CODE, "ada/数据.csv": b"1,2" * 50}),
    raw_zip([RawEntry(b"../x", CODE), RawEntry(b"b.py", CODE * 9, method=8)]),
    tar_of({"ada/a.py": CODE, "l" * 150: b"1"}),
    tar_of({"ada/a.py": CODE, "l" * 150: b"1"}, "w"),
    tar_of({"ada/a.py": CODE, "l" * 150: b"1"}, "w", tarfile.GNU_FORMAT),
]
hard = settings(
    max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    yield
    assert [path.name for path in tmp_path.iterdir() if path.name != ".hypothesis"] == []


def check_harmless(data):
    try:
        files, flaws = read_archive(data, "x.zip", CAPS)
    except UploadError:
        return
    assert len(files) <= CAPS.files
    assert sum(len(file.data) for file in files) <= CAPS.total_bytes
    for path in [file.path for file in files] + [flaw.path for flaw in flaws]:
        assert not os.path.isabs(path)
        assert "\\" not in path
        assert ".." not in path.split("/")
        assert plain(path)
    assert len({file.path.casefold() for file in files}) == len(files)
    assert all(plain(flaw.text.en) for flaw in flaws)


def plain(text):
    return not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in text)


@hard
@given(st.binary(max_size=600))
def test_any_bytes(data):
    check_harmless(data)
    check_harmless(b"PK\x03\x04" + data)
    check_harmless(b"\x1f\x8b\x08\x00" + data)


@hard
@given(
    st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=4)), max_size=6)
)
def test_archives_with_changed_bytes(seed, changes):
    data = bytearray(seed)
    for place, new in changes:
        data[place % len(data) : place % len(data) + len(new)] = new
    check_harmless(bytes(data))


@hard
@given(st.sampled_from(SEEDS), st.integers(0, 5000), st.integers(0, 5000))
def test_archives_with_a_piece_cut_out(seed, start, length):
    check_harmless(seed[: start % len(seed)] + seed[start % len(seed) + length % 200 :])


NAMES = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(["..", ".", "", "a", "C:", "\\", "b.py", "\u202e", "é", "E\u0301", "\x1b"]), max_size=6
    ).map("/".join),
)


@hard
@given(st.lists(st.tuples(NAMES, st.binary(max_size=30)), max_size=8))
def test_zips_of_any_names(entries):
    raw = [RawEntry(name.encode("utf-8", "surrogatepass"), data, flags=0x800) for name, data in entries]
    check_harmless(raw_zip(raw))
    check_harmless(raw_zip([RawEntry(entry.name, entry.plain) for entry in raw]))


@hard
@given(st.lists(st.tuples(NAMES, st.sampled_from([b"0", b"1", b"2", b"3", b"5", b"6", b"L", b"x", b"S"]))))
def test_tars_of_any_members(members):
    buffer = io.BytesIO()
    for name, kind in members:
        info = tarfile.TarInfo(name)
        info.type = kind
        buffer.write(info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogatepass"))
    check_harmless(buffer.getvalue() + bytes(1024))


@hard
@given(
    st.dictionaries(
        st.text(st.sampled_from("abcdé数_-. "), min_size=1, max_size=20).filter(
            lambda name: name.strip(". ") and name[0] != "."
        ),
        st.binary(max_size=300),
        min_size=1,
        max_size=6,
    )
)
def test_what_an_honest_zip_or_tar_holds_comes_back(files):
    folded = {name.casefold(): name for name in files}
    honest = {name: files[name] for name in folded.values()}
    for archive in (zip_of(honest), tar_of(honest), tar_of(honest, "w", tarfile.GNU_FORMAT)):
        found, flaws = read_archive(archive, "x.zip", CAPS)
        assert flaws == []
        assert {file.path: file.data for file in found} == honest
