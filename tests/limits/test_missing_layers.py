"""Machines on which something is missing: what can't be had is refused in words that help, the rest is done without."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Any

import crippled
import pytest

from autograder.errors import IsolationError, Shortage
from autograder.sandbox import launcher, needs

ROOT = os.geteuid() == 0
_TRY = """
import json, sys
from click.testing import CliRunner
from autograder.cli.doctor import doctor
from autograder.errors import IsolationError
from autograder.sandbox.launcher import CANARY, Zygote
try:
    with Zygote(preload=None, guest=CANARY):
        said = ""
except IsolationError as refused:
    said = str(refused)
answer = CliRunner().invoke(doctor, ["--json"], catch_exceptions=False)
print(json.dumps([said, answer.exit_code, json.loads(answer.stdout)]))
"""


@dataclass(frozen=True)
class Row:
    """`says`: words of the refusal, in order: where, what, what now. Empty: the wall holds all the same, and doctor
    has the fact `fact` with these words in it."""

    name: str
    says: tuple[str, ...] = ()
    fact: tuple[str, str] = ("", "")
    missing: dict[str, Any] = field(default_factory=dict)
    root: bool | None = None  # only for root (True), only for others (False)


_POWERLESS = {"mount": "EACCES", "pivot_root": "EACCES"}
_HERE = needs.how_to_allow_user_namespaces()  # what this machine, with what is hidden from it, is to be told
_USERNS = ("user namespaces", "refused")
_TMP = [["tmpfs", "/tmp", "mode=1777"]]
TABLE = [
    Row(
        "user namespaces denied",
        ("isolation layer 'namespaces': unshare", "Operation not permitted", _HERE),
        _USERNS,
        {"fail": {"unshare": "EPERM"}, "mounts": _TMP},
    ),
    Row(
        "user namespaces denied to all but the machine's root, as Debian can",
        ("isolation layer 'user': unshare(0x10000000): Operation not permitted", _HERE),
        ("user namespaces", "allowed"),
        {"fail": {"unshare": "EPERM 0x10000000"}, "mounts": _TMP},
    ),
    Row(
        "a kernel without namespaces",
        ("isolation layer 'namespaces': unshare", "Invalid argument", "a kernel with user, mount, pid"),
        ("user namespaces", "Invalid argument"),
        {"fail": {"unshare": "EINVAL"}, "mounts": _TMP},
    ),
    Row(
        "user namespaces granted and powerless",
        ("isolation layer 'root directory': mount", "Permission denied", _HERE),
        _USERNS,
        {"fail": _POWERLESS, "mounts": _TMP},
    ),
    Row(
        "user namespaces made powerless by AppArmor, as Ubuntu does it",
        (
            "isolation layer 'root directory': mount",
            "Permission denied",
            "AppArmor forbids them; as root, write 'profile",
        ),
        _USERNS,
        {
            "fail": _POWERLESS,
            "mounts": [*_TMP, ["file", "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"]],
        },
    ),
    Row(
        "no seccomp in the kernel",
        ("Linux", "no seccomp", "Linux 5.12 or newer"),
        ("seccomp", "missing: seccomp: Function not implemented"),
        {"fail": {"seccomp": "ENOSYS"}},
    ),
    Row(
        "seccomp filters refused",
        ("isolation layer 'seccomp': seccomp", "Invalid argument", "CONFIG_SECCOMP_FILTER"),
        ("seccomp", "missing: seccomp: Invalid argument"),
        {"fail": {"seccomp": "EINVAL"}},
    ),
    Row(
        "seccomp refused by a container",
        ("Linux", "seccomp is refused by whatever this program runs in", "outside of containers"),
        ("system", "seccomp is refused"),
        {"fail": {"seccomp": "EPERM"}},
    ),
    *(
        Row(
            f"an old kernel without {call}",
            ("Linux", f"no {call}, which came with Linux {version}", "Linux 5.12 or newer"),
            ("system", f"no {call}"),
            {"fail": {call: "ENOSYS"}},
        )
        for call, version in (
            ("memfd_create", "3.17"),
            ("pidfd_send_signal", "5.1"),
            ("pidfd_open", "5.3"),
            ("close_range", "5.9"),
            ("mount_setattr", "5.12"),
        )
    ),
    Row(
        "an old kernel that can't move a heap onto huge pages",
        (),
        ("seccomp", "available"),
        {"fail": {"madvise": "EINVAL"}},
    ),
    Row(
        "calls newer than 5.12 missing",
        (),
        ("system", "Linux"),
        {"fail": {"futex_waitv": "ENOSYS", "epoll_pwait2": "ENOSYS"}},
    ),
    Row(
        "no control groups",
        (),
        ("control groups", "none that we may use"),
        {"mounts": [*_TMP, ["tmpfs", "/sys/fs/cgroup", "ro"]]},
    ),
    Row(
        "no /dev/shm",
        (),
        ("temporary files", "MiB free"),
        {"mounts": [*_TMP, ["tmpfs", "/dev/shm", "mode=000,ro"]]},
    ),
    Row(
        "no /tmp",
        ("/tmp: no file can be made", "make room"),
        ("/tmp", "No such file"),
        {"mounts": [["without", "/tmp"]]},
    ),
    Row(
        "a read-only /tmp",
        ("/tmp: no file can be made", "Read-only", "make room there or make it writable"),
        ("/tmp", "Read-only"),
        {"mounts": [["tmpfs", "/tmp", "ro"]]},
    ),
    Row(
        "a full /tmp",
        ("/tmp: no file can be made", "No space left", "make room there"),
        ("/tmp", "No space left"),
        {"mounts": [["full", "/tmp"]]},
    ),
    Row(
        "a /tmp without inodes",
        ("/tmp: no file can be made", "No space left", "make room there"),
        ("/tmp", "No space left"),
        {"mounts": [["tmpfs", "/tmp", "nr_inodes=1"]]},
    ),
    Row(
        "nowhere to mount the root directory",
        ("isolation layer 'root directory': mount root on /mnt", "No such file", "make an empty folder /mnt"),
        ("user namespaces", "/mnt: No such file"),
        {"mounts": [["without", "/mnt"], *_TMP]},
    ),
    Row(
        "few processes",
        ("limits of this user", "processes (ulimit -u) is 40, and a sandbox needs 65", "raise the hard limits"),
        ("limits of this user", "is 40"),
        {"limits": {"NPROC": 40}},
        root=True,
    ),
    Row(
        "few open files",
        ("limits of this user", "open files (ulimit -n) is 100, and a sandbox needs 256", "raise the hard limits"),
        ("limits of this user", "is 100"),
        {"limits": {"NOFILE": 100}},
    ),
    Row(
        "small files",
        ("limits of this user", "size of a file (ulimit -f) is 1048576", "raise the hard limits"),
        ("limits of this user", "is 1048576"),
        {"limits": {"FSIZE": 1 << 20}},
    ),
    Row(
        "little CPU time",
        ("limits of this user", "CPU time (ulimit -t) is 600", "raise the hard limits"),
        ("limits of this user", "is 600"),
        {"limits": {"CPU": 600}},
    ),
    Row(
        "little memory",
        ("limits of this user", "address space (ulimit -v) is 1500 MiB", "raise the hard limits"),
        ("limits of this user", "is 1500 MiB"),
        {"limits": {"AS": 1500 << 20}},
    ),
    Row(
        "an unknown processor",
        ("i686: the filter of system calls is not written for this", "x86_64 or aarch64"),
        ("architecture", "i686"),
        {"persona": 8},
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_what_is_missing_is_said_and_nothing_is_left(row):
    if row.root is not None and row.root != ROOT:
        pytest.skip("shows itself to another kind of user")
    if "mounts" in row.missing and crippled.BELOW_TMP:
        pytest.skip(f"Python or the program lies below /tmp: {crippled.BELOW_TMP}")
    try:
        done = crippled.run(["-c", _TRY], **row.missing)
    except LookupError as unable:
        pytest.skip(str(unable))
    assert done.left == []
    assert done.code == 0, done.err
    said, exit_code, found = json.loads(done.out)
    if row.says:
        at = -1
        for words in row.says:
            assert (at := said.find(words, at + 1)) >= 0, (words, said)
    else:
        assert said == ""
    assert exit_code == (1 if row.says else 0), found
    assert found["can_grade"] is not bool(row.says)
    name, words = row.fact
    facts = {fact["name"]: fact for fact in found["facts"]}
    assert words in facts[name]["value"], facts[name]
    bad = [fact for fact in found["facts"] if fact["ok"] is False]
    assert bool(bad or found["holes"]) == bool(row.says)
    assert all((layer["holes"] == []) is not bool(row.says) for layer in found["layers"])
    assert all(fact["consequence"] for fact in bad)


_SAY = """
from autograder.errors import AutograderError
from autograder.sandbox.launcher import CANARY, Zygote
try:
    Zygote(preload=None, guest=CANARY).close()
    print("held")
