"""Each limit, broken from the inside, and what is then known outside."""

from __future__ import annotations

import os
import resource
import signal
import time

import pytest
from talking import Inside, cold_zygote

from autograder.model.course import Limits
from autograder.model.result import Outcome
from autograder.sandbox import cgroups, host, limits

MIB = 1 << 20
needs_cgroup = pytest.mark.skipif(cgroups.find() is None, reason="no control groups that we may use here")


@pytest.fixture(scope="module")
def cold():
    with cold_zygote() as zygote:
        yield zygote


def enforced(notes) -> dict[str, str]:
    return {note.name: note.enforced for note in notes}


def test_more_memory_than_allowed_is_a_memory_error(cold):
    with Inside(cold, memory_mb=100) as inside:
        assert inside(f"len(bytearray({90 * MIB}))") == 90 * MIB
        assert inside.error(f"bytearray({400 * MIB})").startswith("MemoryError")
        assert inside("1 + 1") == 2


def test_the_peak_of_memory_is_what_the_student_used(cold):
    with Inside(cold, memory_mb=200) as inside:
        inside(f"len(b'x' * {64 * MIB})")
        inside.process.kill()
        assert 60 < inside.process.ended().peak_memory_mb < 80


def test_threads_are_allowed_and_processes_are_not(cold):
    with Inside(cold) as inside:
        assert inside("[t.start() or t.join() for t in [threading.Thread(target=int)]]") == [None]
        assert inside.error("os.fork()").startswith("BlockingIOError")
        assert inside.error("__import__('subprocess').run(['/bin/true'])").startswith("BlockingIOError")
        assert inside.error("os.execv('/bin/true', ['true'])").startswith("PermissionError")
        assert enforced(inside.process.notes)["processes"] == "kernel: seccomp"


def test_threads_have_a_limit_too(cold):
    with Inside(cold) as inside:
        many = "[threading.Thread(target=time.sleep, args=(60,), daemon=True).start() for _ in range(100)]"
        assert "can't start new thread" in inside.error(many)


_BOMB = "[os.fork() or time.sleep(60) for _ in range(100)]"


def test_workers_are_counted(cold):
    with Inside(cold, processes=2) as inside:
        assert inside("os.waitpid(os.fork() or os._exit(3), 0)[1]") == 3 << 8
        assert inside.error(_BOMB).startswith("BlockingIOError")
        alive = inside("len([name for name in os.listdir('/proc') if name.isdigit()])")
        assert 2 <= alive <= limits.tasks(2) + 1
        inside.process.kill()
        assert inside.process.ended().processes_hit is (cgroups.find() is not None)


@needs_cgroup
def test_workers_share_one_limit_on_memory(cold):
    with Inside(cold, processes=3, memory_mb=100) as inside:
        inside.send("[os.fork() and bytearray(80 << 20) and time.sleep(1) for _ in range(2)] and bytearray(80 << 20)")
        ended = inside.process.ended(30)
        assert ended.memory_hit
        assert enforced(inside.process.notes)["memory"].startswith("kernel: cgroup")


@needs_cgroup
def test_a_cgroup_is_gone_with_its_sandbox():
    with cold_zygote() as zygote:
        with Inside(zygote, processes=1) as inside:
            folders = list(zygote._groups._folders.values())
            assert all((folder / "1").is_dir() for folder in folders)
            assert inside.process.cpu_s() >= 0
        assert not any((folder / "1").exists() for folder in folders)
    assert not any(folder.exists() for folder in folders)


@needs_cgroup
def test_cgroups_of_a_dead_grader_are_removed_by_the_next():
    groups = cgroups.find()
    for folder in set(groups._folders.values()):
        (folder.parent / "autograder-1-12345").mkdir()
    cgroups.find()
    assert not any((folder.parent / "autograder-1-12345").exists() for folder in groups._folders.values())


def test_all_of_the_private_disk_has_one_size(cold):
    with Inside(cold, disk_mb=4) as inside:
        assert inside(f"open(tempfile.gettempdir() + '/a', 'wb').write(bytes({2 * MIB}))") == 2 * MIB
        assert "No space left" in inside.error(f"open('/box/b', 'wb').write(bytes({3 * MIB}))")
        assert "No space left" in inside.error("[open(f'/dev/shm/{n}', 'w').close() for n in range(5000)]")


def test_a_file_cannot_be_larger_than_the_disk_even_with_holes(cold):
    with Inside(cold, disk_mb=4) as inside:
        assert "too large" in inside.error("os.truncate(os.open('/box/x', os.O_CREAT | os.O_RDWR), 1 << 40)")


def test_output_is_counted_and_cannot_be_taken_back(cold):
    with Inside(cold) as inside:
        inside("os.write(1, b'first ') + os.write(2, b'second')")
        assert inside.process.output_size() == 12
        assert inside.process.output(6) == b"second"
        assert "Errno" in inside.error("os.ftruncate(1, 0)")
        inside("[os.lseek(1, 0, 0), os.write(1, b' third')]")
        assert inside.process.output(100) == b"first second third"


def test_cpu_time_is_the_sandboxs_own(cold):
    with Inside(cold) as inside:
        before = inside.process.cpu_s()
        inside("time.sleep(0.2)")
        slept = inside.process.cpu_s()
        inside("[None for _ in iter(lambda: time.process_time() < 0.3, False)] and None")
        burnt = inside.process.cpu_s()
        assert slept - before < 0.1
        assert 0.2 < burnt - slept < 0.6
        inside.process.kill()
        assert inside.process.ended().cpu_s == pytest.approx(burnt, abs=0.1)
        assert inside.process.cpu_s() == inside.process.ended().cpu_s


