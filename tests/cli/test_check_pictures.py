"""`autograder check` puts what the visible checks drew beside the student's file, and says where."""

import json

import pytest
from small_course import DONE, make_course, run

CHECK = """
from autograder.checks import compare
from autograder.checks.marks import check

@check("f.curve", hint="h", zh="z", visible=True)
def test_f(submission, picture):
    got = [submission.f(x) for x in (3, 2, 1)]
    picture.lines("curve", {"f": got}, en="It falls.", zh="它下降。")
    compare.equal(got, [3, 2, 1])
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    course = make_course(tmp_path / "course")
    (course / "exercises/02_tensor_basics/test_tensor_basics.py").write_text(CHECK, encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    (work / "tensor_basics.py").write_text(DONE)
    monkeypatch.chdir(work)
    return course, work


def test_the_picture_lies_beside_the_file_and_is_named(place, capsys):
    course, work = place
    code, out, _ = run(capsys, "check", "tensor-basics", "--course", course)
    assert code == 0
    assert "It falls." in out
    assert "\n  pictures/tensor-basics-curve.png" in out
    assert (work / "pictures/tensor-basics-curve.png").read_bytes().startswith(b"\x89PNG")


def test_as_json_the_path_is_given_and_not_the_bytes(place, capsys):
    course, _ = place
    code, out, _ = run(capsys, "check", "tensor-basics", "--course", course, "--json")
    said = json.loads(out)
    assert code == 0
    assert said["pictures"] == ["pictures/tensor-basics-curve.png"]
    assert said["checks"][0]["pictures"] == []


def test_the_title_is_in_the_reader_s_language(place, capsys):
    assert "它下降。" in run(capsys, "check", "tensor-basics", "--course", place[0], "--language", "zh")[1]
