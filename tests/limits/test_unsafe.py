"""Where the wall can't be had nothing is graded, and `--unsafe` is the only way on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import crippled
import pytest

from autograder.store.store import Store

COURSE = Path(crippled.PACKAGE)


@pytest.fixture
def grade(tmp_path):
    """`grade(*options)` on a machine that denies user namespaces, with one student's untouched stub."""
    if not (COURSE / "solutions").is_dir():
        pytest.skip("a student edition has nothing to grade with")
    ada = tmp_path / "in" / "ada"
    ada.mkdir(parents=True)
    stub = (COURSE / "exercises/02_tensor_basics/tensor_basics.py").read_bytes()
    (ada / "tensor_basics.py").write_bytes(stub)

    def run(*options: str) -> crippled.Said:
        places = ["--course", str(COURSE), "--db", str(tmp_path / "a.db"), "--reports", str(tmp_path / "reports")]
        command = ["-m", "autograder", "grade", str(tmp_path / "in"), *places, "-j", "1", "--quiet", *options]
        return crippled.run(command, fail={"unshare": "EPERM"})

    return run


def test_only_unsafe_grades_without_a_wall_and_every_result_says_so(grade, tmp_path):
    refused = grade()
    assert refused.code == 3
    assert "isolation layer 'namespaces'" in refused.err
    assert "Operation not permitted" in refused.err
    assert refused.left == []
    with Store.open(tmp_path / "a.db") as store:
        assert list(store.current()) == []
    allowed = grade("--unsafe", "--json")
    assert allowed.code == 0, allowed.err
    assert "WARNING: --unsafe" in allowed.err
    assert allowed.left == []
    with Store.open(tmp_path / "a.db") as store:
        (result,) = store.current()
    assert result.isolation == "none (--unsafe)"
    notes = {note.name: note.enforced for note in result.limits}
    assert notes["memory"] == notes["processes"] == "not enforced"
    assert notes["cpu"] == notes["wall"] == notes["output"] == notes["calls"] == "watched"
    assert json.loads(allowed.out)
    assert not [name for name in os.listdir("/tmp") if name.startswith(f"autograder-{os.getpid()}")]


def test_the_same_program_runs_where_the_system_has_no_rlimits():
    code = "import sys; sys.modules['resource'] = None\nfrom autograder.sandbox import host, plain\nprint('fine')"
    assert crippled.run(["-c", code]).out == "fine\n"
