"""The filter of system calls, run by an interpreter of our own and compared with libseccomp's where there is one."""

from __future__ import annotations

import errno
import struct
import tempfile

import pytest

from autograder.sandbox import seccomp, syscalls

ALLOW, EPERM = seccomp.ALLOW, seccomp.REFUSE | errno.EPERM
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
LOAD, RETURN, ALWAYS = 0x20, 0x06, 0x05
EVERYWHERE = [(profile, machine) for profile in seccomp.PROFILES for machine in syscalls.ARCHITECTURES]
CLONE_THREAD, CLONE_VM, CLONE_NEWUSER = 0x10000, 0x100, 0x10000000


def decide(program: bytes, number: int, *args: int, arch: int = AUDIT["x86_64"]) -> int:
    """What the kernel would answer: our own interpreter of the few instructions that such programs have."""
    data = struct.pack("<IIQ6Q", number & 0xFFFFFFFF, arch, 0, *(list(args) + [0] * 6)[:6])
    tests = {
        0x15: lambda a, k: a == k,
        0x35: lambda a, k: a >= k,
        0x25: lambda a, k: a > k,
        0x45: lambda a, k: bool(a & k),
    }
    accumulator = at = 0
    while True:
        code, true, false, operand = struct.unpack_from("<HBBI", program, at * 8)
        at += 1
        if code == RETURN:
            return operand
        if code == LOAD:
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif code == ALWAYS:
            at += operand
        elif code == 0x54:
            accumulator &= operand
        else:
            at += true if tests[code](accumulator, operand) else false


def ask(profile: str, name: str, *args: int, machine: str = "x86_64") -> int:
    number = syscalls.table(machine)[name]
    return decide(seccomp.program(profile, machine), number, *args, arch=AUDIT[machine])


@pytest.mark.parametrize(("profile", "machine"), EVERYWHERE)
def test_every_program_is_one_the_kernel_takes(profile, machine):
    program = seccomp.program(profile, machine)
    count = len(program) // 8
    assert count <= 4096
    for at in range(count):
        code, true, false, _ = struct.unpack_from("<HBBI", program, at * 8)
        if code not in (LOAD, RETURN):
            assert at + 1 + max(true, false) < count
    assert struct.unpack_from("<H", program, (count - 1) * 8)[0] == RETURN


@pytest.mark.parametrize(("profile", "machine"), EVERYWHERE)
def test_threads_are_allowed_and_namespaces_never(profile, machine):
    assert ask(profile, "clone", CLONE_VM | CLONE_THREAD, machine=machine) == ALLOW
    assert ask(profile, "clone", CLONE_VM | CLONE_THREAD | CLONE_NEWUSER, machine=machine) == EPERM
    assert ask(profile, "clone3", machine=machine) == seccomp.REFUSE | errno.ENOSYS


@pytest.mark.parametrize(("profile", "machine"), EVERYWHERE)
def test_processes_need_the_profile_with_workers(profile, machine):
    workers = profile.endswith("workers")
    assert (ask(profile, "clone", 17, machine=machine) == ALLOW) == workers
    assert (ask(profile, "execve", machine=machine) == ALLOW) == workers
    if not workers:
        assert ask(profile, "clone", 17, machine=machine) == seccomp.REFUSE | errno.EAGAIN


@pytest.mark.parametrize(("profile", "machine"), EVERYWHERE)
@pytest.mark.parametrize("command", [5, 6, 7, 36, 37, 38, 1024, 1026, 1033], ids=str)
def test_locks_leases_notices_and_seals_are_refused(profile, machine, command):
    assert ask(profile, "fcntl", 3, command, machine=machine) == EPERM
    assert ask(profile, "fcntl", 3, (1 << 32) | command, machine=machine) == EPERM


@pytest.mark.parametrize(("profile", "machine"), EVERYWHERE)
def test_what_shapes_other_processes_is_refused(profile, machine):
    assert ask(profile, "prctl", 1, 0, machine=machine) == EPERM  # PR_SET_PDEATHSIG
    assert ask(profile, "prctl", 15, machine=machine) == ALLOW  # PR_SET_NAME
    assert ask(profile, "prlimit64", 0, machine=machine) == ALLOW
    assert ask(profile, "prlimit64", 1, machine=machine) == EPERM
    for pointer in (1, 0x7FFD_0000_0000, 0x7FFD_1234_5678):  # new limits, even of its own
        assert ask(profile, "prlimit64", 0, 7, pointer, machine=machine) == EPERM
    if "setrlimit" in syscalls.table(machine):
        assert ask(profile, "setrlimit", machine=machine) == EPERM
    for name in ("flock", "ptrace", "process_vm_readv", "memfd_create", "mount", "unshare", "setns", "bpf", "keyctl"):
        assert ask(profile, name, machine=machine) == EPERM, name


@pytest.mark.parametrize("profile", seccomp.PROFILES)
def test_sockets_stay_on_this_machine(profile):
    assert ask(profile, "socketpair", 1) == ALLOW
    families = {family: ask(profile, "socket", family) == ALLOW for family in (1, 2, 10, 16, 17, 38, 40)}
    assert families == {family: family == 1 and profile.endswith("workers") for family in families}


@pytest.mark.parametrize(("profile", "machine"), EVERYWHERE)
def test_the_kernels_buffers_can_not_be_made_larger(profile, machine):
    for option in (7, 8, 32, 33):  # SO_SNDBUF, SO_RCVBUF, and what root has to force them
        assert ask(profile, "setsockopt", 3, 1, option, machine=machine) == EPERM
    assert ask(profile, "setsockopt", 3, 1, 2, machine=machine) == ALLOW  # SO_REUSEADDR, of multiprocessing
    assert ask(profile, "fcntl", 3, 1031, machine=machine) == EPERM  # F_SETPIPE_SZ


