"""Archives built to harm: each is refused or loses only its bad entries, writes nothing, runs nothing, reads little."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from uploads import CODE, SOFTMAX, TOPICS, RawEntry, raw_zip, tar_of, write, zip_of
from watching import warm_up, watching

from autograder.errors import UploadError
from autograder.submissions import collected
from autograder.submissions.collect import collect
from autograder.submissions.tree import Caps
from autograder.submissions.unpack import read_archive

S = SOFTMAX.entry
ONE = Caps().for_one()
pytestmark = pytest.mark.usefixtures("warm")
EVIL = b"raise SystemExit('ran')\n"
REFUSED = "refused"


def tar_raw(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """Headers and contents as they come, the headers free to lie."""
    body = b"".join(info.tobuf(tarfile.GNU_FORMAT) + data + bytes(-len(data) % 512) for info, data in members)
    return body + bytes(1024)


def info(
    name: str, data: bytes = b"", kind: bytes = tarfile.REGTYPE, **fields: object
) -> tuple[tarfile.TarInfo, bytes]:
    made = tarfile.TarInfo(name)
    made.size, made.type = len(data), kind
    for field, value in fields.items():
        setattr(made, field, value)
    return made, data


def pax(**records: str) -> tuple[tarfile.TarInfo, bytes]:
    return info("pax", b"".join(_record(f"{key}={value}") for key, value in records.items()), tarfile.XHDTYPE)


def _record(text: str) -> bytes:
    body = text.encode() + b"\n"
    length = len(body) + 3
    while len(f"{length} ") + len(body) != length:
        length = len(f"{length} ") + len(body)
    return f"{length} ".encode() + body


def good_tar(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    return tar_raw(info(S, CODE), *members)


def good_zip(*entries: RawEntry) -> bytes:
    return raw_zip([RawEntry(S.encode(), CODE), *entries])


def zip64_that_lies() -> bytes:
    """The end record sends the reader to a directory of 2**40 entries at 2**60."""
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 40, 1 << 40, 1 << 40, 1 << 60)
    body = b"PK\x03\x04" + RawEntry(S.encode(), CODE).fields() + S.encode() + CODE
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(body), 1)
    return (
        body + end64 + locator + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    )


def zip_within_comment() -> bytes:
    """Behind the end of one zip, as its comment, stands another with other code."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(S, CODE)
        archive.comment = zip_of({S: EVIL})
    return buffer.getvalue()


def forty_two(levels: int = 4) -> bytes:
    """Ten zips in a zip, each with ten zips, and so on down to zeros."""
    data = zip_of({"zeros": bytes(1 << 20)})
    for _ in range(levels):
        data = zip_of({f"{number}.zip": data for number in range(10)})
    return data


def pax_without_end(headers: int) -> bytes:
    records = b"5 a=\n" * 13_000
    pair = tar_raw(info("x", records, tarfile.XHDTYPE), info("x.py"))[:-1024]
    return gzip.compress(pair * headers + bytes(1024))