def test_the_end_is_told_exactly(cold):
    ways = {"os._exit(7)": (None, 7), "ctypes.string_at(8)": (signal.SIGSEGV, None), "sys.exit('x')": None}
    for way, end in ways.items():
        with Inside(cold) as inside:
            inside.send(way)
            if end is not None:
                ended = inside.process.ended()
                assert (ended.signal, ended.code) == end
                assert not ended.memory_hit


def test_what_never_ends_is_killed(cold):
    with Inside(cold) as inside:
        inside.send("time.sleep(60)")
        began = time.monotonic()
        assert inside.process.ended(0.1).signal == signal.SIGKILL
        assert time.monotonic() - began < 2


def test_no_signal_handler_survives_the_kill(cold):
    with Inside(cold) as inside:
        inside("__import__('signal').pthread_sigmask(0, range(1, 65)) and None")
        inside.send("time.sleep(60)")
        inside.process.kill()
        assert inside.process.ended().signal == signal.SIGKILL


def test_closing_twice_is_harmless(cold):
    inside = Inside(cold)
    inside.__exit__()
    inside.process.close()
    inside.process.kill()
    assert inside.process.ended().signal == signal.SIGKILL
    assert inside.process.cpu_s() == inside.process.ended().cpu_s


def test_the_kernel_was_told_these_limits(cold):
    with Inside(cold, memory_mb=100, disk_mb=8) as inside:
        for name, value in {"NOFILE": 256, "CORE": 0, "FSIZE": 8 * MIB, "MEMLOCK": 0, "NPROC": 65}.items():
            assert inside(f"resource.getrlimit(resource.RLIMIT_{name})") == (value, value), name
        assert "Operation not permitted" in inside.error("resource.prlimit(os.getpid(), resource.RLIMIT_CORE, (0, 1))")
        for change in ("NOFILE, (9999, 9999)", "NOFILE, (9, 9)", "CPU, (0, 0)"):
            assert "not allowed" in inside.error(f"resource.setrlimit(resource.RLIMIT_{change})")


def test_notes_say_what_is_not_enforced():
    one = enforced(limits.notes(Limits(), "cpu", ""))
    assert one == {
        "cpu": "watched",
        "wall": "watched",
        "memory": "kernel: RLIMIT_AS",
        "processes": "kernel: seccomp",
        "output": "watched",
        "disk": "kernel: size of a private tmpfs",
        "inodes": "kernel: size of a private tmpfs",
        "files": "kernel: RLIMIT_NOFILE",
        "message": "watched",
        "calls": "watched",
    }
    several = enforced(limits.notes(Limits(processes=2), "cpu", ""))
    assert "sum is not enforced" in several["memory"]
    assert several["cpu"].startswith("watched, for the first process")
    assert enforced(limits.notes(Limits(processes=2), "cpu", "cgroup v1"))["cpu"] == "watched"
    assert several["processes"].startswith("kernel: RLIMIT_NPROC")
    assert enforced(limits.notes(Limits(processes=2), "cpu", "cgroup v2"))["memory"] == "kernel: cgroup v2"
    assert enforced(limits.notes(Limits(), "cuda", ""))["memory"] == "not enforced"


def test_a_gpu_needs_more_addresses_than_memory():
    plain = {"memory_mb": 64, "disk_mb": 1, "output_kb": 1, "processes": 0, "cpu_s": 1.5, "files": 64}
    assert limits.rlimits(plain, 1000 * MIB, "cpu")["AS"] == (1000 + 64 + limits.ARENA_MB) * MIB
    assert limits.rlimits(plain, 1000 * MIB, "cuda")["AS"] == resource.RLIM_INFINITY
    assert limits.profile(0, "cuda") == "gpu strict"


@pytest.mark.parametrize(("peak_mb", "own"), [(132, True), (131.5, True), (40, False)])
def test_a_kill_in_a_group_that_was_not_full_is_the_machines(tmp_path, peak_mb, own):
    for name, text in {
        "memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n",
        "memory.limit_in_bytes": str(132 * MIB),
        "memory.max_usage_in_bytes": str(int(peak_mb * MIB)),
    }.items():
        (tmp_path / name).write_text(text)
    assert cgroups.Group(cgroups.V1, {"memory": tmp_path}).memory_hit() is own


@pytest.mark.parametrize("own", [True, False])
def test_cgroup_v2_says_itself_whether_the_group_was_full(tmp_path, own):
    (tmp_path / "memory.events").write_text(f"low 0\nhigh 0\nmax 9\noom {int(own)}\noom_kill 1\n")
    assert cgroups.Group(cgroups.V2, {"memory": tmp_path}).memory_hit() is own


def test_the_kernels_own_limit_on_cpu_time_is_called_by_its_name(cold):
    with Inside(cold, cpu_s=0.01) as inside:
        inside.send("[None for _ in iter(int, 1)]")
        ended = inside.process.ended(20)
        assert ended.signal == signal.SIGKILL
        assert host.explain(ended, Limits(cpu_s=0.01))[0] is Outcome.CPU


def test_who_killed_a_sandbox_is_known(cold):
    with Inside(cold) as inside:
        assert inside("os.kill(os.getpid(), 9)") is None  # the first process of a namespace doesn't hear itself
        os.kill(inside.process.pid, signal.SIGKILL)
        assert inside.process.ended().outside
    with Inside(cold) as inside:
        inside.process.kill()
        ended = inside.process.ended()
        assert (ended.signal, ended.outside) == (signal.SIGKILL, False)
