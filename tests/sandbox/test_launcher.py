"""Starting zygotes, asking for sandboxes, and what is left when anything dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from talking import STAND_IN, Inside, cold_zygote

from autograder.errors import IsolationError, WorkerLost
from autograder.model.course import Limits
from autograder.sandbox import launcher, runtime
from autograder.sandbox.launcher import Zygote


@pytest.fixture(scope="module")
def cold():
    with cold_zygote() as zygote:
        yield zygote


def alive(pid: int) -> bool:
    """Whether the process runs; a zombie doesn't."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [each for child in map(int, children) for each in (child, *descendants(child))]


def all_end(pids: list[int], seconds: float = 3.0) -> bool:
    until = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.01)
    return not any(map(alive, pids))


def test_pytorch_is_warm_in_every_sandbox():
    with Zygote(guest="stand_in", files=STAND_IN) as zygote, Inside(zygote) as inside:
        assert inside("{'torch', 'torch._dynamo', 'torch.func', 'numpy', 'torch.testing'} <= set(sys.modules)") is True
        inside("exec('import torch; net = torch.nn.Linear(3, 2); adam = torch.optim.Adam(net.parameters())')")
        inside("exec('net(torch.ones(4, 3)).sum().backward(); adam.step()')")
        assert inside("net.weight.grad.sum().item()") == 24.0
        assert inside("(torch.get_num_threads(), len(os.listdir('/proc/self/task')))") == (1, 1)
        assert (
            inside("(torch.set_num_threads(2), (torch.ones(900, 900) @ torch.ones(900, 900)).sum().item())[1]")
            == 9e2**3
        )


def test_a_sandbox_is_ready_in_milliseconds(cold):
    took = []
    for _ in range(20):
        began = time.perf_counter()
        with Inside(cold):
            took.append(time.perf_counter() - began)
    assert min(took) < 0.1


def test_sandboxes_of_root_have_a_user_each(cold):
    if os.geteuid() != 0:
        pytest.skip("an ordinary user has only one id")
    with Inside(cold) as one, Inside(cold) as other:
        assert os.stat(f"/proc/{one.process.pid}").st_uid not in (0, os.stat(f"/proc/{other.process.pid}").st_uid)


def test_nothing_is_kept_of_a_sandbox_that_was_closed(cold):
    def held() -> list[int]:
        looked_at = ["self"] + ([descendants(cold._process.pid)[-1]] if os.geteuid() == 0 else [])
        return [len(os.listdir(f"/proc/{pid}/fd")) for pid in looked_at]

    def alone() -> bool:
        until = time.monotonic() + 5
        while len(descendants(cold._process.pid)) > 2 and time.monotonic() < until:
            time.sleep(0.01)  # until the zygote has waited for the last one
        return len(descendants(cold._process.pid)) == 2

    with Inside(cold) as inside:
        pass
    assert alone()
    before = held()
    for _ in range(10):
        with Inside(cold) as inside:
            inside("1")
    assert alone()
    assert held() == before
    assert not all_end([cold._process.pid], 0.0)


def test_two_threads_may_ask_at_once(cold):
    answers = []

    def ask() -> None:
        for number in range(5):
            with Inside(cold) as inside:
                answers.append(inside(f"{number} + 1"))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == sorted([1, 2, 3, 4, 5] * 2)


def test_a_weakened_sandbox_runs_nothing_but_the_canary(cold):
    with pytest.raises(IsolationError, match="nothing but the canary"):
        cold.spawn_guest(Limits(), "stand_in", without=["net"])


def test_a_zygote_that_died_is_the_machines_fault():
    zygote = cold_zygote()
    with Inside(zygote) as inside:
        os.kill(descendants(zygote._process.pid)[0], signal.SIGKILL)
        assert all_end([inside.process.pid])
        with pytest.raises(WorkerLost):
            inside.process.ended()
    with pytest.raises(WorkerLost, match="zygote"):
        zygote.spawn(Limits())
    zygote._process.wait(5)
    assert not zygote.alive
    zygote.close()


def test_closing_ends_everything_and_is_harmless_twice():
    zygote = cold_zygote()
    assert zygote.alive
    inside = Inside(zygote)
    pids = [zygote._process.pid, *descendants(zygote._process.pid), inside.process.pid]
    zygote.close()
    assert all_end(pids)
    zygote.close()
    assert not zygote.alive
    inside.process.close()
    with pytest.raises(WorkerLost, match="closed"):
        zygote.spawn(Limits())


def test_what_a_sandbox_started_dies_with_it(cold):
    with Inside(cold, processes=2) as inside:
        inside("[os.fork() or (os.setsid(), time.sleep(60)) for _ in range(2)] and None")
        pids = [inside.process.pid, *descendants(inside.process.pid)]
        assert len(pids) == 3
        inside.process.kill()
        assert all_end(pids)


