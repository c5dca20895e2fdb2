"""`autograder doctor` says whether this machine can grade, and what to do if not."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from autograder.cli.doctor import doctor
from autograder.errors import IsolationError
from autograder.sandbox import canary, facts, jail, needs
from autograder.sandbox.facts import Fact, machine_facts


def run(*args: str):
    return CliRunner().invoke(doctor, list(args), env={"COLUMNS": "160"})


def test_a_machine_that_can_grade_says_so():
    answer = run()
    assert answer.exit_code == 0, answer.output
    assert "This machine can grade" in answer.output
    assert "kernel: RLIMIT_AS" in answer.output
    assert answer.output.count("proven") == len(jail.LAYERS) + 2


def test_the_findings_as_json():
    found = json.loads(run("--json").stdout)
    assert found["can_grade"] is True
    assert found["holes"] == found["missing"] == []
    assert [layer["name"] for layer in found["layers"]] == ["root directory", *jail.LAYERS, "workers"]
    assert all(layer["holes"] == [] for layer in found["layers"])
    assert {"user namespaces", "seccomp", "control groups", "GPU"} <= {fact["name"] for fact in found["facts"]}
    names = "cpu wall memory processes output disk inodes files message calls"
    assert [note["name"] for note in found["limits"]] == names.split()
    assert [note["name"] for note in found["limits_of_several"]] == names.split()
    assert all(note["enforced"].startswith(("kernel: ", "watched")) for note in found["limits"])


def test_something_missing_says_what_to_do(monkeypatch):
    missing = Fact("user namespaces", "refused", False, "allow them: sysctl user.max_user_namespaces=10000")
    monkeypatch.setattr(facts, "machine_facts", lambda: [missing])
    answer = run()
    assert answer.exit_code == 1
    assert "can't grade yet. user namespaces: allow them: sysctl" in answer.output
    assert "proven" not in answer.output
    assert "not tried" in answer.output


def test_a_hole_in_the_wall_says_so(monkeypatch):
    monkeypatch.setattr(canary, "examine", lambda _: {"root directory": ["a sandbox can read [bold]/etc/shadow"]})
    answer = run()
    assert answer.exit_code == 1
    assert "the wall has 1 hole" in answer.output
    assert answer.output.count("[bold]/etc/shadow") == 1


def test_a_wall_that_cannot_be_built_is_a_hole(monkeypatch):
    def refuse(_: object) -> None:
        raise IsolationError("no such thing", where="isolation layer 'net'")

    monkeypatch.setattr(canary, "examine", refuse)
    answer = run("--json")
    assert answer.exit_code == 1
    found = json.loads(answer.stdout)
    assert found["holes"] == ["isolation layer 'net': no such thing"]
    assert {layer["holes"] for layer in found["layers"]} == {None}
    assert "isolation layer 'net': no such thing" in run().output


def test_every_fact_that_stops_grading_says_what_to_do():
    assert [fact for fact in machine_facts() if fact.ok is False and not fact.consequence] == []


def test_other_systems_are_told_where_grading_works(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    (fact,) = machine_facts()
    assert fact.ok is False
    assert "Linux virtual machine" in fact.consequence


def test_powerless_user_namespaces_are_not_taken_for_good(monkeypatch):
    monkeypatch.setattr(facts, "_TRY_USER_NAMESPACE", "import sys; sys.exit('mount trial on /mnt: Permission denied')")
    fact = facts._user_namespaces()
    assert fact.ok is False
    assert "Permission denied" in fact.value
    assert fact.consequence


@pytest.mark.parametrize(
    ("path", "text", "remedy"),
    [
        ("/proc/sys/user/max_user_namespaces", "0", "sysctl user.max_user_namespaces=10000"),
        ("/proc/sys/kernel/unprivileged_userns_clone", "0", "sysctl kernel.unprivileged_userns_clone=1"),
        ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "/etc/apparmor.d/autograder"),
    ],
)
def test_each_way_of_forbidding_user_namespaces_has_its_remedy(monkeypatch, path, text, remedy):
    monkeypatch.setattr(needs, "read", lambda asked: text if asked == path else "")
    assert remedy in needs.how_to_allow_user_namespaces()


def test_the_facts_need_no_pytorch():
    code = (
        "import sys; from autograder.sandbox.facts import machine_facts; machine_facts(); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