# name -> (archive of one student, what comes of it: the files that are kept, that it is refused, or None: either)
ATTACKS: dict[str, tuple[Callable[[], bytes], dict[str, bytes] | str | None]] = {
    "UNC path": (lambda: good_zip(RawEntry(b"//server/share/x.py", EVIL)), {S: CODE}),
    "UNC path with backslashes": (lambda: good_zip(RawEntry(rb"\\server\share\x.py", EVIL)), {S: CODE}),
    "drive in the middle": (lambda: good_zip(RawEntry(b"a/../../C:/x.py", EVIL)), {S: CODE}),
    "device path": (lambda: good_zip(RawEntry(rb"\\?\C:\x.py", EVIL)), {S: CODE}),
    "dots behind a zero byte": (lambda: good_zip(RawEntry(b"a\0/../../x.py", EVIL)), {S: CODE}),
    "overlong UTF-8 for ../": (lambda: good_zip(RawEntry(b"\xc0\xae\xc0\xae/x.py", EVIL, flags=0x800)), REFUSED),
    "the record of a collection": (lambda: good_zip(RawEntry(b".collected.json", b"{}")), {S: CODE}),
    "a folder that is a file": (lambda: good_zip(RawEntry(S.encode() + b"/x.py", EVIL)), {f"{S}/x.py": EVIL}),
    "same name, other code": (lambda: good_zip(RawEntry(S.encode(), EVIL)), {S: CODE}),
    "same name in capitals": (lambda: good_zip(RawEntry(S.upper().encode(), EVIL)), {S.upper(): EVIL}),
    "an entry that lies about its name": (
        lambda: zip_of({"softmax_regressioX.py": CODE}, 0).replace(b"gressioX", b"gression", 1),
        {},
    ),
    "a zip behind a zip": (lambda: zip_of({S: EVIL}) + zip_of({S: CODE}), REFUSED),
    "a program before the zip": (lambda: b"PK\x03\x04#!/bin/sh\nexit\n" + zip_of({S: CODE}), REFUSED),
    "bytes behind the zip": (lambda: zip_of({S: CODE}) + b"<script>alert(1)</script>", REFUSED),
    "a zip in the comment of a zip": (zip_within_comment, REFUSED),
    "zip64 that lies": (zip64_that_lies, REFUSED),
    "a directory that says there are more": (lambda: good_zip().replace(b"\1\0\1\0", b"\xff\0\xff\0"), None),
    "42.zip": (forty_two, None),
    "a device of tar": (lambda: good_tar(info("sda.py", kind=tarfile.BLKTYPE, devmajor=8)), {S: CODE}),
    "hard link to the outside": (lambda: good_tar(info("x", kind=tarfile.LNKTYPE, linkname="/etc/passwd")), {S: CODE}),
    "a link, then a file through it": (
        lambda: good_tar(info("d", kind=tarfile.SYMTYPE, linkname="/tmp"), info("d/x.py", EVIL)),
        {S: CODE, "d/x.py": EVIL},
    ),
    "a link over the file": (lambda: good_tar(info(S, kind=tarfile.SYMTYPE, linkname="/etc/passwd")), {S: CODE}),
    "a link with contents": (lambda: good_tar(info("x.py", EVIL, tarfile.SYMTYPE)), REFUSED),
    "a path from a pax header": (lambda: good_tar(pax(path="../../x.py"), info("x.py", EVIL)), {S: CODE}),
    "a pax path that renames": (lambda: good_tar(pax(path=S), info("x.py", EVIL)), {S: CODE}),
    "a pax size that lies": (lambda: good_tar(pax(size="1"), info("x.py", EVIL * 30)), REFUSED),
    "a pax size without end": (lambda: good_tar(pax(size="9" * 30), info("x.py", EVIL)), REFUSED),
    "a pax size below nothing": (lambda: good_tar(pax(size="-512"), info("x.py", EVIL)), REFUSED),
    "a pax size that is no number": (lambda: good_tar(pax(size="1e9"), info("x.py", EVIL)), REFUSED),
    "a pax header for everybody": (
        lambda: good_tar(info("g", _record("path=../x.py"), tarfile.XGLTYPE), info("y.py", CODE)),
        {S: CODE, "y.py": CODE},
    ),
    "a pax header that never ends": (lambda: good_tar(info("p", b"99999 path=x\n", tarfile.XHDTYPE), info("x")), None),
    "a pax header of many records": (lambda: pax_without_end(400), REFUSED),
    "headers and nothing else": (lambda: gzip.compress(info("g", kind=tarfile.XGLTYPE)[0].tobuf() * 9_000), REFUSED),
    "a long name of ../": (
        lambda: good_tar(info("x", b"../" * 20 + b"x.py\0", tarfile.GNUTYPE_LONGNAME), info("x", EVIL)),
        {S: CODE},
    ),
    "a sparse file of GNU": (lambda: good_tar(info("big.bin", kind=tarfile.GNUTYPE_SPARSE)), {S: CODE}),
    "a size in base 256": (lambda: good_tar((info("x.py")[0], b"")).replace(b"x.py", b"y.py"), None),
    "a wrong checksum of a header": (lambda: good_tar(info("x.py", EVIL)).replace(b"x.py", b"y.py"), REFUSED),
    "setuid": (lambda: good_tar(info("x.py", CODE, mode=0o6777, uid=0, uname="root")), {S: CODE, "x.py": CODE}),
    "times before and after all time": (
        lambda: good_tar(info("x.py", CODE, mtime=2**33), pax(mtime="-99999999999"), info("y.py", CODE)),
        {S: CODE, "x.py": CODE, "y.py": CODE},
    ),
    "a gzip in a gzip": (lambda: gzip.compress(tar_of({S: CODE})), REFUSED),
    "gzip members without end": (lambda: gzip.compress(b"") * 20_000, REFUSED),
    "a tar of zeros": (lambda: gzip.compress(bytes(20 << 20)), REFUSED),
}  # fmt: skip


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    warm_up(tmp_path_factory.mktemp("warm"))


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_archive_is_read_without_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    make, expected = ATTACKS[name]
    data = make()
    monkeypatch.chdir(tmp_path)
    with watching() as seen:
        said = "read"
        try:
            files, flaws = read_archive(data, "ada.zip", ONE)
        except UploadError as refused:
            files, flaws, said = [], [], REFUSED
            words = str(refused)
    assert said == "read" or len(words) < 500
    assert (seen.written, seen.started, seen.executed) == ([], [], [])
    assert list(tmp_path.iterdir()) == []
    if expected == REFUSED:
        assert said == REFUSED
    elif expected is not None:
        assert said == "read"
        assert {file.path: file.data for file in files} == expected
        assert bool(flaws) != (name in HARMLESS)


