"""The claims of the fault-injection harness can fail: each is shown something that it must find."""

from __future__ import annotations

import subprocess
import sys

import pytest

from autograder.scratch import Scratch
from benchmarks import fault_claims
from benchmarks.fault_kills import Field

KILLED = """
import os, signal, sys
from pathlib import Path
from autograder.scratch import Scratch
Scratch(Path(sys.argv[1]), "autograder-canary-")
os.kill(os.getpid(), signal.SIGKILL)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the wall is Linux's")


@pytest.fixture
def found(tmp_path, monkeypatch):
    """The claim about the canary's folders, beside what this folder holds now."""
    monkeypatch.setattr(fault_claims, "SHARED_TMP", tmp_path / "shared")
    monkeypatch.setattr(fault_claims, "PATIENCE_S", 0.0)
    for name in ("shared", "field/notes", "field/tmp", "field/out"):
        (tmp_path / name).mkdir(parents=True)
    system = fault_claims.System(Field(tmp_path / "field"))
    return lambda: next(claim.found for claim in system.claims() if claim.name == "folders of a dead canary")


def test_a_folder_whose_maker_was_killed_is_found(found, tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "shared")], check=False)
    (left,) = (tmp_path / "shared").iterdir()
    assert found() == [str(left)]


def test_a_folder_in_use_is_nobodys_fault(found, tmp_path):
    with Scratch(tmp_path / "shared", "autograder-canary-") as path:
        assert path.is_dir()
        assert found() == []
