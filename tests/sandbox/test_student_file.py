"""Which file of a submission runs, and what its names are to a check."""

import py_compile
import sys

import pytest

from autograder.errors import StudentError


def test_a_plain_value_where_a_function_should_be_is_the_students_error(load):
    s = load("f = 3\ndef g():\n    global h\n    h = None\ndef h(): pass\n")
    with pytest.raises(TypeError, match="'int' object is not callable") as caught:
        s.f(1)
    assert isinstance(caught.value, StudentError)
    assert s["f"] == 3
    assert not isinstance(s.build("object()"), s.f)
    s.g()
    with pytest.raises(StudentError, match="'NoneType' object is not callable"):
        s.h()


def test_the_file_itself_runs_and_nothing_beside_it_that_python_would_take_first(start, tmp_path):
    host, _ = start("")
    compiled = tmp_path / "own.pyc"
    (tmp_path / "own.py").write_text("where = 'compiled'")
    py_compile.compile(
        str(tmp_path / "own.py"), str(compiled), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
    )
    files = {"own.py": b"where = __file__", "own/__init__.py": b"where = 'a package'", "own.so": b"\x7fELF"}
    host.request("load", {**files, f"__pycache__/own.{sys.implementation.cache_tag}.pyc": compiled.read_bytes()}, "own")
    assert host.request("get", None, "where").endswith("/own.py")
