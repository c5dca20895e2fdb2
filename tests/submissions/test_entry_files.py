import pytest
from uploads import CODE, SOFTMAX

from autograder.model.submission import SubmittedFile
from autograder.submissions.entry import choose_entry, disguises, shadows

ENTRY = "softmax_regression.py"


def judged(files):
    kept, said = choose_entry([SubmittedFile(path, data) for path, data in files.items()], SOFTMAX)
    return {file.path: file.data for file in kept}, [(problem.code, problem.fatal) for problem in said]


def test_the_right_file_is_taken_without_a_word():
    assert judged({ENTRY: CODE, "helpers.py": b"x = 1\n"}) == ({ENTRY: CODE, "helpers.py": b"x = 1\n"}, [])


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + CODE, CODE.replace(b"\n", b"\r\n"), "π = 3  # 圆周率".encode()])
def test_a_utf8_mark_windows_lines_and_chinese_names_are_fine(data):
    assert judged({ENTRY: data}) == ({ENTRY: data}, [])


@pytest.mark.parametrize(
    "name",
    [
        *("softmax_regression (1).py", "Softmax-Regression.py", "softmax regression.PY", "softmax_regression-1.py"),
        *("softmax_regression_final.py", "softmax_regression - 副本.py"),
    ],
)
def test_a_name_that_only_a_browser_or_desktop_changed_is_accepted_with_a_word(name):
    assert judged({name: CODE}) == ({ENTRY: CODE}, [("wrong-name", False)])


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "empty"),
        ({"hw1.py": CODE}, "wrong-name"),
        ({"softmax_regression.py.txt": CODE}, "wrong-name"),
        ({"report.pdf": b"%PDF", "notes.txt": b""}, "wrong-name"),
        ({"hw1.py": CODE, "hw2.py": CODE}, "several-files"),
        ({"softmax_regression (1).py": CODE, "softmax_regression (2).py": b"x = 2\n"}, "several-files"),
        ({"softmax_regression.ipynb": b"{}"}, "notebook"),
        ({"softmax_regression.ipynb": b"{}", "test_softmax_regression.py": b""}, "notebook"),
        ({ENTRY: b""}, "empty"),
        ({ENTRY: b"\xef\xbb\xbf \r\n"}, "empty"),
        ({ENTRY: "# 中文".encode("gbk")}, "not-utf8"),
        ({ENTRY: CODE.decode().encode("utf-16")}, "not-utf8"),
        ({ENTRY: CODE.decode().encode("utf-16-le")}, "not-utf8"),
    ],
)
def test_what_cannot_be_run_is_told_and_fatal(files, code):
    kept, said = judged(files)
    assert kept == files
    assert said == [(code, True)]


def test_a_message_says_what_was_found_and_what_now_in_both_languages():
    _, said = choose_entry([SubmittedFile("hw1.py", CODE)], SOFTMAX)
    assert "hw1.py" in said[0].text.en
    assert "Name your file softmax_regression.py" in said[0].text.en
    assert "hw1.py" in said[0].text.zh
    assert "请" in said[0].text.zh


def test_the_line_that_is_not_utf8_is_named():
    _, said = choose_entry([SubmittedFile(ENTRY, b"x = 1\ny = 2\n# \xff\n")], SOFTMAX)
    assert "line 3" in said[0].text.en


def test_two_copies_of_the_same_text_are_no_question():
    kept, said = judged({"softmax_regression (1).py": CODE, "softmax_regression (2).py": CODE})
    assert (kept, said) == ({ENTRY: CODE}, [("wrong-name", False)])


def test_the_exact_name_wins_over_its_copies_with_a_word():
    files = {ENTRY: CODE, "softmax_regression (1).py": b"x = 1\n"}
    assert judged(files) == (files, [("several-files", False)])


def test_a_folder_around_everything_is_taken_away():
    assert judged({f"my/stuff/{ENTRY}": CODE, "my/stuff/lib/a.py": b"1"})[0] == {ENTRY: CODE, "lib/a.py": b"1"}


@pytest.mark.parametrize("line", ["x = 1  # \u202e stih", "s = '\u2066'", "v\u0430lue = 1", "def \u0435xp(): ..."])
def test_text_that_a_reader_sees_differently_from_python_is_told(line):
    files = {ENTRY: CODE + b"\n" + line.encode()}
    assert judged(files) == (files, [("disguised", False)])
    assert disguises([SubmittedFile("lib/a.py", b"\n" + line.encode()), SubmittedFile("a.md", line.encode())]) == [
        "lib/a.py:2"
    ]


@pytest.mark.parametrize("line", ["α_max = θ0 = 1", "# 圆周率 π, привет world", "é = 'naïve' + '👩\u200d💻'"])
def test_other_alphabets_are_no_disguise(line):
    assert judged({ENTRY: CODE + line.encode()})[1] == []


def test_a_long_line_is_looked_at_in_a_moment():
    disguises([SubmittedFile(ENTRY, b"a" * 5_000_000 + "я".encode() * 1_000_000)])


def test_files_that_shadow_other_modules_are_kept_and_flagged():
    files = {ENTRY: CODE, "torch.py": b"1", "conftest.py": b"1", "helpers.py": b"1"}
    assert judged(files) == (files, [("shadows", False)])


@pytest.mark.parametrize(
    "path",
    [
        *(
            "pytest.py",
            "torch.py",
            "conftest.py",
            "sitecustomize.py",
            "json.py",
            "torch/__init__.py",
            "NumPy.py",
            "x.pth",
        ),
        *("pytest.ini", "pyproject.toml", "evil-1.0.dist-info/entry_points.txt", "autograder/__init__.py"),
    ],
)
def test_names_of_python_and_the_course_are_known(path):
    assert shadows(path)


@pytest.mark.parametrize("path", ["helpers.py", "data/json.csv", "my_torch.py", "lib/torch.py", "torch.txt"])
def test_ordinary_names_are_not(path):
    assert not shadows(path)
