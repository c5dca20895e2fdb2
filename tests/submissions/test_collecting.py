"""Uploads of every shape, from real folders and archives, become one submission per student and topic."""

import os
import zipfile

import pytest
from uploads import CODE, SOFTMAX, TENSORS, TOPICS, RawEntry, raw_zip, tar_of, write, zip_of, zip_with_link

from autograder.errors import UsageError
from autograder.submissions.collect import collect
from autograder.submissions.roster import Roster
from autograder.submissions.tree import Caps

S, T = SOFTMAX.entry, TENSORS.entry
CLASS = {
    f"ada/softmax-regression/{S}": CODE,
    f"ada/tensor-basics/{T}": b"x = 1\n",
    f"王小明/softmax-regression/{S}": CODE,
}
EXPECTED = [("ada", "tensor-basics"), ("ada", "softmax-regression"), ("王小明", "softmax-regression")]


def gather(*sources, **kwargs):
    return collect(list(sources), TOPICS, **kwargs)


def keys(collection):
    return [(one.student, one.topic) for one in collection.submissions]


def said(collection):
    return {
        (one.student, one.topic): [(problem.code, problem.fatal) for problem in one.problems]
        for one in collection.submissions
    }


def test_a_folder_of_a_class_is_collected(tmp_path):
    found = gather(write(tmp_path / "class", {**CLASS, "ada/softmax-regression/expected.yml": b"outcome: passed"}))
    assert keys(found) == EXPECTED
    assert found.rejects == ()
    assert [file.path for file in found.submissions[1].files] == [S]


@pytest.mark.parametrize("wrapper", ["", "class/"])
@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_one_archive_of_a_class_is_collected(tmp_path, pack, wrapper):
    data = pack({wrapper + path: data for path, data in CLASS.items()})
    found = gather(write(tmp_path, {"class.zip": data}) / "class.zip")
    assert (keys(found), found.rejects) == (EXPECTED, ())


def test_every_shape_of_the_same_upload_gives_the_same_digest(tmp_path):
    one = {f"softmax-regression/{S}": CODE}
    shapes = {
        "folder": write(tmp_path / "1", {f"ada/softmax-regression/{S}": CODE}),
        "flat": write(tmp_path / "2", {f"ada/{S}": CODE}),
        "zip per student": write(tmp_path / "3", {"ada.zip": zip_of(one), "bob.zip": zip_of(one)}),
        "flat zip": write(tmp_path / "4", {"ada.zip": zip_of({S: CODE})}),
        "wrapped zip": write(tmp_path / "5", {"ada.tar.gz": tar_of({f"my work/{S}": CODE}), "bob.zip": zip_of(one)}),
        "zip in a folder": write(tmp_path / "6", {"ada/homework.zip": zip_of(one), "bob/x.zip": zip_of(one)}),
        "zip in a topic": write(tmp_path / "7", {"ada/softmax-regression/upload.zip": zip_of({S: CODE})}),
        "one zip": write(tmp_path / "8", {"ada.zip": zip_of(one)}) / "ada.zip",
        "one student": write(tmp_path / "9" / "ada", one),
    }
    digests = {name: gather(source).submissions[0].digest for name, source in shapes.items()}
    assert len(set(digests.values())) == 1, digests


def test_several_sources_are_merged(tmp_path):
    first = write(tmp_path / "monday", {f"ada/softmax-regression/{S}": CODE})
    second = write(tmp_path / "tuesday", {"bob.zip": zip_of({S: CODE}), "eve.zip": zip_of({S: CODE})})
    assert keys(gather(first, second)) == [(name, "softmax-regression") for name in ("ada", "bob", "eve")]


def test_the_same_student_in_two_sources_says_which_is_graded(tmp_path):
    first = write(tmp_path / "monday", {f"ada/softmax-regression/{S}": CODE})
    second = write(tmp_path / "tuesday", {f"ada/softmax-regression/{S}": CODE + b"# better\n"})
    found = gather(first, second)
    assert said(found) == {("ada", "softmax-regression"): [("several-sources", False)]}
    assert found.submissions[0].attempt == 2
    assert [(one.attempt, one.source) for one in found.earlier] == [(1, f"{first}/ada/softmax-regression")]


def test_the_same_files_in_two_sources_are_one_submission(tmp_path):
    sources = [write(tmp_path / day, {f"ada/softmax-regression/{S}": CODE}) for day in ("monday", "tuesday")]
    found = gather(*sources)
    assert (len(found.submissions), found.earlier, said(found)[keys(found)[0]]) == (1, (), [])


