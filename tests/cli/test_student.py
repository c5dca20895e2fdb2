"""A student's way: list, start, submit, receipt."""

import json

import pytest
from small_course import DONE, STUB, make_course, run

from autograder.submissions import workspace

SOFTMAX = "softmax-regression"


@pytest.fixture
def course(tmp_path, monkeypatch):
    for name in ("AUTOGRADER_COURSE", "AUTOGRADER_STUDENT", "AUTOGRADER_SUBMIT_TO", "LANG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "160")
    return make_course(tmp_path / "course")


@pytest.fixture
def here(course, tmp_path, monkeypatch):
    """A folder of the student's own, outside the course, which is named by the environment."""
    place = tmp_path / "me"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(course))
    return place


@pytest.fixture
def solved(here, capsys):
    """Both topics started, one of them filled in."""
    for topic in ("tensor-basics", SOFTMAX):
        assert run(capsys, "start", topic)[0] == 0
    path = here / SOFTMAX / "softmax_regression.py"
    path.write_text(DONE)
    return path


def submit(capsys, *args):
    code, out, err = run(capsys, "submit", SOFTMAX, "--json", *args)
    return code, json.loads(out) if out else {}, err


# list


def test_list_shows_topics_in_order_with_what_they_need_and_when_they_are_due(here, capsys):
    code, out, _ = run(capsys, "list")
    assert code == 0
    assert out.index("tensor-basics") < out.index(SOFTMAX)
    assert "2027-03-07 23:59" in out
    assert "About softmax_regression" in out