@pytest.mark.parametrize("profile", seccomp.PROFILES)
def test_only_a_gpu_needs_every_ioctl(profile):
    assert ask(profile, "ioctl", 0, 0x541B) == ALLOW
    expected = ALLOW if profile.startswith("gpu") else seccomp.REFUSE | errno.ENOTTY
    assert ask(profile, "ioctl", 0, 0x5412) == expected  # TIOCSTI, which types into a terminal


def test_another_architectures_entry_kills():
    for profile, machine in EVERYWHERE:
        program = seccomp.program(profile, machine)
        for arch in (0x40000003, AUDIT["aarch64" if machine == "x86_64" else "x86_64"]):
            assert decide(program, 20, arch=arch) == seccomp.KILL
    x32 = 0x40000000 | syscalls.table("x86_64")["getpid"]
    assert decide(seccomp.program("strict", "x86_64"), x32) == seccomp.KILL


def test_a_call_newer_than_the_table_looks_like_an_old_kernel():
    program = seccomp.program("strict", "x86_64")
    assert decide(program, 452) == seccomp.REFUSE | errno.ENOSYS
    assert decide(program, 449) == ALLOW
    assert decide(program, 448) == EPERM  # process_mrelease


def test_an_unknown_profile_says_which_there_are():
    with pytest.raises(ValueError, match="strict, workers"):
        seccomp.program("relaxed")


def test_names_in_the_lists_are_in_the_table():
    for profile in seccomp.PROFILES:
        names = seccomp.allowed(profile) | set(seccomp.by_argument(profile))
        assert names <= set(syscalls.table("x86_64"))
        assert not seccomp.allowed(profile) & set(seccomp.by_argument(profile))


# libseccomp as the oracle -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def oracle():
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError) as missing:
        pytest.skip(f"libseccomp can't be loaded ({missing}); on Debian and Ubuntu: apt-get install libseccomp2")
    return pyseccomp


@pytest.mark.parametrize("machine", syscalls.ARCHITECTURES)
def test_the_table_has_the_numbers_of_libseccomp(oracle, machine):
    arch = {"x86_64": oracle.Arch.X86_64, "aarch64": oracle.Arch.AARCH64}[machine]
    ours = syscalls.table(machine)
    theirs = {name: oracle.resolve_syscall(arch, name) for name in {*syscalls.table("x86_64"), *ours}}
    assert ours == {name: number for name, number in theirs.items() if number >= 0}


def same_rules(oracle, profile: str) -> bytes:
    """The profile once more, compiled by libseccomp."""
    built = oracle.SyscallFilter(oracle.ERRNO(errno.EPERM))
    if oracle.Arch.NATIVE != oracle.Arch.X86_64 and oracle.system_arch() != oracle.Arch.X86_64:
        built.remove_arch(oracle.Arch.NATIVE)
        built.add_arch(oracle.Arch.X86_64)
    for name in seccomp.allowed(profile):
        built.add_rule(oracle.ALLOW, name)
    equal = [("fcntl", 1, seccomp.FCNTL), ("prctl", 0, seccomp.PRCTL), ("socketpair", 0, (1,))]
    equal += [("setsockopt", 2, seccomp.SOCKET_OPTIONS)]
    equal += [] if profile.startswith("gpu") else [("ioctl", 1, seccomp.IOCTL)]
    equal += [("socket", 0, (1,))] if profile.endswith("workers") else []
    for name, place, values in equal:
        for value in values:
            built.add_rule(oracle.ALLOW, name, oracle.Arg(place, oracle.EQ, value))
    zero = [oracle.Arg(place, oracle.EQ, 0) for place in (0, 2)]
    built.add_rule(oracle.ALLOW, "prlimit64", *zero)
    if profile.startswith("gpu"):
        built.add_rule(oracle.ALLOW, "ioctl")
    needed = 0 if profile.endswith("workers") else CLONE_THREAD
    built.add_rule(oracle.ALLOW, "clone", oracle.Arg(0, oracle.MASKED_EQ, 0x7E020000 | needed, needed))
    with tempfile.TemporaryFile() as file:
        built.export_bpf(file)
        file.seek(0)
        return file.read()


@pytest.mark.parametrize("profile", seccomp.PROFILES)
def test_libseccomp_decides_the_same(oracle, profile):
    ours, theirs = seccomp.program(profile, "x86_64"), same_rules(oracle, profile)
    numbers = syscalls.table("x86_64")
    depends = {numbers[name] for name in seccomp.by_argument(profile)}
    bits = [1 << place for place in range(32)]
    values = {0, *bits, 17, 6, 37, 38, 40, 0x3D0F00, 0x1200011, 0x541B, 0x5412, *seccomp.FCNTL, *seccomp.PRCTL}
    values |= {CLONE_THREAD | bit for bit in bits} | set(seccomp.IOCTL)
    differ = []
    for number in range(syscalls.LAST_KNOWN + 20):
        for value in values if number in depends else (0,):
            for args in ((value, 0), (0, value), (0, 0, value), (0, 0, value << 32)):
                if (decide(ours, number, *args) == ALLOW) != (decide(theirs, number, *args) == ALLOW):
                    differ.append((number, args))
    assert differ == []
