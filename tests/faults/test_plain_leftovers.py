"""Without the wall too, nothing outlives a grader that is killed: no endless loop and no folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.model.course import Limits
from autograder.sandbox.plain import PlainProcess

GRADER = """
import time
from autograder.model.course import Limits
from autograder.sandbox.plain import PlainProcess
process = PlainProcess(Limits())
print(process.pid, process.folder, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_a_killed_grader_takes_its_child_along_and_the_next_one_its_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", GRADER], stdout=subprocess.PIPE, text=True, env=environment) as grader:
        pid, folder = grader.stdout.readline().split()
        os.kill(int(pid), signal.SIGSTOP)  # as deaf to the end of its socket as an endless loop
        grader.kill()
    end = time.monotonic() + 10
    while Path(f"/proc/{pid}/cwd").exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}/cwd").exists()
    assert Path(folder).is_dir()
    PlainProcess(Limits()).close()
    assert list(tmp_path.iterdir()) == []
