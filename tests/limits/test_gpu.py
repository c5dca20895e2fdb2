"""What holds of GPUs: the zygote never touches one, and nothing of one student is left on it for the next."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.model.course import Limits
from autograder.sandbox import limits, runtime
from autograder.sandbox.host import Host
from autograder.sandbox.launcher import Zygote
from autograder.sandbox.remote import Submission

NO_GPU = not Path("/dev/nvidia0").exists()
_STATE = "import torch\ndef state(): return torch.cuda.is_initialized(), torch.cuda._is_in_bad_fork()\n"
_MARK = 0x5EC2E7
_WRITE = f"""
import torch
def write(count):
    global kept
    kept = torch.full((count,), {_MARK}, dtype=torch.int32, device="cuda")
    torch.cuda.synchronize()
    return int(kept[-1])
"""
_SEARCH = f"""
import torch
def search(count):
    found = 0
    for _ in range(8):
        memory = torch.empty(count, dtype=torch.int32, device="cuda")
        found += int((memory == {_MARK}).sum())
    return found
"""


def load(zygote: Zygote, source: str, device: str = "cpu") -> tuple[Host, Submission]:
    wanted = Limits(cpu_s=120, wall_s=240, memory_mb=8192)
    host = Host(zygote.spawn(wanted), wanted)
    host.begin(wanted.cpu_s, wanted.wall_s)
    host.hello()
    return host, Submission(host, host.request("load", {"work.py": source.encode()}, "work"), source, device)


def zygote_of(pid: int) -> int:
    """The sandbox's parent."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.parametrize("preload", [(), ("torchgen", "torch.utils.data.distributed", "torch.distributions")], ids=str)
def test_the_zygote_never_starts_cuda(zygote, preload):
    if not preload:
        assert_untouched(zygote)
        return
    with Zygote(preload=preload, prove=False) as more:
        assert_untouched(more)


def assert_untouched(zygote: Zygote) -> None:
    host, student = load(zygote, _STATE)
    try:
        assert student.state() == (False, False)
        pid = zygote_of(host.process.pid)
        if os.geteuid() == 0:  # nobody else may look at what a zygote has open
            names = [os.readlink(path) for path in Path(f"/proc/{pid}/fd").iterdir()]
            assert not [name for name in names if "nvidia" in name]
            assert "/dev/nvidia" not in Path(f"/proc/{pid}/maps").read_text()
        assert len(os.listdir(f"/proc/{pid}/task")) == 1
    finally:
        host.close()


def test_a_module_that_starts_cuda_before_the_first_fork_is_refused(monkeypatch):
    import torch

    from autograder.sandbox import warm

    monkeypatch.setattr(torch.cuda, "is_initialized", lambda: True)
    monkeypatch.setattr(warm.gc, "freeze", lambda: None)
    with pytest.raises(RuntimeError, match="CUDA was started before the first fork"):
        warm.up([], pytorch=True)


def test_a_sandbox_for_the_cpu_has_no_device_of_the_gpu():
    assert not [name for name in runtime.devices("cpu") if "nvidia" in name]


def test_the_notes_of_a_gpu_hide_nothing():
    notes = {note.name: note.enforced for note in limits.notes(Limits(), "cuda", "")}
    assert notes["memory"] == "not enforced"
    assert notes["gpu memory"] == "not enforced"
    assert "gpu memory" not in {note.name for note in limits.notes(Limits(), "cpu", "")}
    assert {note.name: note.enforced for note in limits.notes(Limits(), "cuda", "cgroup v2")}["memory"].startswith(
        "kernel"
    )


@pytest.mark.skipif(NO_GPU, reason="no NVIDIA device here")
def test_nothing_that_one_sandbox_left_on_the_gpu_is_found_by_the_next():
    count = 64 << 20  # 256 MiB
    with Zygote(device="cuda") as zygote:
        host, writer = load(zygote, _WRITE, "cuda")
        assert writer.write(count) == _MARK
        host.close()
        host.process.ended()
        host, searcher = load(zygote, _SEARCH, "cuda")
        assert searcher.search(count) == 0
        host.close()