def test_list_speaks_chinese_where_the_environment_does(here, capsys, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    out = run(capsys, "list")[1]
    assert "小课程" in out
    assert "截止 2027-03-07 23:59 · 100 分" in out
    assert "关于 softmax_regression" in out


def test_list_shows_how_far_the_student_is(solved, capsys):
    def progress():
        return {row["topic"]: row for row in json.loads(run(capsys, "list", "--json")[1])["topics"]}

    assert [row["started"] for row in progress().values()] == [True, True]
    workspace.remember(solved.parent, checked={"passed": 2, "visible": 3, "at": "2026-11-21T12:00:00+00:00"})
    assert progress()[SOFTMAX]["checked"] == {"passed": 2, "visible": 3, "at": "2026-11-21T12:00:00+00:00"}
    assert "2 of 3 visible checks" in run(capsys, "list")[1]
    submit(capsys, "--student", "ada")
    assert progress()[SOFTMAX]["submitted"]["attempt"] == 1
    assert progress()["tensor-basics"]["submitted"] is None
    assert "submitted 2" in run(capsys, "list")[1]


def test_list_outside_of_any_course_says_how_to_name_one(here, capsys, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_COURSE")
    code, _, err = run(capsys, "list")
    assert code == 2
    assert "--course DIR" in err


# start


def test_start_makes_a_folder_named_after_the_topic(here, capsys):
    code, out, err = run(capsys, "start", "13")
    assert code == 0
    assert out.splitlines()[0] == f"{SOFTMAX}/softmax_regression.py: copied"
    assert "next: read" in err
    assert (here / SOFTMAX / "softmax_regression.py").read_text() == STUB


def test_start_works_in_the_course_and_from_deep_inside_it(course, capsys, monkeypatch):
    monkeypatch.chdir(course / "exercises")
    assert run(capsys, "start", SOFTMAX, "--dir", course)[0] == 0
    assert (course / SOFTMAX / "README.zh.md").is_file()


def test_start_keeps_the_students_work_and_says_how_to_get_the_courses_file(solved, capsys):
    code, out, _ = run(capsys, "start", SOFTMAX)
    assert code == 0
    assert "kept, because you changed it (the course's: start --again)" in out
    assert solved.read_text() == DONE
    assert run(capsys, "start", SOFTMAX, "--again")[0] == 0
    assert solved.with_name("softmax_regression.new.py").read_text() == STUB


def test_start_suggests_the_topic_that_was_meant(here, capsys):
    code, _, err = run(capsys, "start", "softmax")
    assert code == 2
    assert "did you mean softmax-regression?" in err


def test_start_refuses_a_course_that_is_none(here, capsys):
    code, _, err = run(capsys, "start", SOFTMAX, "--course", here)
    assert code == 2
    assert "no course here" in err


# submit


def test_submit_prints_a_receipt_and_writes_it_beside_the_file_and_the_hand_in(solved, course, capsys):
    code, out, err = run(capsys, "submit", SOFTMAX, "--student", "王小明")
    assert (code, err) == (0, "")
    assert out.startswith("submitted: softmax-regression, attempt 1, as 王小明\n")
    receipt = json.loads(solved.with_name("softmax-regression.receipt.json").read_text())
    assert receipt["content"] in out
    (archive,) = (course / "drop/王小明/softmax-regression").glob("*.zip")
    assert json.loads(archive.with_suffix(".receipt.json").read_text()) == receipt


def test_submit_speaks_chinese_where_the_environment_does(solved, capsys, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_LANGUAGE", "zh")
    _, out, _ = run(capsys, "submit", SOFTMAX, "--student", "ada")
    assert out.startswith("已提交：softmax-regression，第 1 次，姓名 ada")
    assert "迟交" in out
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["文件", "内容", "时间", "截止", "压缩包", "回执"]
    assert "没有写入新内容" in run(capsys, "submit", SOFTMAX)[1]


def test_a_late_hand_in_says_how_late(solved, capsys):
    assert "late by" in run(capsys, "submit", SOFTMAX, "--student", "ada")[1]
    assert "in time" in run(capsys, "submit", "tensor-basics", "--student", "ada")[1]


def test_a_second_submission_is_a_second_attempt(solved, capsys):
    submit(capsys, "--student", "ada")
    solved.write_text(DONE + "# better\n")
    assert submit(capsys)[1]["receipt"]["attempt"] == 2


def test_a_repeated_submission_says_so_and_writes_nothing(solved, course, capsys):
    submit(capsys, "--student", "ada")
    code, out, _ = run(capsys, "submit", SOFTMAX)
    assert code == 0
    assert out.startswith("identical to your submission of ")
    assert len(list((course / "drop").rglob("*.zip"))) == 1


def test_the_name_is_asked_for_once(solved, capsys, monkeypatch):
    code, _, err = submit(capsys)
    assert code == 2
    assert "--student NAME" in err
    assert submit(capsys, "--student", "ada")[1]["receipt"]["student"] == "ada"
    assert run(capsys, "submit", "tensor-basics")[1].startswith("submitted: tensor-basics, attempt 1, as ada")
    monkeypatch.setenv("AUTOGRADER_STUDENT", "bob")
    assert submit(capsys)[1]["receipt"]["student"] == "bob"


def test_a_name_that_tricks_paths_is_refused(solved, course, capsys):
    code, _, err = submit(capsys, "--student", "../../evil")
    assert code == 2
    assert "student name" in err
    assert not (course / "drop").exists()


def test_the_drop_folder_is_that_of_option_then_environment_then_course(solved, course, tmp_path, capsys, monkeypatch):
    assert submit(capsys, "--student", "ada")[1]["path"].startswith(str(course / "drop"))
    monkeypatch.setenv("AUTOGRADER_SUBMIT_TO", str(tmp_path / "shared"))
    assert submit(capsys)[1]["path"].startswith(str(tmp_path / "shared"))
    assert submit(capsys, "--to", tmp_path / "other")[1]["path"].startswith(str(tmp_path / "other"))


def test_without_a_drop_folder_it_says_how_to_name_one(solved, course, capsys):
    (course / "grading.yml").write_text("topics: []\n")
    code, _, err = submit(capsys, "--student", "ada")
    assert code == 2
    assert "--to PLACE" in err


def test_a_share_that_is_not_mounted_is_noticed(solved, tmp_path, capsys):
    code, _, err = submit(capsys, "--student", "ada", "--to", tmp_path / "mnt" / "share")
    assert code == 2
    assert "the drop folder is not there" in err
    assert not (tmp_path / "mnt").exists()


def test_a_syntax_error_is_said_and_submitted_unless_strict(solved, course, capsys):
    solved.write_text("x = 1\ny = (\n")
    code, _, err = submit(capsys, "--student", "ada", "--strict")
    assert code == 1
    assert "softmax_regression.py:2: Python can't read this line" in err
    assert not (course / "drop").exists()
    code, answer, err = submit(capsys, "--student", "ada")
    assert (code, answer["receipt"]["attempt"]) == (0, 1)
    assert "softmax_regression.py:2: " in answer["warnings"][0]


def test_the_unchanged_stub_is_submitted_with_a_warning(solved, capsys):
    code, _, err = run(capsys, "submit", "tensor-basics", "--student", "ada")
    assert code == 0
    assert "still the unchanged stub" in err


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "is empty"), ("# 中".encode("gbk"), "not UTF-8"), (b"#" * (11 << 20), "10 MiB")]
)
def test_a_file_that_could_not_be_graded_is_refused(solved, course, capsys, data, said):
    solved.write_bytes(data)
    code, _, err = submit(capsys, "--student", "ada")
    assert code == 2
    assert said in err
    assert not (course / "drop").exists()


