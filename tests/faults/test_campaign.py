"""The fault-injection harness (benchmarks/faults.py) in its short form: the real command, engine, store, zygote and
sandboxes; only what needs PyTorch is a stand-in (light_worker.py), so that a restart costs a second."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox import cgroups
from benchmarks.fault_plan import STEPS, VICTIMS

ROOT = Path(__file__).resolve().parents[2]
LIGHT = Path(__file__).with_name("light_worker.py")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the wall is Linux's")


def harness(folder: Path, seed: int, *words: str) -> str:
    """What it prints; every claim of it held."""
    command = [sys.executable, "-m", "benchmarks.faults", "--seed", str(seed), "--folder", str(folder), *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, "--worker", str(LIGHT)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert done.stdout.count("| holds |") > 0
    return done.stdout


@pytest.mark.parametrize("seed", [random.randrange(1 << 32)])
def test_a_kill_at_every_step_of_a_job_loses_doubles_and_changes_nothing(tmp_path, seed):
    said = harness(tmp_path / "field", seed, "--every-step", "--only", "")
    killed = dict(re.findall(r"^\| (\w+) \| (\d+) \| \d+ \|$", said, re.MULTILINE))
    assert set(killed) >= set(VICTIMS)
    steps = {step.partition(":")[0] for step in re.findall(r"([a-z.-]+:(?:before|after)) \d+", said)}
    assert set(STEPS) - steps == (set() if cgroups.find() else {"group.join", "group.remove"})


@pytest.mark.parametrize(
    "what",
    [
        "the disk of the database is full" if os.geteuid() == 0 else "no file may grow",
        "the disk of the reports is full",
        "the database is read-only",
        "no more file descriptors for the command",
        "nobody to talk to",
        "several things at once",
    ],
)
def test_what_is_taken_away_is_told_or_borne(tmp_path, what):
    said = harness(tmp_path / "field", 1, "--no-kills", "--only", what)
    if "not tried" in said:
        pytest.skip(said.partition("not tried: ")[2].partition("|")[0])
