import pytest
from uploads import CODE, write

from autograder.errors import UploadError, UsageError
from autograder.submissions.prepare import LARGEST, find_file, prepare, syntax_fault
from autograder.submissions.topics import TopicFolder

STUB = b"def softmax(x):\n    raise NotImplementedError\n"


@pytest.fixture
def topic(tmp_path):
    path = write(tmp_path / "course", {"softmax_regression.py": STUB})
    return TopicFolder("softmax-regression", 13, path)


def prepared(topic, tmp_path, files, name="softmax_regression.py"):
    return prepare(topic, write(tmp_path / "mine", files) / name)


def test_a_sound_file_is_prepared_without_a_word(topic, tmp_path):
    ready = prepared(topic, tmp_path, {topic.entry: CODE})
    assert ([(file.path, file.data) for file in ready.files], ready.warnings) == ([(topic.entry, CODE)], ())


@pytest.mark.parametrize("stub", [STUB, b"\xef\xbb\xbf" + STUB, STUB.replace(b"\n", b"\r\n"), STUB + b"\n\n"])
def test_the_unchanged_stub_is_told(topic, tmp_path, stub):
    assert "unchanged stub" in prepared(topic, tmp_path, {topic.entry: stub}).warnings[0]


def test_a_syntax_error_is_told_with_its_line_and_handed_in_all_the_same(topic, tmp_path):
    ready = prepared(topic, tmp_path, {topic.entry: b"x = 1\ny = (\n"})
    assert "softmax_regression.py:2: " in ready.syntax
    assert ready.warnings == (ready.syntax,)
    assert ready.files[0].data == b"x = 1\ny = (\n"


@pytest.mark.parametrize("text", [b"(" * 5000, b"-" * 200_000 + b"1", b"x = '\\d'\n", b"assert (1, 'x')\n"])
def test_odd_files_neither_crash_nor_warn(text):
    assert isinstance(syntax_fault(text, "a.py"), str)


@pytest.mark.parametrize("data", [b"", b" \n", "# 中".encode("gbk"), "x".encode("utf-16"), b"#" * (LARGEST + 1)])
def test_what_could_not_be_graded_is_refused(topic, tmp_path, data):
    with pytest.raises(UploadError):
        prepared(topic, tmp_path, {topic.entry: data})


def test_a_file_of_another_name_is_handed_in_under_the_right_one(topic, tmp_path):
    ready = prepared(topic, tmp_path, {"draft.py": CODE}, "draft.py")
    assert ready.files[0].path == topic.entry
    assert "draft.py is handed in under the name" in ready.warnings[0]


def test_modules_beside_it_that_it_imports_go_with_it(topic, tmp_path):
    files = {
        topic.entry: b"import torch, one, os\nfrom pack.deep import x\nfrom two import y as z\n",
        "one.py": b"import three\nimport one\n",
        "two.py": b"x = (\n",
        "three.py": b"",
        "pack/__init__.py": b"",
        "pack/deep.py": b"",
        "unused.py": b"",
        "torch.py": b"",
        "os.py": b"",
        "test_softmax_regression.py": b"",
    }
    names = [file.path for file in prepared(topic, tmp_path, files).files]
    assert names == [topic.entry, "one.py", "pack/__init__.py", "pack/deep.py", "three.py", "two.py"]


def test_the_file_is_looked_for_here_and_in_the_workspace(topic, tmp_path):
    here = write(tmp_path / "here", {"softmax-regression/softmax_regression.py": CODE})
    assert find_file(topic, None, [here, here / topic.slug]) == here / topic.slug / topic.entry
    assert find_file(topic, here / topic.slug, [here]) == here / topic.slug / topic.entry


def test_two_different_files_are_a_question(topic, tmp_path):
    here = write(tmp_path / "here", {"softmax-regression/softmax_regression.py": CODE, "softmax_regression.py": STUB})
    with pytest.raises(UsageError, match="two different files"):
        find_file(topic, None, [here, here / topic.slug])


def test_a_missing_file_says_where_it_was_looked_for(topic, tmp_path):
    with pytest.raises(UsageError, match=r"looked for .*softmax_regression\.py"):
        find_file(topic, None, [tmp_path])
    with pytest.raises(UsageError, match="no such file"):
        find_file(topic, tmp_path / "x.py", [])
