"""What a sandbox sees and may touch, asked from the inside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from talking import STAND_IN, Inside, cold_zygote

import autograder
from autograder.errors import IsolationError
from autograder.sandbox import jail, runtime

PACKAGE = Path(autograder.__file__).parent
SITE = Path(click.__file__).parents[1]


@pytest.fixture(scope="module")
def cold():
    with cold_zygote() as zygote:
        yield zygote


@pytest.fixture
def inside(cold):
    with Inside(cold) as inside:
        yield inside


def test_the_root_directory_holds_the_system_python_and_the_guest(inside):
    tops = {path.split("/")[1] for path in runtime.visible()}
    own = {"box", "dev", "etc", "guest", "private", "proc", "tmp"}
    assert set(inside("os.listdir('/')")) <= tops | own
    assert set(inside("os.listdir('/dev')")) == {"fd", "full", "null", "random", "shm", "urandom", "zero"}
    assert inside("[line for line in open('/etc/passwd')]") == ["nobody:x:65534:65534:nobody:/box:/bin/false\n"]


def test_of_the_program_only_the_guests_files_are_there(inside):
    found = inside("[os.path.join(top, name)[7:] for top, _, names in os.walk('/guest') for name in names]")
    assert set(found) == {f"autograder/{name}" for name in runtime.GUEST_FILES} | set(STAND_IN)
    assert inside(f"os.path.exists({str(PACKAGE / 'errors.py')!r})") is False


def test_modules_come_from_inside_the_jail(inside):
    files = inside("[m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'autograder']")
    assert files
    assert all(file.startswith("/guest/autograder/") for file in files)
    assert inside("sys.path[0]") == "/guest"


def test_the_course_beside_the_environment_is_not_there(inside):
    for folder in ("exercises", "solutions", "tests", "examples"):
        path = PACKAGE.parent / folder
        assert inside(f"os.path.exists({str(path)!r})") is False


def test_a_hidden_folder_below_a_visible_one_is_empty():
    folder = SITE / "click"
    assert (folder / "__init__.py").exists()
    with cold_zygote(hide=[folder]) as zygote, Inside(zygote) as inside:
        assert inside(f"os.listdir({str(folder)!r})") == []
        assert inside(f"os.path.exists({str(SITE / 'numpy/__init__.py')!r})") is True
        assert "Read-only" in inside.error(f"open({str(folder / 'x')!r}, 'w')")


def test_an_installed_program_is_hidden_beside_pytorch(monkeypatch):
    monkeypatch.setattr(runtime, "_PACKAGE", SITE / "click")
    assert ("hide", str(SITE / "click")) in runtime.plan([])


def test_python_in_a_folder_that_must_be_hidden_is_refused():
    with pytest.raises(IsolationError, match=r"students must not see.*\n.*\.venv"):
        runtime.plan([Path(sys.prefix)])


def test_an_environment_inside_the_hidden_course_stays_visible(monkeypatch):
    monkeypatch.setattr(sys, "prefix", "/srv/course/.venv")
    monkeypatch.setattr(sys, "exec_prefix", "/srv/course/.venv")
    steps = runtime.plan([Path("/srv/course")])
    assert ("bind", "/srv/course/.venv") in steps
    assert not any("/srv/course" in path for step, path in steps if step == "hide")


def test_a_folder_inside_a_hidden_one_is_not_hidden_a_second_time(monkeypatch, tmp_path):
    inner = tmp_path / "course" / "keys"
    inner.mkdir(parents=True)
    (inner / "secret").write_text("")
    tmp_path.chmod(0o755)
    monkeypatch.setattr(runtime, "visible", lambda real=runtime.visible: [*real(), str(tmp_path)])
    assert [path for step, path in runtime.plan([inner, inner.parent]) if str(tmp_path) in path and step == "hide"] == [
        str(inner.parent)
    ]
    with cold_zygote(hide=[inner, inner.parent]) as zygote, Inside(zygote) as inside:
        assert inside(f"os.listdir({str(inner.parent)!r})") == []


def test_python_where_the_sandbox_keeps_its_own_files_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "prefix", "/box/venv")
    with pytest.raises(IsolationError, match="/box/venv"):
        runtime.visible()


def test_a_missing_file_is_an_error_that_names_it():
    with pytest.raises(IsolationError, match=r"root directory.*/no/such/file\.py"):
        cold_zygote(files={"more.py": Path("/no/such/file.py")})


def test_a_runtime_below_tmp_is_not_covered(monkeypatch, tmp_path):
    monkeypatch.setattr(runtime, "visible", lambda real=runtime.visible: [*real(), str(tmp_path)])
    (tmp_path / "library.txt").write_text("here")
    tmp_path.chmod(0o755)
    with cold_zygote() as zygote, Inside(zygote) as inside:
        assert inside(f"open({str(tmp_path / 'library.txt')!r}).read()") == "here"
        assert inside("tempfile.gettempdir()") == ("/box" if str(tmp_path).startswith("/tmp/") else "/tmp")


def test_a_runtime_in_a_home_that_nobody_else_can_enter_is_read_all_the_same(monkeypatch, tmp_path):
    home = tmp_path / "home"
    library = home / "env"
    library.mkdir(parents=True)
    (library / "library.txt").write_text("here")
    home.chmod(0o700)
    monkeypatch.setattr(runtime, "visible", lambda real=runtime.visible: [*real(), str(library)])
    with cold_zygote() as zygote, Inside(zygote) as inside:
        assert inside(f"open({str(library / 'library.txt')!r}).read()") == "here"
        assert inside(f"os.listdir({str(home)!r})") == ["env"]


def test_nothing_outside_the_private_disk_can_be_written(inside):
    for place in ("/", "/usr", "/etc", "/dev", "/guest", sys.prefix, sys.base_prefix):
        assert "Error" in inside.error(f"open({place + '/x'!r}, 'w')"), place
    for place in ("/box", inside("tempfile.gettempdir()"), "/dev/shm"):  # /tmp is read-only where Python lies below it
        assert inside(f"open({place + '/x'!r}, 'w').write('x')") == 1


def test_the_working_directory_is_the_box_and_belongs_to_nobody(inside):
    assert inside("os.getcwd()") == "/box"
    assert inside("(os.getuid(), os.getgid(), os.stat('/box').st_uid)") == (65534, 65534, 65534)
    assert set(inside("os.getgroups()")) <= {65534}
    assert inside("spec") == {"device": "cpu", "box": "/box"}


def test_programs_on_the_private_disk_cannot_be_loaded(inside):
    inside("open('/box/library.so', 'wb').write(open(sys.modules['_ctypes'].__file__, 'rb').read())")
    assert "failed to map segment" in inside.error("ctypes.CDLL('/box/library.so')")


def test_a_sandbox_sees_itself_alone(inside):
    assert inside("[name for name in os.listdir('/proc') if name.isdigit()]") == ["1"]
    assert inside("(os.getpid(), os.getppid())") == (1, 0)
    assert "Errno 2" in inside.error("open('/proc/cpuinfo')")
    assert inside("os.uname().nodename") == "sandbox"


def test_the_graders_environment_is_not_there(monkeypatch):
    monkeypatch.setenv("COURSE_TOKEN", "a secret of the grader")
    with cold_zygote() as zygote, Inside(zygote) as inside:
        assert inside("'COURSE_TOKEN' in os.environ") is False
        assert inside("b'secret' in open('/proc/self/environ', 'rb').read()") is False


def test_a_sandbox_holds_its_socket_and_its_output_alone(inside):
    paths = "filter(os.path.lexists, [f'/proc/self/fd/{name}' for name in os.listdir('/proc/self/fd')])"
    kinds = sorted(link.partition(":")[0] for link in inside(f"[os.readlink(path) for path in {paths}]"))
    assert kinds == ["/dev/null", "/memfd", "/memfd", "socket"]


def test_signals_to_everyone_reach_nobody(cold, inside):
    for target in (0, -1):
        inside(f"ctypes.CDLL(None).kill({target}, 9)")
    assert inside("1 + 1") == 2
    assert cold.alive


def test_the_steps_are_the_layers_that_can_be_left_off():
    assert len(jail.LAYERS) == len(set(jail.LAYERS)) == 11


_AS_ANOTHER_USER = """
import sys
sys.dont_write_bytecode = True
sys.path[:0] = [sys.argv[1], sys.argv[2]]
sys.path.append(sys.argv[3])
from talking import Inside, cold_zygote
from autograder.sandbox import canary
with cold_zygote() as zygote:
    print(canary.prove(zygote))
    with Inside(zygote) as inside:
        print(inside("os.getuid()"))
"""


def test_an_ordinary_user_has_the_same_wall(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("the tests run as an ordinary user already")
    here = str(Path(__file__).parent)
    for python in (sys.executable, "/usr/bin/python3"):
        command = [python, "-c", _AS_ANOTHER_USER, str(PACKAGE.parent), here, str(SITE)]
        try:
            done = subprocess.run(command, user=12345, group=12345, extra_groups=[], cwd="/", check=False, **_TEXT)
        except PermissionError:
            continue
        if done.returncode == 0:
            assert done.stdout.splitlines() == ["[]", "65534"]
            return
    pytest.skip("no Python here that another user may run with this environment")


_TEXT = {"capture_output": True, "text": True, "timeout": 60}