# Nothing of these needs a word: what they try is not read at all.
HARMLESS = ("setuid", "times before and after all time", "the record of a collection", "a pax header for everybody")


BYSTANDER = {f"bob/softmax-regression/{S}": CODE}


@pytest.mark.parametrize("place", ["ada.zip", "ada/work.zip", "ada/softmax-regression/work.zip"])
@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_archive_costs_only_its_own_student(tmp_path: Path, name: str, place: str):
    data = ATTACKS[name][0]()
    source = write(tmp_path / "class", {place: data, **BYSTANDER})
    into = tmp_path / "into"
    with watching() as seen:
        found = collect([source], TOPICS)
        collected.write(found.submissions, into, "test")
    assert "bob" in [one.student for one in found.submissions]
    assert seen.outside(into) == []
    assert (seen.started, seen.executed) == ([], [])
    assert seen.read <= len(data) + 10_000
    kept = [one for one in found.submissions if one.student == "ada"]
    assert kept or found.rejects
    assert all(file.data in (CODE, EVIL) or file.path.endswith(".zip") for one in kept for file in one.files)


def test_an_archive_that_holds_itself_is_opened_once(tmp_path: Path):
    """As a quine would: every level names the same archive again."""
    level = zip_of({"ada.zip": b"PK\x03\x04 and so on"})
    for _ in range(3):
        level = zip_of({"ada.zip": level})
    found = collect([write(tmp_path, {"class.zip": level}) / "class.zip"], TOPICS)
    assert found.submissions == ()
    assert ["inside an archive" in reject.text.en for reject in found.rejects] == [True]


def test_a_tar_of_very_many_members_is_refused_while_it_is_read():
    data = gzip.compress(info("x.py")[0].tobuf() * (ONE.archive_files + 1) + bytes(1024))
    with pytest.raises(UploadError, match="more than 20000 files"):
        read_archive(data, "ada.tar.gz", ONE)