BAD = {
    "empty": {},
    "wrong-name": {"hw1.py": CODE},
    "several-files": {"a.py": CODE, "b.py": CODE},
    "not-utf8": {S: "# 中文".encode("gbk")},
    "notebook": {"work.ipynb": b"{}"},  # without cells
    "too-large": {S: b"#" * 2001},
}


@pytest.mark.parametrize("archived", [False, True])
def test_every_bad_upload_costs_only_its_own_student(tmp_path, archived):
    files = {f"{name}/softmax-regression/{path}": data for name, each in BAD.items() for path, data in each.items()}
    files |= {"empty/softmax-regression/": b"", f"good/softmax-regression/{S}": CODE}
    source = tmp_path / "class.zip" if archived else tmp_path / "class"
    if archived:
        write(tmp_path, {"class.zip": zip_of(files, zipfile.ZIP_STORED)})
    else:
        write(source, files)
    found = gather(source, caps=Caps(file_bytes=2000, ratio=10**6))
    assert said(found) == {(name, "softmax-regression"): [(name, True)] for name in BAD} | {
        ("good", "softmax-regression"): []
    }


def test_a_fifty_megabyte_file_is_dropped_with_a_word(tmp_path):
    write(tmp_path / "class", {f"ada/softmax-regression/{S}": CODE, f"bob/softmax-regression/{S}": CODE})
    for path in (f"ada/softmax-regression/{S}", "bob/softmax-regression/weights.pt"):
        with (tmp_path / "class" / path).open("ab") as large:
            large.truncate(50 << 20)
    found = gather(tmp_path / "class")
    assert said(found) == {
        ("ada", "softmax-regression"): [("too-large", True)],
        ("bob", "softmax-regression"): [("too-large", False)],
    }
    assert [[file.path for file in one.files] for one in found.submissions] == [[], [S]]
    assert "over 10 MiB" in found.submissions[0].problems[0].text.en


@pytest.mark.parametrize(
    "archive",
    [
        raw_zip([RawEntry(S.encode(), CODE), RawEntry(b"../../evil.py", b"evil")]),
        raw_zip([RawEntry(S.encode(), CODE), RawEntry(S.encode(), b"evil")]),
        raw_zip([RawEntry(S.encode(), CODE, flags=1)]),
        zip_with_link(S, "/etc/passwd"),
        zip_of({S: CODE, "zeros": bytes(5 << 20)}),
    ],
    ids=["outside", "duplicate", "encrypted", "link", "bomb"],
)
def test_a_nasty_zip_of_a_student_is_an_outcome_for_that_student(tmp_path, archive):
    found = gather(write(tmp_path / "class", {"ada.zip": archive, "bob.zip": zip_of({S: CODE})}))
    assert said(found) == {
        ("ada", "softmax-regression"): [("unsafe-archive", True)],
        ("bob", "softmax-regression"): [],
    }
    assert not (tmp_path / "evil.py").exists()


def test_a_nasty_entry_in_the_zip_of_a_class_costs_only_its_student(tmp_path):
    entries = [RawEntry(path.encode(), data, flags=0x800) for path, data in CLASS.items()]
    entries.append(RawEntry(b"ada/softmax-regression/../../../evil.py", b"evil"))
    entries.append(RawEntry(b"/etc/evil.py", b"evil"))
    found = gather(write(tmp_path, {"class.zip": raw_zip(entries)}) / "class.zip")
    assert said(found) == {key: [] for key in EXPECTED} | {("ada", "softmax-regression"): [("unsafe-archive", True)]}
    assert [reject.text.en for reject in found.rejects] == ["/etc/evil.py: the path is absolute"]


def test_an_archive_that_cannot_be_read_is_rejected_and_the_class_goes_on(tmp_path):
    first, second = RawEntry(b"a.py", CODE * 50), RawEntry(b"b.py", CODE * 50)
    bad = {"eve.zip": raw_zip([first, second], offsets=[0, 0]), "mal.zip": b"Rar!", "zoe.zip": zip_of({S: CODE})[:-9]}
    found = gather(write(tmp_path / "class", {"bob.zip": zip_of({S: CODE}), **bad}))
    assert keys(found) == [("bob", "softmax-regression")]
    assert [(os.path.basename(reject.where), reject.text.en.partition(":")[0]) for reject in found.rejects] == [
        ("eve.zip", "entries overlap at a.py"),
        ("mal.zip", "can't be read"),
        ("zoe.zip", "can't be read"),
    ]


