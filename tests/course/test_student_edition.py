"""The student edition holds all that students need and nothing else, and says so only when it has been proven."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from autograder.course.discover import hidden_check_count, load_course
from autograder.course.release import release
from autograder.errors import ConfigError, UsageError

README = "exercises/01_first_steps/README.md"
MASTER = "solutions/01_first_steps/first_steps.py"
HIDDEN = "solutions/01_first_steps/test_first_steps_hidden.py"
MARK = "if students may know it, end that line with `# public`"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "students"


def make(course, target):
    return release(load_course(course.root), target)


def leaks_of(course, target) -> str:
    with pytest.raises(ConfigError) as caught:
        make(course, target)
    assert list(target.parent.iterdir()) == [course.root]  # nothing is published, nothing is left behind
    return "\n".join(map(str, caught.value.faults))


def test_students_get_these_files_and_no_others(course, target):
    course.write("LICENSE", "Free.\n")
    course.write("exercises/01_first_steps/data/numbers.csv", "1,2\n")
    course.write("exercises/01_first_steps/__pycache__/first_steps.pyc", "x")
    course.write("exercises/09_not_listed_yet/README.md", "Not yet.\n")
    done = make(course, target)
    names = ["README.md", "README.zh.md", "{}.py", "{}.ipynb", "{}.zh.ipynb", "test_{}.py", "topic.yml"]
    expected = {"LICENSE", "README.md", "grading.yml", ".release.json", "exercises/01_first_steps/data/numbers.csv"}
    for folder in ("01_first_steps", "02_second_steps"):
        expected |= {f"exercises/{folder}/{name.format(folder[3:])}" for name in names}
    found = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert found == expected
    assert (done.topics, done.replaced, done.proof.files) == (2, False, len(expected))
    assert done.proof.answers == 3
    assert done.proof.hidden > 3


def test_the_student_edition_is_the_same_course_without_its_staff_side(course, target):
    course.append("grading.yml", "late: {per_day: 0.1}\nsubmit_to: drop\nlimits: {cpu_s: 3}\n# a remark for staff\n")
    course.append("exercises/01_first_steps/topic.yml", "limits: {memory_mb: 2048} # a remark for staff\n")
    make(course, target)
    whole, theirs = load_course(course.root), load_course(target, staff=False)
    assert theirs.policy == whole.policy
    assert (theirs.title, theirs.submit_to) == (whole.title, whole.submit_to)
    for one, other in zip(whole.topics, theirs.topics, strict=True):
        assert (one.slug, one.tasks, one.limits, one.needs) == (other.slug, other.tasks, other.limits, other.needs)
        assert other.solution is None
        assert hidden_check_count(other) == hidden_check_count(one) == 2
    assert not any(b"remark" in path.read_bytes() for path in target.rglob("*") if path.is_file())


def test_two_releases_of_the_same_course_are_the_same_to_the_byte(course, tmp_path):
    trees = []
    for name in ("one", "two"):
        make(course, tmp_path / name)
        files = [path for path in sorted((tmp_path / name).rglob("*")) if path.is_file()]
        trees.append([(path.relative_to(tmp_path / name), path.read_bytes()) for path in files])
    assert trees[0] == trees[1]


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("```python\n>>> scaled = x.clone().mul(2)  # so\n```\n", 5),
        ("Write `scaled = x.clone().mul(2)` first.\n", 4),
        ("- scaled=x.clone().mul(2)\n", 4),
    ],
)
def test_an_answer_line_pasted_into_the_prose_is_found(course, target, pasted, line):
    course.append(README, pasted)
    prose, *notebook = leaks_of(course, target).split("\n")
    assert prose == f"{README}:{line}:1: says what {MASTER}:9 says (take it out; {MARK})"
    assert [place.partition(":")[0] for place in notebook] == ["exercises/01_first_steps/first_steps.ipynb"]


def test_a_long_answer_is_found_inside_of_a_sentence_over_two_lines(course, target):
    course.replace(MASTER, "x.div(2).clone()", "x.div(2).clone().contiguous()")
    from autograder.course.stubs import write_stubs

    write_stubs(course.root)
    course.append(README, "The trick is to return x.div(2).clone()\n.contiguous() and no more.\n")
    assert f"{README}:4:1: says what {MASTER}:17 says" in leaks_of(course, target)


def test_an_answer_of_one_topic_is_found_in_another(course, target):
    course.replace("solutions/02_second_steps/second_steps.py", "x.div(2).clone()", "x.div(4).add(x.div(4))")
    course.append(README, "    return x.div(4).add(x.div(4))\n")
    assert "says what solutions/02_second_steps/second_steps.py:17 says" in leaks_of(course, target)


def test_a_line_of_a_hidden_check_a_mistake_or_the_notes_is_found(course, target):
    course.append(README, "assert submission.double(4021) == 8042\n\n    return x + x\n\n")
    course.append(README, "The numbers are large so that nobody guesses them.\n")
    found = leaks_of(course, target)
    assert f"{README}:4:1: says what {HIDDEN}:6 says" in found
    assert "says what solutions/01_first_steps/accepted/by_adding.py:2 says" in found
    assert "says what solutions/01_first_steps/NOTES.md:3 says" in found


def test_the_lines_of_a_topic_that_is_a_link_are_no_less_secret(course, target, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("author") / "solutions" / "01_first_steps"
    folder = course.root / "solutions/01_first_steps"
    shutil.move(folder, elsewhere)
    folder.symlink_to(elsewhere)
    course.append(README, "assert submission.double(4021) == 8042\n")
    (elsewhere / "secret.bin").write_text("0123456789abcdef")
    course.write("exercises/01_first_steps/data/copy.bin", "0123456789abcdef")
    found = leaks_of(course, target)
    assert f"says what {HIDDEN}:6 says" in found
    assert "the same as solutions/01_first_steps/secret.bin" in found


def test_an_answer_in_a_notebook_is_found(course, target):
    cell = {"cell_type": "code", "source": ["x = 1\n", "scaled = x.clone().mul(2)\n"]}
    course.write("exercises/01_first_steps/first_steps.ipynb", json.dumps({"cells": [cell]}))
    assert f"first_steps.ipynb:2:1: says what {MASTER}:9 says" in leaks_of(course, target)


def test_a_line_that_students_may_know_is_marked_in_the_solution(course, target):
    course.append(README, "Write `scaled = x.clone().mul(2)` first.\n")
    course.replace(MASTER, ".mul(2)", ".mul(2)  # public")
    assert make(course, target).proof.answers == 2


def test_a_line_of_the_visible_checks_is_no_secret_but_three_lines_of_an_answer_are(course, target):
    visible = "exercises/01_first_steps/test_first_steps.py"
    course.append(visible, "\n\ndef doubled(x):\n    scaled = x.clone().mul(2)\n    return 2 * x\n")
    assert make(course, target).proof.leaks == ()
    shutil.rmtree(target)
    course.replace(MASTER, "    return scaled.contiguous()", "    again = scaled.contiguous()\n    return again")
    course.append(
        visible, "\n\ndef two(x):\n    scaled = x.clone().mul(2)\n    again = scaled.contiguous()\n    return again\n"
    )
    found = leaks_of(course, target)
    assert f"{visible}:20:1: 3 lines from here on are those from {MASTER}:9 on (write the check without" in found


def test_a_stub_out_of_step_is_not_released(course, target):
    course.replace("exercises/01_first_steps/first_steps.py", "raise NotImplementedError", "return x.clone().mul(2)")
    assert "the stub is out of step with its solution" in leaks_of(course, target)


def test_a_file_that_belongs_to_no_topic_is_not_released(course, target):
    course.write("exercises/01_first_steps/first_steps.py.bak", course.read(MASTER))
    os.symlink(course.root / MASTER, course.root / "exercises/01_first_steps/data")
    assert leaks_of(course, target) == (
        "exercises/01_first_steps/data: a link; it may point to the staff's side (put the file itself there)\n"
        "exercises/01_first_steps/first_steps.py.bak: the file belongs to no topic "
        "(delete it, or move it to data/ or images/)"
    )


def test_staff_files_compiled_code_and_staff_names_among_the_data_are_found(course, target):
    course.write("solutions/01_first_steps/data/secret.bin", "0123456789abcdef")
    course.write("exercises/01_first_steps/data/copy.bin", "0123456789abcdef")
    course.write("exercises/01_first_steps/data/NOTES.md", "Nothing.\n")
    course.write("exercises/01_first_steps/data/x_hidden.py", "x = 1\n")
    assert leaks_of(course, target) == (
        "exercises/01_first_steps/data/NOTES.md: a name of the staff's side\n"
        "exercises/01_first_steps/data/copy.bin: the same as solutions/01_first_steps/data/secret.bin "
        "(it belongs to the staff)\n"
        "exercises/01_first_steps/data/x_hidden.py: a name of the staff's side"
    )


def test_an_earlier_release_is_replaced_and_its_history_kept(course, target):
    make(course, target)
    (target / ".git").mkdir()
    (target / ".git/HEAD").write_text("ref: refs/heads/main\n")
    course.append(README, "A better explanation.\n")
    course.write("grading.yml", 'course: {en: "Short", zh: "短"}\ntopics: [{topic: first-steps}]\n')
    assert make(course, target).replaced
    assert "A better explanation." in (target / README).read_text()
    assert (target / ".git/HEAD").read_text() == "ref: refs/heads/main\n"
    assert not (target / "exercises/02_second_steps").exists()
    assert sorted(path.name for path in target.parent.iterdir()) == ["course", "students"]


def test_a_folder_with_anything_else_in_it_is_left_alone(course, target):
    target.mkdir()
    make(course, target)
    (target / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"holds what no release wrote: mine\.txt"):
        make(course, target)
    (target / "mine.txt").unlink()
    (target / README).write_text("edited")
    with pytest.raises(UsageError, match=r"holds what no release wrote: exercises/01_first_steps/README\.md"):
        make(course, target)
    assert (target / README).read_text() == "edited"


def test_a_release_never_goes_into_the_course_a_file_or_a_link(course, target):
    target.write_text("a file")
    link = target.with_name("link")
    link.symlink_to(course.root)
    for place in (target, link, course.root, course.root / "exercises", course.root / "solutions/x"):
        before = course.tree()
        with pytest.raises(UsageError):
            make(course, place)
        assert course.tree() == before


def test_an_earlier_release_stays_when_the_new_one_leaks(course, target):
    make(course, target)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    course.append(README, "scaled = x.clone().mul(2)\n")
    with pytest.raises(ConfigError):
        make(course, target)
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before


def test_a_full_disk_changes_nothing(course, target, monkeypatch):
    make(course, target)
    before = sorted(target.parent.rglob("*"))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(UsageError, match="No space left on device") as caught:
        make(course, target)
    assert "nothing was changed" in caught.value.now
    assert sorted(target.parent.rglob("*")) == before
