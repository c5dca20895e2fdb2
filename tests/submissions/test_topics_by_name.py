import pytest
from uploads import SOFTMAX, TENSORS, TOPICS, write

from autograder.errors import UsageError
from autograder.submissions.topics import choose, find_course, match, plain_stems, suggestion, topic_folders


@pytest.fixture
def course(tmp_path):
    files = {"exercises/13_softmax_regression/": b"", "exercises/02_tensor_basics/": b"", "exercises/notes/": b""}
    return write(tmp_path / "course", {**files, "grading.yml": b"", "exercises/20_a_file": b""})


def test_topics_are_the_numbered_folders_in_order(course):
    assert [(topic.number, topic.slug) for topic in topic_folders(course)] == [
        (2, "tensor-basics"),
        (13, "softmax-regression"),
    ]


def test_a_course_without_topics_says_what_a_topic_looks_like(tmp_path):
    with pytest.raises(UsageError, match="13_softmax_regression"):
        topic_folders(tmp_path)


def test_the_course_is_found_from_deep_inside(course):
    inside = course / "exercises" / "notes"
    assert find_course(inside) == course.resolve()
    assert find_course(course.parent) is None


@pytest.mark.parametrize(
    "name",
    [
        "softmax-regression",
        "softmax_regression",
        "13_softmax_regression",
        "Softmax Regression",
        "13",
        "softmax_regression.py",
    ],
)
def test_a_topic_may_be_called_by_every_name_it_has(course, name):
    assert choose(name, topic_folders(course)).slug == "softmax-regression"


def test_a_misspelt_topic_gets_a_suggestion(course):
    with pytest.raises(UsageError, match="did you mean softmax-regression"):
        choose("sofmax-regresion", topic_folders(course))
    with pytest.raises(UsageError, match="did you mean tensor-basics"):
        choose("tensor", topic_folders(course))


def test_an_unknown_topic_gets_the_list(course):
    with pytest.raises(UsageError, match="choose one of: tensor-basics, softmax-regression"):
        choose("quantum", topic_folders(course))
    with pytest.raises(UsageError, match="there is no topic '99'"):
        choose("99", topic_folders(course))


def test_a_folder_name_is_matched_whole():
    assert match("13_Softmax-Regression", TOPICS) is SOFTMAX
    assert match("softmax", TOPICS) is None
    assert suggestion("softmax", TOPICS) == "softmax-regression"
    assert match("tensor basics", TOPICS) is TENSORS


@pytest.mark.parametrize(
    "stem",
    [
        *(
            "softmax_regression (1)",
            "Softmax-Regression",
            "softmax regression",
            "softmax_regression-1",
            "SOFTMAX_REGRESSION",
        ),
        *(
            "softmax_regression_final",
            "softmax_regression_v2",
            "softmax_regression - 副本",
            "softmax_regression copy (2)",
        ),
    ],
)
def test_copies_made_by_browsers_and_desktops_keep_their_topic(stem):
    assert "softmax_regression" in plain_stems(stem)


@pytest.mark.parametrize("stem", ["my_softmax_regression", "softmax_regression_old_ideas", "softmax", "hw1"])
def test_other_names_do_not(stem):
    assert "softmax_regression" not in plain_stems(stem)