def test_an_unreadable_archive_for_a_known_topic_is_an_outcome(tmp_path):
    found = gather(write(tmp_path / "class", {"ada/softmax-regression/upload.zip": b"Rar!"}))
    assert said(found) == {("ada", "softmax-regression"): [("unsafe-archive", True)]}
    assert "a RAR archive" in found.submissions[0].problems[0].text.en


def test_links_in_a_folder_are_not_followed(tmp_path):
    write(
        tmp_path,
        {"secret.py": b"secret", f"class/bob/softmax-regression/{S}": CODE, "class/ada/softmax-regression/": b""},
    )
    (tmp_path / "class/ada/softmax-regression" / S).symlink_to(tmp_path / "secret.py")
    found = gather(tmp_path / "class")
    assert said(found)["ada", "softmax-regression"] == [("unsafe-archive", True)]
    assert all(b"secret" not in file.data for one in found.submissions for file in one.files)


def test_a_misspelt_topic_is_rejected_with_a_suggestion(tmp_path):
    found = gather(write(tmp_path / "class", {**CLASS, f"bob/sofmax-regresion/{S}": CODE}))
    assert keys(found) == EXPECTED
    assert [reject.text.en for reject in found.rejects] == [
        "is no topic of this course; did you mean softmax-regression?"
    ]
    assert "是否为 softmax-regression" in found.rejects[0].text.zh


def test_a_name_that_cannot_be_a_student_is_rejected(tmp_path):
    found = gather(write(tmp_path / "class", {**CLASS, f"-rf;/softmax-regression/{S}": CODE}))
    assert keys(found) == EXPECTED
    assert "is not allowed" in found.rejects[0].text.en


@pytest.mark.parametrize("twin", ["Ada", "аda", "ａda"])
def test_two_names_that_look_alike_are_flagged_in_both(tmp_path, twin):
    found = gather(write(tmp_path, {f"{name}/softmax-regression/{S}": CODE for name in ("ada", twin)}))
    assert len(found.submissions) == 2
    assert set(map(tuple, said(found).values())) == {(("duplicate-student", False),)}
    assert twin in found.submissions[0].problems[0].text.en + found.submissions[1].problems[0].text.en


def test_one_name_typed_in_two_ways_is_one_student_with_a_fatal_word(tmp_path):
    found = gather(write(tmp_path, {f"{name}/softmax-regression/{S}": CODE for name in ("Zo\u00eb", "Zoe\u0308")}))
    assert said(found) == {("Zo\u00eb", "softmax-regression"): [("unsafe-archive", True)]}
    assert "twice" in found.submissions[0].problems[0].text.en


def test_a_roster_flags_strangers_and_lists_who_is_missing(tmp_path):
    source = write(tmp_path, {f"{name}/softmax-regression/{S}": CODE for name in ("ada", "Grace Hoper")})
    found = gather(source, roster=Roster(("Ada", "Grace Hopper", "王小明")))
    assert said(found) == {
        ("ada", "softmax-regression"): [],
        ("Grace Hoper", "softmax-regression"): [("unknown-student", False)],
    }
    assert "did you mean Grace Hopper?" in found.submissions[1].problems[0].text.en
    assert found.missing == ("Grace Hopper", "王小明")


def test_extra_files_are_kept_and_shadowing_ones_flagged(tmp_path):
    extra = {"helpers.py": b"1", "data/a.csv": b"1", "torch.py": b"1"}
    found = gather(
        write(tmp_path, {f"ada/softmax-regression/{path}": data for path, data in {S: CODE, **extra}.items()})
    )
    assert {file.path for file in found.submissions[0].files} == {S, *extra}
    assert said(found) == {("ada", "softmax-regression"): [("shadows", False)]}


def test_archives_inside_archives_inside_archives_are_not_opened(tmp_path):
    inner = zip_of({"more.zip": zip_of({S: CODE})})
    found = gather(
        write(tmp_path, {"class.zip": zip_of({"ada.zip": inner, "bob.zip": zip_of({S: CODE})})}) / "class.zip"
    )
    assert keys(found) == [("bob", "softmax-regression")]
    assert "inside an archive" in found.rejects[0].text.en


def test_a_source_that_is_not_there_is_used_wrongly(tmp_path):
    with pytest.raises(UsageError, match="no such file or folder"):
        gather(tmp_path / "none")


def test_an_empty_source_gives_an_empty_collection(tmp_path):
    found = gather(tmp_path)
    assert (found.submissions, found.earlier) == ((), ())
