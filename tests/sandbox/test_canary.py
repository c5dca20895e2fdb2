"""The canary finds nothing behind the whole wall, and something behind every wall with one layer off."""

from __future__ import annotations

import time

import pytest
from talking import cold_zygote

from autograder.errors import IsolationError
from autograder.model.course import Limits
from autograder.sandbox import canary, jail, limits
from autograder.sandbox.launcher import CANARY, Zygote

FOUND_BY = {
    "pid": "first process of a pid namespace",
    "session": "no session of its own",
    "files": "open files",
    "net": "share a net namespace",
    "disk": "sees the processes",
    "user": "user namespace",
    "limits": "'Max address space' is unlimited",
    "capabilities": "capabilities are left",
    "death": "outlive the zygote",
    "seccomp": "no seccomp filter",
}


@pytest.fixture(scope="module")
def cold():
    with cold_zygote() as zygote:
        yield zygote


def test_the_whole_wall_holds(cold):
    took = []
    for _ in range(5):
        began = time.perf_counter()
        assert canary.prove(cold) == []
        took.append(time.perf_counter() - began)
    assert min(took) < 1.0


@pytest.mark.parametrize("layer", FOUND_BY)
def test_a_layer_left_off_is_found(cold, layer):
    holes = canary.prove(cold, without=[layer])
    assert any(FOUND_BY[layer] in hole for hole in holes), holes


@pytest.mark.parametrize("layer", FOUND_BY)
def test_a_hole_is_put_down_to_the_layer_that_was_left_off(cold, layer):
    assert canary.examine(cold, without=[layer])[layer]


def test_libraries_that_a_sandbox_cannot_read_are_found(cold, monkeypatch):
    monkeypatch.setattr(canary, "_needed", lambda: ["/no/such/library.so"])
    (hole,) = canary.examine(cold)["root directory"]
    assert hole.startswith("it can't read /no/such/library.so: chmod -R a+rX")


def test_room_for_more_files_than_allowed_is_found(cold, monkeypatch):
    asked = canary._Canary.ask
    monkeypatch.setattr(
        canary._Canary, "ask", lambda self, name, *task: 65 if name == "litter" else asked(self, name, *task)
    )
    assert canary.examine(cold)["disk"] == ["it could make 65 files, not 64"]


def test_namespaces_left_off_are_found():
    with cold_zygote() as zygote:  # its own: without a mount namespace the sandbox spoils the zygote's
        try:
            holes = canary.prove(zygote, without=["namespaces"])
        except IsolationError as refused:
            holes = [str(refused)]
    assert holes


def test_every_layer_is_tried():
    assert {*FOUND_BY, "namespaces"} == set(jail.LAYERS)


def test_without_the_filter_the_attacks_themselves_get_through(cold):
    holes = "; ".join(canary.prove(cold, without=["seccomp"]))
    for deed in ("flock", "start a process", "system call ptrace", "system call memfd_create", "system call io_uring"):
        assert deed in holes


def test_workers_are_limited_together(cold):
    assert canary.prove_workers(cold) == []


def test_workers_without_a_limit_are_found(cold, monkeypatch):
    monkeypatch.setattr(limits, "tasks", lambda _: 6)  # what the canary expects; the sandbox is given more
    monkeypatch.setattr(cold, "_groups", None)
    assert "could start" in "; ".join(canary.prove_workers(cold))


def test_workers_are_proven_before_the_first_of_them(monkeypatch):
    monkeypatch.setattr(canary, "prove_workers", lambda _: ["workers everywhere"])
    with Zygote(preload=None, guest=CANARY) as zygote:
        zygote.spawn(Limits()).close()
        with pytest.raises(IsolationError, match="workers everywhere"):
            zygote.spawn(Limits(processes=1))


def test_a_hole_stops_the_zygote_before_any_student(monkeypatch):
    started = []
    monkeypatch.setattr(canary, "prove", lambda zygote: started.append(zygote) or ["a sandbox can read /etc/shadow"])
    with pytest.raises(IsolationError, match=r"doesn't hold: a sandbox can read /etc/shadow.*\n.*nothing is graded"):
        Zygote(preload=None, guest=CANARY)
    assert not started[0].alive


def test_a_canary_that_cannot_finish_is_a_hole(cold, monkeypatch):
    monkeypatch.setattr(canary._Canary, "ask", lambda *_: {})
    assert "could not finish" in "; ".join(canary.prove(cold))