def test_a_file_from_anywhere_may_be_named(solved, here, capsys):
    (here / "draft.py").write_text(DONE + "# draft\n")
    _, answer, err = submit(capsys, "draft.py", "--student", "ada")
    assert [file["path"] for file in answer["receipt"]["files"]] == ["softmax_regression.py"]
    assert "draft.py is handed in under the name softmax_regression.py" in err
    assert (here / "softmax-regression.receipt.json").is_file()


def test_submit_works_inside_the_workspace_when_the_course_is_gone(solved, course, tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_COURSE")
    monkeypatch.chdir(solved.parent)
    assert submit(capsys, "--student", "ada")[0] == 0  # the workspace remembers where the course is
    course.rename(tmp_path / "moved")
    (tmp_path / "drop").mkdir()
    code, answer, err = submit(capsys, "--to", tmp_path / "drop")
    assert (code, answer["receipt"]["due"]) == (0, None)
    assert "lateness is unknown" in err


def test_a_drop_folder_that_cannot_be_written_says_that_nothing_was_submitted(solved, tmp_path, capsys):
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "ada").write_text("a file where a folder belongs")
    code, out, err = run(capsys, "submit", SOFTMAX, "--student", "ada", "--to", tmp_path / "drop")
    assert (code, out) == (3, "")
    assert "nothing was submitted" in err


def test_a_missing_file_says_where_it_was_looked_for(here, capsys):
    code, _, err = submit(capsys, "--student", "ada")
    assert code == 2
    assert f"{here / 'softmax_regression.py'}, {here / SOFTMAX / 'softmax_regression.py'}" in err


# receipt


@pytest.fixture
def receipt(solved, capsys):
    submit(capsys, "--student", "ada")
    return solved.with_name("softmax-regression.receipt.json")


def test_an_honest_receipt_holds_with_its_hand_in(receipt, capsys):
    code, out, _ = run(capsys, "receipt", receipt)
    assert code == 0
    assert "holds, and so does its hand-in" in out


def test_a_receipt_holds_by_itself_where_the_hand_in_is_out_of_reach(receipt, course, capsys):
    (course / "drop").rename(course / "elsewhere")
    code, out, _ = run(capsys, "receipt", receipt)
    assert code == 0
    assert "can't be reached from here" in out


def test_an_edited_receipt_does_not_hold(receipt, capsys):
    receipt.write_text(receipt.read_text().replace('"attempt": 1', '"attempt": 2'))
    code, out, _ = run(capsys, "receipt", receipt)
    assert code == 1
    assert "its digest does not match" in out


def test_a_changed_hand_in_does_not_hold(receipt, course, capsys):
    (archive,) = (course / "drop").rglob("*.zip")
    archive.write_bytes(archive.read_bytes() + b" ")
    code, out, _ = run(capsys, "receipt", receipt, "--json")
    assert code == 1
    assert json.loads(out)["holds"] is False


def test_a_hand_in_may_be_named(receipt, course, tmp_path, capsys):
    (archive,) = (course / "drop").rglob("*.zip")
    moved = archive.rename(tmp_path / "moved.zip")
    assert run(capsys, "receipt", receipt, moved)[0] == 0
    moved.write_bytes(b"Rar!")
    code, out, _ = run(capsys, "receipt", receipt, moved)
    assert code == 1
    assert "a RAR archive" in out


@pytest.mark.parametrize("content", [None, "", "{}", "nonsense"])
def test_what_is_no_receipt_is_used_wrongly(here, capsys, content):
    path = here / "x.json"
    if content is not None:
        path.write_text(content)
    assert run(capsys, "receipt", path)[0] == 2