except AutograderError as refused:
    print(type(refused).__name__, refused)
"""


def said(**missing: Any) -> str:
    done = crippled.run(["-c", _SAY], **missing)
    assert (done.code, done.left) == (0, []), done
    return done.out


def test_a_user_with_no_process_left_is_told_so():
    if ROOT:
        pytest.skip("the limit on processes isn't root's")
    assert "ulimit -u" in said(limits={"NPROC": 1})


_FILES = """
import json, os, resource
from autograder.errors import AutograderError
from autograder.model.course import Limits
from autograder.sandbox import canary, facts
from autograder.sandbox.launcher import CANARY, Zygote
resource.setrlimit(resource.RLIMIT_NOFILE, (80, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
Zygote(preload=None, guest=CANARY).close()  # all is imported now
said = {}
for free in (*range(0, 20, 2), 23):
    held = []
    while len(os.listdir("/proc/self/fd")) < 80 - free:
        held.append(os.open("/dev/null", os.O_RDONLY))
    try:
        Zygote(preload=None, guest=CANARY).close()
        said[free] = "held"
    except AutograderError as refused:
        said[free] = f"{type(refused).__name__}: {refused}"
    for fd in held:
        os.close(fd)
print(json.dumps([said, len(os.listdir("/proc/self/fd"))]))
"""


def test_however_few_files_may_be_opened_the_refusal_is_ours_and_keeps_none():
    done = crippled.run(["-c", _FILES])
    assert (done.code, done.left) == (0, []), done
    said, still_open = json.loads(done.out)
    assert still_open < 8
    assert said["0"] != "held"
    assert said["23"] == "held"
    refusals = [words for words in said.values() if words != "held"]
    assert all("Too many open files" in words and "->" in words for words in refusals), refusals


def test_a_file_of_pytorch_that_only_root_can_read_is_named(tmp_path):
    if not ROOT:
        pytest.skip("an ordinary user's sandboxes are that user's own")
    for name in ("torch", "numpy"):
        (tmp_path / "site" / name).mkdir(parents=True)
        (tmp_path / "site" / name / "__init__.py").write_text("")
    (tmp_path / "site/torch/__init__.py").chmod(0o600)
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
    done = crippled.run(["-c", code + _SAY])
    assert f"can't read {tmp_path}/site/torch/__init__.py: chmod -R a+rX" in done.out
    assert done.left == []


def test_the_crippling_works_and_leftovers_are_seen():
    code = "import os, time, sys\nos.fork() or (os.setsid(), os.close(1), os.close(2), time.sleep(60))"
    code += "\ntry: os.getppid(); os.rmdir('/no')\nexcept OSError as error: print(error.errno)"
    done = crippled.run(["-c", code], fail={"rmdir": "EDOM"}, patience_s=0.2)
    assert (done.code, done.out) == (0, "33\n")
    assert len(done.left) == 1
    assert "time.sleep(60)" in done.left[0]
    crippled.kill_left(done)


@pytest.mark.parametrize("why", ["[Errno 24] Too many open files: '/proc/self/task'", "fork: Cannot allocate memory"])
def test_what_is_short_for_a_moment_is_told_from_what_can_never_be_had(why):
    assert type(launcher._refusal("pid", why)) is Shortage
    assert "doctor" not in str(launcher._refusal("pid", why))
    assert type(launcher._refusal("pid", "clone: Operation not permitted")) is IsolationError
