"""Whose work is what, by names alone."""

import pytest
from uploads import TOPICS

from autograder.submissions.flaws import Flaw
from autograder.submissions.recognise import sort_out
from autograder.submissions.tree import Entry, make_tree

S, T = "softmax_regression.py", "tensor_basics.py"


def layout(*paths, label="class", flaws=(), student=""):
    entries = [Entry(path, bytes) for path in paths if not path.endswith("/")]
    folders = [path.rstrip("/") for path in paths if path.endswith("/")]
    return sort_out(make_tree(label, label, entries, folders, list(flaws)), TOPICS, student)


def found(*paths, **kwargs):
    return {
        (group.student, group.topic.slug): [entry.path for entry in group.entries]
        for group in layout(*paths, **kwargs).groups
    }


def strange(*paths, **kwargs):
    return [(one.path, one.what.en, one.near) for one in layout(*paths, **kwargs).strange]


@pytest.mark.parametrize("wrapper", ["", "class/", "export/2026/class/"])
def test_a_folder_per_student_with_a_folder_per_topic(wrapper):
    paths = [f"ada/softmax-regression/{S}", f"ada/02_tensor_basics/{T}", f"bob/Softmax_Regression/{S}"]
    assert found(*(wrapper + path for path in paths)) == {
        ("ada", "softmax-regression"): [S],
        ("ada", "tensor-basics"): [T],
        ("bob", "softmax-regression"): [S],
    }


@pytest.mark.parametrize("wrapper", ["", "class/"])
def test_a_folder_per_student_with_files_named_after_topics(wrapper):
    paths = [f"ada/{S}", f"ada/{T}", f"bob/{S}", "bob/helpers.py"]
    assert found(*(wrapper + path for path in paths)) == {
        ("ada", "softmax-regression"): [S],
        ("ada", "tensor-basics"): [T],
        ("bob", "softmax-regression"): [S, "helpers.py"],
    }


def test_the_upload_of_one_student_is_told_by_its_own_name():
    assert found(f"softmax-regression/{S}", label="ada") == {("ada", "softmax-regression"): [S]}
    assert found(S, T, label="ada") == {("ada", "softmax-regression"): [S], ("ada", "tensor-basics"): [T]}


def test_a_known_student_may_wrap_the_work_in_any_folder():
    assert found(f"my work/softmax-regression/{S}", student="ada") == {("ada", "softmax-regression"): [S]}
    assert found(f"my work/{S}", "my work/lib/extra.py", student="ada") == {
        ("ada", "softmax-regression"): [S, "lib/extra.py"]
    }


def test_one_student_alone_in_a_class_is_that_student():
    assert found(f"class/ada/softmax-regression/{S}", f"class/ada/tensor-basics/{T}").keys() == {
        ("ada", "softmax-regression"),
        ("ada", "tensor-basics"),
    }


def test_one_students_odd_folders_do_not_move_the_others():
    odd = [f"eve/{n}/softmax-regression/{S}" for n in range(50)]
    groups = found(f"ada/softmax-regression/{S}", f"bob/softmax-regression/{S}", *odd)
    assert set(groups) == {(name, "softmax-regression") for name in ("ada", "bob", "eve")}
    assert groups["ada", "softmax-regression"] == [S]


def test_an_empty_topic_folder_is_a_submission_all_the_same():
    assert found("ada/softmax-regression/", f"bob/softmax-regression/{S}")["ada", "softmax-regression"] == []


def test_a_misspelt_topic_is_told_with_the_topic_that_may_be_meant():
    assert strange(f"ada/sofmax-regresion/{S}", f"bob/softmax-regression/{S}") == [
        ("ada/sofmax-regresion", "is no topic of this course", "softmax-regression")
    ]


def test_a_file_whose_name_tells_no_topic_is_told():
    assert strange("ada/hw1.py", f"bob/{S}") == [("ada/hw1.py", "does not tell its topic by its name", "")]


def test_code_beside_the_students_belongs_to_nobody():
    assert strange(f"ada/softmax-regression/{S}", f"bob/tensor-basics/{T}", "notes.py", "README.md", "roster.csv") == [
        ("notes.py", "belongs to no student", "")
    ]


def test_a_student_without_anything_is_told():
    assert strange("ada/", f"bob/softmax-regression/{S}") == [("ada", "holds no submission", "")]


def test_the_folder_of_a_topic_alone_names_no_student():
    assert "no student is named" in strange(S, label="softmax-regression")[0][1]


def test_archives_beside_each_other_are_one_per_student():
    for wrapper in ("", "class/"):
        bundles = layout(f"{wrapper}ada.zip", f"{wrapper}bob.tar.gz", f"{wrapper}roster.csv").bundles
        assert [(bundle.student, bundle.entry.path) for bundle in bundles] == [
            ("", f"{wrapper}ada.zip"),
            ("", f"{wrapper}bob.tar.gz"),
        ]


def test_the_archive_in_a_students_folder_is_that_students():
    bundles = layout("ada/homework.zip", "bob/final.zip").bundles
    assert [bundle.student for bundle in bundles] == ["ada", "bob"]
    assert [bundle.student for bundle in layout("ada/homework.zip").bundles] == ["ada"]


def test_two_folders_for_one_topic_are_flagged():
    groups = layout(f"ada/softmax-regression/{S}", f"ada/13_softmax_regression/{S}", f"bob/tensor-basics/{T}").groups
    assert [flaw.code for flaw in groups[0].flaws] == ["duplicate"]


def test_a_flaw_is_told_to_the_topic_it_is_below():
    flaws = [Flaw("ada/softmax-regression", "outside"), Flaw("bob", "too-many"), Flaw("", "absolute")]
    paths = [f"{name}/{topic}/" for name in ("ada", "bob") for topic in ("softmax-regression", "tensor-basics")]
    sorted_out = layout(*paths, flaws=flaws)
    told = {(group.student, group.topic.slug): [flaw.code for flaw in group.flaws] for group in sorted_out.groups}
    assert told == {
        ("ada", "softmax-regression"): ["outside"],
        ("ada", "tensor-basics"): [],
        ("bob", "softmax-regression"): ["too-many"],
        ("bob", "tensor-basics"): ["too-many"],
    }
    assert [flaw.code for flaw in sorted_out.flaws] == ["absolute"]


def test_a_topics_file_that_is_only_a_link_is_still_that_topics():
    groups = layout(f"bob/{T}", flaws=[Flaw(f"ada/{S}", "link")]).groups
    assert [(group.student, group.topic.slug) for group in groups if group.flaws] == [("ada", "softmax-regression")]
