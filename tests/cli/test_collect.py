import json

import pytest
from small_course import DONE, make_course, run

ENTRY = "softmax_regression.py"


@pytest.fixture
def course(tmp_path, monkeypatch):
    for name in ("AUTOGRADER_COURSE", "LANG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    root = make_course(tmp_path / "course")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def uploads(tmp_path):
    root = tmp_path / "class"
    for student in ("ada", "王小明"):
        folder = root / student / "softmax-regression"
        folder.mkdir(parents=True)
        (folder / ENTRY).write_text(DONE)
    return root


def test_a_class_is_collected_into_the_normal_layout(course, uploads, tmp_path, capsys):
    code, out, _ = run(capsys, "collect", uploads, "--into", tmp_path / "into")
    assert code == 0
    assert "2 submissions of 2 students" in out
    assert "王小明" in out
    assert (tmp_path / "into/王小明/softmax-regression" / ENTRY).read_text() == DONE


def test_a_rejected_upload_is_told_and_ends_with_one(course, uploads, tmp_path, capsys):
    (uploads / "bob" / "sofmax-regresion").mkdir(parents=True)
    (uploads / "bob" / "sofmax-regresion" / ENTRY).write_text(DONE)
    code, out, _ = run(capsys, "collect", uploads, "--into", tmp_path / "into")
    assert code == 1
    assert "did you mean softmax-regression?" in out
    assert (tmp_path / "into/ada").is_dir()


def test_the_whole_answer_is_there_as_json(course, uploads, tmp_path, capsys):
    (uploads / "ada/softmax-regression" / ENTRY).rename(uploads / "ada/softmax-regression/hw.py")
    (tmp_path / "roster.csv").write_text("student\nada\n王小明\neve\n", encoding="utf-8")
    args = ["--into", tmp_path / "into", "--roster", tmp_path / "roster.csv", "--json"]
    code, out, _ = run(capsys, "collect", uploads, *args)
    answer = json.loads(out)
    assert code == 0
    assert [(one["student"], one["what"]) for one in answer["submissions"]] == [("ada", "new"), ("王小明", "new")]
    assert answer["submissions"][0]["problems"][0]["code"] == "wrong-name"
    assert (answer["missing"], answer["rejects"]) == (["eve"], [])


def test_collecting_again_changes_nothing(course, uploads, tmp_path, capsys):
    for what in ("new", "unchanged"):
        out = run(capsys, "collect", uploads, "--into", tmp_path / "into", "--json")[1]
        assert {one["what"] for one in json.loads(out)["submissions"]} == {what}


def test_what_was_submitted_can_be_collected(course, tmp_path, capsys):
    (course / ENTRY).write_text(DONE)
    assert run(capsys, "submit", "softmax-regression", "--student", "ada")[0] == 0
    (course / ENTRY).write_text(DONE + "# better\n")
    assert run(capsys, "submit", "softmax-regression", "--student", "ada")[0] == 0
    code, out, _ = run(capsys, "collect", "drop", "--into", tmp_path / "into")
    assert code == 0
    assert "earlier: ada, softmax-regression, attempt 1" in out
    assert "better" in (tmp_path / "into/ada/softmax-regression" / ENTRY).read_text()


def test_names_from_uploads_reach_the_terminal_without_escape_sequences(course, uploads, tmp_path, capsys):
    (uploads / "eve\x1b[2J" / "softmax-regression").mkdir(parents=True)
    (uploads / "ada/softmax-regression/x\x1b]8;;.csv").write_text("")
    code, out, err = run(capsys, "collect", uploads, "--into", tmp_path / "into")
    assert code == 1
    assert "\x1b" not in out + err
    assert "\\x1b" in out


def test_markup_in_names_is_shown_as_it_is(course, uploads, tmp_path, capsys):
    (uploads / "ada/softmax-regression" / ENTRY).rename(uploads / "ada/softmax-regression/[red]x[:smile:].py")
    out = run(capsys, "collect", uploads, "--into", tmp_path / "into", "--json")[1]
    assert "[red]x[:smile:].py" in json.loads(out)["submissions"][0]["problems"][0]["en"]


def test_a_source_without_submissions_says_what_is_expected(course, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    code, _, err = run(capsys, "collect", tmp_path / "empty", "--into", tmp_path / "into")
    assert code == 1
    assert "<student>/<topic>/<topic>.py" in err


@pytest.mark.parametrize(
    "args", [["none", "--into", "x"], ["exercises"], ["exercises", "--into", "x", "--roster", "none"]]
)
def test_wrong_use_ends_with_two(course, capsys, args):
    assert run(capsys, "collect", *args)[0] == 2


def test_an_output_that_cannot_be_written_says_so(course, uploads, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    code, out, err = run(capsys, "collect", uploads, "--into", tmp_path / "file" / "into")
    assert (code, out) == (3, "")
    assert "0 of 2 submissions were written" in err
