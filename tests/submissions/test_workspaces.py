import json

import pytest
from uploads import CODE, write

from autograder.errors import AutograderError
from autograder.submissions import workspace
from autograder.submissions.topics import TopicFolder

STUB = b"raise NotImplementedError\n"


@pytest.fixture
def course(tmp_path):
    topic = "exercises/13_softmax_regression"
    names = ["softmax_regression.py", "README.md", "README.zh.md", "test_softmax_regression.py", "topic.yml"]
    files = {f"{topic}/{name}": STUB for name in names} | {"grading.yml": b""}
    files |= {f"{topic}/data/digits.csv": b"1", f"{topic}/data/.cache": b"", f"{topic}/__pycache__/x.pyc": b""}
    return write(tmp_path / "course", files)


@pytest.fixture
def topic(course):
    return TopicFolder("softmax-regression", 13, course / "exercises" / "13_softmax_regression")


def begin(topic, course, folder, **kwargs):
    return {one.path.name: one.what for one in workspace.start(topic, course, folder, **kwargs)}


def test_a_student_gets_stub_prose_visible_checks_and_data(topic, course, tmp_path):
    folder = tmp_path / "mine"
    assert set(begin(topic, course, folder).values()) == {"new"}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        *("softmax_regression.py", "README.md", "README.zh.md", "test_softmax_regression.py"),
        *("data/digits.csv", ".autograder.json"),
    }


def test_starting_again_changes_nothing(topic, course, tmp_path):
    begin(topic, course, tmp_path / "mine")
    assert set(begin(topic, course, tmp_path / "mine").values()) == {"unchanged"}


def test_a_changed_file_stays(topic, course, tmp_path):
    folder = tmp_path / "mine"
    begin(topic, course, folder)
    (folder / topic.entry).write_bytes(CODE)
    assert begin(topic, course, folder)[topic.entry] == "kept"
    assert (folder / topic.entry).read_bytes() == CODE


def test_asked_for_again_the_courses_file_lies_beside_the_students(topic, course, tmp_path):
    folder = tmp_path / "mine"
    begin(topic, course, folder)
    (folder / topic.entry).write_bytes(CODE)
    assert begin(topic, course, folder, again=True)["softmax_regression.new.py"] == "beside"
    assert (folder / topic.entry).read_bytes() == CODE
    assert (folder / "softmax_regression.new.py").read_bytes() == STUB


def test_a_file_the_student_never_touched_follows_the_course(topic, course, tmp_path):
    folder = tmp_path / "mine"
    begin(topic, course, folder)
    (topic.path / "test_softmax_regression.py").write_bytes(b"# a better check\n")
    assert begin(topic, course, folder)["test_softmax_regression.py"] == "updated"
    assert (folder / "test_softmax_regression.py").read_bytes() == b"# a better check\n"


def test_a_file_that_was_there_before_is_never_taken_for_the_courses(topic, course, tmp_path):
    folder = write(tmp_path / "mine", {topic.entry: CODE})
    assert begin(topic, course, folder)[topic.entry] == "kept"
    (topic.path / topic.entry).write_bytes(b"# newer\n")
    assert begin(topic, course, folder)[topic.entry] == "kept"


def test_a_link_in_the_workspace_is_not_written_through(topic, course, tmp_path):
    folder = write(tmp_path / "mine", {"precious": CODE})
    (folder / topic.entry).symlink_to(folder / "precious")
    assert begin(topic, course, folder)[topic.entry] == "kept"
    assert (folder / "precious").read_bytes() == CODE


def test_a_workspace_remembers_and_keeps_what_others_noted(topic, course, tmp_path):
    folder = tmp_path / "mine"
    begin(topic, course, folder)
    workspace.remember(folder, checked={"passed": 2, "visible": 3, "at": "now"})
    workspace.remember(folder, student="ada")
    begin(topic, course, folder)
    memory = workspace.recall(folder)
    assert (memory["topic"], memory["course"]) == ("softmax-regression", str(course.resolve()))
    assert (memory["checked"]["passed"], memory["student"]) == (2, "ada")


@pytest.mark.parametrize("data", [b"", b"[]", b"nonsense", b'{"format": 99}', b"\xff"])
def test_a_damaged_memory_is_forgotten_not_fatal(tmp_path, data):
    write(tmp_path, {".autograder.json": data})
    assert workspace.recall(tmp_path) == {}
    workspace.remember(tmp_path, topic="x")
    assert json.loads((tmp_path / ".autograder.json").read_text())["topic"] == "x"


def test_a_workspace_is_found_from_inside_and_from_beside(topic, course, tmp_path):
    folder = tmp_path / "softmax-regression"
    begin(topic, course, folder)
    assert workspace.find_workspace(topic, tmp_path) == workspace.find_workspace(topic, folder) == folder
    assert workspace.find_workspace(topic, course) is None


def test_a_name_said_for_one_topic_is_known_for_the_next(topic, course, tmp_path):
    begin(topic, course, tmp_path / "tensor-basics")
    workspace.remember(tmp_path / "tensor-basics", student="ada")
    begin(topic, course, tmp_path / "softmax-regression")
    assert workspace.recall_student(topic, tmp_path) == "ada"
    assert workspace.recall_student(topic, tmp_path / "softmax-regression") == "ada"
    assert workspace.recall_student(topic, course / "exercises") == ""


def test_a_place_that_cannot_be_written_says_what_now(topic, course, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AutograderError, match="--dir"):
        begin(topic, course, tmp_path / "file" / "mine")