_GRADER = """
import json, sys, time
sys.path += sys.argv[1:]
from talking import Inside, cold_zygote
zygote = cold_zygote()
sandboxes = [Inside(zygote), Inside(zygote, processes=1)]
sandboxes[0].send("time.sleep(60)")
groups = zygote._groups and [str(folder) for folder in set(zygote._groups._folders.values())]
print(json.dumps([zygote._process.pid, [inside.process.pid for inside in sandboxes], groups]), flush=True)
time.sleep(60)
"""


def test_kill_9_of_the_grader_leaves_nothing():
    paths = [str(Path(__file__).parent), str(Path(runtime.__file__).parents[2]), *runtime.libraries()]
    mounts = Path("/proc/self/mountinfo").read_text()
    grader = subprocess.Popen([sys.executable, "-c", _GRADER, *paths], stdout=subprocess.PIPE)
    keeper, sandboxes, groups = json.loads(grader.stdout.readline())
    pids = [keeper, *descendants(keeper), *sandboxes]
    assert all(map(alive, pids))
    assert len(set(pids)) == 5
    grader.kill()
    grader.wait()
    grader.stdout.close()
    assert all_end(pids)
    assert Path("/proc/self/mountinfo").read_text() == mounts
    cold_zygote().close()  # the next one removes the groups of the dead
    assert not any(Path(group).exists() for group in groups or [])


def test_ctrl_c_at_the_terminal_reaches_the_grader_alone(cold):
    assert os.getsid(cold._process.pid) != os.getsid(0)


def test_a_guest_that_cannot_be_imported_stops_the_start():
    with pytest.raises(IsolationError, match=r"no_such_guest"):
        Zygote(preload=None, guest="no_such_guest", prove=False)


def test_a_guest_that_fails_says_so_in_the_output(cold, tmp_path):
    (tmp_path / "broken.py").write_text("def main(sock, spec):\n    raise RuntimeError('out of order')\n")
    with Zygote(preload=None, guest="broken", files={"broken.py": tmp_path / "broken.py"}, prove=False) as zygote:
        process = zygote.spawn(Limits())
        assert process.ended().code == 70
        assert b"RuntimeError: out of order" in process.output(1000)
        process.close()


def test_a_layer_that_cannot_be_put_on_is_named(cold):
    with pytest.raises(IsolationError, match="isolation layer 'disk'"):
        cold.spawn(Limits(disk_mb=-1))
    with Inside(cold) as inside:  # and the zygote lives on
        assert inside("1 + 1") == 2


def test_without_linux_grading_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(IsolationError, match="Linux virtual machine"):
        Zygote()


def test_without_pytorch_grading_is_refused(monkeypatch):
    monkeypatch.setattr(runtime.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(IsolationError, match="torch isn't installed"):
        Zygote()


def test_without_a_gpu_the_device_cuda_is_refused(monkeypatch):
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    with pytest.raises(IsolationError, match="--device cpu"):
        runtime.devices("cuda")


_FORBIDDEN = """
import os, sys
sys.path += sys.argv[1:]
from autograder.sandbox import jail, syscalls
uid, gid = os.geteuid(), os.getegid()
syscalls.unshare(syscalls.NEWUSER)
jail.write_map("self", uid=f"1000 {uid} 1", gid=f"1000 {gid} 1", groups=False)
jail.write("/proc/sys/user/max_user_namespaces", "0")  # in this namespace alone
from talking import cold_zygote
from autograder.errors import IsolationError
try:
    cold_zygote()
except IsolationError as refused:
    print(refused)
"""


def test_where_user_namespaces_are_forbidden_grading_is_refused():
    paths = [str(Path(__file__).parent), str(Path(runtime.__file__).parents[2]), *runtime.libraries()]
    done = subprocess.run([sys.executable, "-c", _FORBIDDEN, *paths], capture_output=True, text=True, check=False)
    if "PermissionError" in done.stderr:
        pytest.skip(f"no namespace to try it in: {done.stderr.splitlines()[-1]}")
    assert "isolation layer 'namespaces'" in done.stdout, done.stdout + done.stderr
    assert "sysctl user.max_user_namespaces" in done.stdout


def test_ids_that_cannot_be_mapped_are_refused(monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("an ordinary user maps only itself")
    monkeypatch.setattr(launcher, "_first_id", lambda: (1 << 32) - 10)
    with pytest.raises(IsolationError, match="isolation layer 'user ids'"):
        cold_zygote()


def test_a_python_that_cannot_be_started_is_named(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(IsolationError, match="/no/such/python: Python can't be started"):
        cold_zygote()


def test_root_with_too_few_ids_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(launcher, "_FIRST_ID", 1 << 33)
    with pytest.raises(IsolationError, match="more user ids"):
        launcher._first_id()
