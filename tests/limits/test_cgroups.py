"""Both versions of control groups, by the files a kernel would have: what is found, written, read and removed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_cgroups import Folder

from autograder.model.course import Limits
from autograder.sandbox import cgroups, limits

PLAIN = "22 1 0:20 / /proc rw - proc proc rw\n"


@pytest.fixture
def child() -> Iterator[int]:
    process = subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE)
    yield process.pid
    process.kill()
    process.communicate()


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr(Folder, "tree", tmp_path / "cgroup")
    monkeypatch.setattr(cgroups, "Path", Folder)
    (tmp_path / "cgroup").mkdir()
    (tmp_path / "proc").mkdir()
    return Folder(tmp_path / "cgroup")


def said(tree: Folder, groups: str, mounts: str) -> Folder:
    """A folder that speaks as /proc/self."""
    proc = Path(tree).parent / "proc"
    (proc / "cgroup").write_text(groups)
    (proc / "mountinfo").write_text(PLAIN + mounts)
    return Folder(proc)


@pytest.fixture
def delegated(tree: Folder) -> tuple[Folder, Folder]:
    """/proc/self, and the group that systemd handed to us, with this process in it."""
    tree.fill(["cpu", "io", "memory", "pids"][2:])
    Path(tree, "cgroup.subtree_control").write_text("memory pids")
    own = tree / "user.slice" / "run-1.scope"
    own.parent.mkdir()
    Path(own.parent, "cgroup.subtree_control").write_text("memory pids")
    own.mkdir()
    (own / "cgroup.procs").write_text(str(os.getpid()))
    try:
        os.setxattr(own, "user.delegate", b"1")
    except OSError as error:
        pytest.skip(f"no extended attributes where temporary files lie: {error}")
    return said(tree, "0::/user.slice/run-1.scope\n", f"30 22 0:26 / {tree} rw - cgroup2 cgroup2 rw\n"), own


def test_a_delegated_group_is_used(delegated, child):
    proc, own = delegated
    groups = cgroups.find(proc)
    assert groups.name == "cgroup v2"
    group = groups.join(child, Limits(memory_mb=100, processes=2))
    (folder,) = own.glob(f"autograder-{os.getpid()}-*/1")
    read = {path.name: path.read_text() for path in Path(folder).iterdir()}
    assert int(read["memory.max"]) == (100 + cgroups._KERNEL_MB) << 20
    assert read["memory.swap.max"] == "0"
    assert read["memory.oom.group"] == "1"
    assert int(read["pids.max"]) == limits.tasks(2)
    assert read["cgroup.procs"] == str(child)
    assert (group.memory_hit(), group.processes_hit(), group.cpu_s(), group.peak_mb()) == (False, False, 0.0, 0.0)


def test_what_the_kernel_counts_is_read(delegated, child):
    proc, own = delegated
    group = cgroups.find(proc).join(child, Limits(processes=1))
    (folder,) = own.glob("autograder-*-*/1")
    Path(folder, "memory.events").write_text("low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\n")
    Path(folder, "memory.peak").write_text(str(77 << 20))
    Path(folder, "pids.events").write_text("max 3\n")
    Path(folder, "cpu.stat").write_text("usage_usec 1500000\nuser_usec 1\nsystem_usec 2\n")
    assert (group.memory_hit(), group.processes_hit(), group.cpu_s(), group.peak_mb()) == (True, True, 1.5, 77.0)
    Path(folder, "memory.peak").unlink()  # before Linux 5.19
    assert group.peak_mb() == 0.0


def test_graders_make_room_for_the_groups_below_and_nobody_is_lost(delegated, child):
    proc, own = delegated
    (own / "cgroup.procs").write_text(str(child))
    cgroups.find(proc)
    assert (own / "cgroup.procs").read_text() == ""
    moved = (own / "autograder-graders" / "cgroup.procs").read_text().split()
    assert set(moved) == {str(child), str(os.getpid())}
    assert (own / "cgroup.subtree_control").read_text() == "memory pids"


def test_the_second_grader_finds_the_same_group_as_the_first(delegated, child):
    proc, own = delegated
    cgroups.find(proc)
    Path(proc, "cgroup").write_text("0::/user.slice/run-1.scope/autograder-graders\n")  # where the first has put us
    again = cgroups.find(proc)
    assert again is not None
    again.join(child, Limits(processes=1))
    assert list(own.glob("autograder-*-*/1"))


def test_everything_is_removed_in_the_end(delegated, child):
    proc, own = delegated
    groups = cgroups.find(proc)
    group = groups.join(child, Limits(processes=1))
    (folder,) = own.glob("autograder-*-*/1")
    Path(folder, "cgroup.procs").write_text("")  # its processes have ended
    group.remove()
    groups.remove()
    assert [path.name for path in Path(own).iterdir() if path.is_dir()] == ["autograder-graders"]


def test_a_group_with_a_living_process_is_waited_for_and_then_left(delegated, child, monkeypatch):
    proc, own = delegated
    monkeypatch.setattr(cgroups, "_REMOVE_S", 0.05)
    group = cgroups.find(proc).join(child, Limits(processes=1))
    group.remove()
    assert list(own.glob("autograder-*-*/1"))


def test_what_a_dead_grader_left_is_removed_by_the_next(delegated):
    proc, own = delegated
    cgroups.find(proc)
    (own / "autograder-999999999-5").mkdir()
    (own / "autograder-999999999-5" / "1").mkdir()
    cgroups.find(proc)
    assert not (own / "autograder-999999999-5").exists()


def test_a_group_that_nobody_handed_over_is_left_alone(delegated):
    proc, own = delegated
    os.removexattr(own, "user.delegate")
    assert cgroups.find(proc) is None
    assert (own / "cgroup.procs").read_text() == str(os.getpid())


@pytest.mark.parametrize("controllers", ["", "memory", "pids cpu"])
def test_without_both_controllers_there_is_nothing_to_use(delegated, controllers):
    proc, own = delegated
    Path(own, "cgroup.controllers").write_text(controllers)
    assert cgroups.find(proc) is None


def test_a_kernel_that_keeps_refusing_leaves_us_without(delegated, monkeypatch):
    proc, _ = delegated

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(cgroups, "_make_room", refuse)
    assert cgroups.find(proc) is None


def test_a_mount_that_shows_only_our_part_of_the_tree(delegated, tree):
    _, own = delegated
    proc = said(tree, "0::/user.slice/run-1.scope\n", f"30 22 0:26 /user.slice {own.parent} rw - cgroup2 cgroup2 rw\n")
    assert cgroups.find(proc).name == "cgroup v2"
    proc = said(tree, "0::/user.slice/run-1.scope\n", f"30 22 0:26 /user {tree} rw - cgroup2 cgroup2 rw\n")
    assert cgroups.find(proc) is None


@pytest.fixture
def old(tree: Folder) -> Folder:
    """Version 1: a hierarchy for each controller, with this process in a group of each."""
    mounts = ""
    for number, name in enumerate(("memory", "pids", "cpuacct")):
        Path(tree, name).mkdir()
        (tree / name / "job").mkdir()
        mounts += f"{40 + number} 22 0:{40 + number} / {tree}/{name} rw - cgroup cgroup rw,{name}\n"
    return said(tree, "3:memory:/job\n2:pids:/job\n1:cpu,cpuacct:/job\n0::/\n", mounts)


def test_the_old_version_is_used_where_all_of_it_is_ours(old, tree, child):
    groups = cgroups.find(old)
    assert groups.name == "cgroup v1"
    group = groups.join(child, Limits(memory_mb=100, processes=2))
    (memory,) = tree.glob("memory/job/autograder-*/1")
    (pids,) = tree.glob("pids/job/autograder-*/1")
    (cpu,) = tree.glob("cpuacct/job/autograder-*/1")
    size = str((100 + cgroups._KERNEL_MB) << 20)
    assert [Path(memory, f"memory.{name}limit_in_bytes").read_text() for name in ("", "memsw.")] == [size, size]
    assert Path(pids, "pids.max").read_text() == str(limits.tasks(2))
    assert [Path(folder, "cgroup.procs").read_text() for folder in (memory, pids, cpu)] == [str(child)] * 3
    Path(memory, "memory.oom_control").write_text("oom_kill_disable 0\nunder_oom 0\noom_kill 2\n")
    Path(memory, "memory.max_usage_in_bytes").write_text(size)  # the group was full, not the machine
    Path(cpu, "cpuacct.usage").write_text("2500000000\n")
    assert (group.memory_hit(), group.processes_hit(), group.cpu_s()) == (True, False, 2.5)
    for folder in (memory, pids, cpu):
        Path(folder, "cgroup.procs").write_text("")
    group.remove()
    groups.remove()
    assert not list(tree.glob("*/job/autograder-*"))


def test_one_hierarchy_missing_and_the_old_version_is_not_used(old):
    Path(old, "cgroup").write_text("3:memory:/job\n2:pids:/job\n")
    assert cgroups.find(old) is None


def test_a_kernel_without_control_groups_has_none(tmp_path):
    assert cgroups.find(tmp_path) is None
    (tmp_path / "mountinfo").write_text(PLAIN)
    assert cgroups.find(tmp_path) is None
