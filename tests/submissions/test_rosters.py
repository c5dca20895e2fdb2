import pytest
from uploads import write

from autograder.errors import UsageError
from autograder.submissions.roster import read_roster


def roster(tmp_path, data):
    data = data.encode() if isinstance(data, str) else data
    return read_roster(write(tmp_path, {"roster.csv": data}) / "roster.csv")


@pytest.mark.parametrize(
    "text",
    [
        "student\nada\n王小明\n",
        "\ufeffStudent,Email\r\nada,a@x\r\n王小明,w@x\r\n",
        "id;name\nada;Ada L\n王小明;x\n",
        'email\tusername\na@x\tada\n"b"\t王小明\n\n',
        "姓名,班级\nada,1\n王小明,2\n",
    ],
)
def test_students_are_read_whatever_the_other_columns(tmp_path, text):
    assert roster(tmp_path, text).students == ("ada", "王小明")


def test_who_is_missing_is_told_in_the_order_of_the_roster(tmp_path):
    read = roster(tmp_path, "student\nada\nbob\neve\n")
    assert read.missing(["Bob"]) == ("ada", "eve")
    assert read.holds("EVE")
    assert not read.holds("mal")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "no column of students"),
        ("email\na@x\n", "roster.csv:1: no column of students"),
        ("student\nada\n../evil\n", "roster.csv:3"),
        ("student\nada\nbob\nADA\n", "roster.csv:4: ADA stands here twice"),
        ("student,x\n,1\n", "roster.csv:2: the name is empty"),
        ("姓名\n王小明\n".encode("gbk"), "is not UTF-8"),
        ('student\n"ada\n', "is no CSV"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, data, said):
    with pytest.raises(UsageError, match=said):
        roster(tmp_path, data)


def test_a_missing_roster_is_told(tmp_path):
    with pytest.raises(UsageError, match="No such file"):
        read_roster(tmp_path / "none.csv")
