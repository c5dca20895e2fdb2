import json
import os
import sys
from pathlib import Path

import click
import pytest
from small_course import DONE, in_child, make_course, run

from autograder import __version__
from autograder.cli import main as program
from autograder.cli import output
from autograder.errors import AutograderError, UsageError

HEAVY = ("torch", "numpy", "pydantic", "sqlalchemy", "jinja2", "pytest", "rich")
LOADED = f"""
import json, sys
from autograder.cli.main import main
try:
    main(sys.argv[1:])
finally:
    print(json.dumps([name for name in {HEAVY} if name in sys.modules]), file=sys.stderr)
"""


def broken(fault):
    """A command that ends in an exception."""

    @click.command()
    def command():
        raise fault

    return command


@pytest.fixture
def command(monkeypatch):
    """Puts a command behind the name `report`."""

    def put(made):
        monkeypatch.setattr(program.LazyGroup, "get_command", lambda *_: made)

    return put


def test_help_lists_every_command_under_who_it_is_for(capsys):
    code, out, _ = run(capsys, "--help")
    assert code == 0
    sections = [out.index(f"{group}:") for group in ("Students", "Instructors", "Authors")]
    assert sections == sorted(sections)
    assert (
        sections[0] < out.index("  submit") < sections[1] < out.index("  grade") < sections[2] < out.index("  verify")
    )


def test_every_command_of_the_table_is_there_and_says_what_it_does():
    for name, entry in program.COMMANDS.items():
        made = program.cli.get_command(click.Context(program.cli), name)
        assert isinstance(made, click.Command), name
        assert made.help, name
        assert len(entry.help) <= 55


@pytest.mark.parametrize("name", ["-h", "--help"])
def test_both_ways_to_ask_for_help_work_on_a_command(capsys, name):
    assert "[ZIP]" in run(capsys, "receipt", name)[1]


def test_the_version_is_told(capsys):
    assert run(capsys, "--version") == (0, f"autograder {__version__}\n", "")


@pytest.mark.parametrize(
    "args", [["--help"], ["submit", "--help"], ["submit", "tensor-basics", "mine.py", "--student", "ada"]]
)
def test_help_and_submit_load_nothing_heavy(tmp_path, args):
    course = make_course(tmp_path)
    (course / "mine.py").write_text(DONE)
    done = in_child(LOADED, *args, cwd=course)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stderr.splitlines()[-1]) == []


def test_help_imports_no_command(tmp_path):
    code = "import sys\nfrom autograder.cli.main import run\nrun(['--help'])\n"
    code += "print([name for name in sys.modules if name.startswith('autograder.cli.')], file=sys.stderr)"
    assert eval(in_child(code, cwd=tmp_path).stderr) == ["autograder.cli.output", "autograder.cli.main"]


def test_a_misspelt_command_gets_a_suggestion(capsys):
    code, out, err = run(capsys, "sumbit", "x")
    assert (code, out) == (2, "")
    assert "Did you mean submit?" in err


def test_an_unknown_command_gets_the_list_and_no_escape_sequences(capsys):
    code, _, err = run(capsys, "frob\x1b[2J")
    assert code == 2
    assert "There are: list, start, check" in err
    assert "\x1b" not in err


@pytest.mark.parametrize("args", [["submit"], ["submit", "x", "--frob"], ["collect", "x"], ["--frob"], []])
def test_wrong_use_ends_with_two(capsys, args):
    assert run(capsys, *args)[0] == 2


@pytest.mark.parametrize(
    ("fault", "code"), [(AutograderError("our fault", now="call us"), 3), (UsageError("wrong", where="here"), 2)]
)
def test_our_own_exceptions_are_one_message_and_their_code(capsys, command, fault, code):
    command(broken(fault))
    assert run(capsys, "report") == (code, "", f"autograder: {fault}\n")


def test_an_interrupt_ends_with_130(capsys, command):
    command(broken(KeyboardInterrupt()))
    code, _, err = run(capsys, "report")
    assert (code, err.strip()) == (130, "interrupted")


def test_an_unexpected_exception_is_one_line_and_a_file(capsys, command, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    command(broken(ZeroDivisionError("of\nsomething\x1b[2J")))
    code, out, err = run(capsys, "report")
    assert (code, out) == (3, "")
    assert "our own fault: ZeroDivisionError: of something\\x1b[2J" in err
    (written,) = tmp_path.iterdir()
    assert str(written) in err
    assert "Traceback" in written.read_text()
    assert "Traceback" not in err


@pytest.mark.parametrize("args", [["--debug", "report"], ["report", "--debug"]])
def test_debug_shows_the_traceback_and_writes_no_file(capsys, command, tmp_path, monkeypatch, args):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    command(broken(ZeroDivisionError("of something")))
    code, _, err = run(capsys, *args)
    assert (code, "Traceback" in err, list(tmp_path.iterdir())) == (3, True, [])


def test_a_missing_package_says_what_to_install(capsys, command):
    command(broken(ModuleNotFoundError("No module named 'sqlalchemy'", name="sqlalchemy.orm")))
    code, _, err = run(capsys, "report")
    assert code == 2
    assert "pip install 'autograder[grade]'" in err


def test_a_missing_module_of_ours_is_our_fault(capsys, command, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    command(broken(ModuleNotFoundError("No module named 'autograder.x'", name="autograder.x")))
    assert run(capsys, "report")[0] == 3


@pytest.mark.parametrize(("end", "code"), [(SystemExit(1), 1), (SystemExit(None), 0), (click.exceptions.Exit(1), 1)])
def test_commands_may_end_by_any_of_the_usual_ways(capsys, command, end, code):
    command(broken(end))
    assert run(capsys, "report")[0] == code


def test_text_of_students_reaches_no_terminal_raw():
    assert output.safe("a\x1b[2Jb\x07\x9bc\u202ed\ufeff") == "a\\x1b[2Jb\\x07\\x9bc\\u202ed\\ufeff"
    assert output.safe("王小明\tπ\n") == "王小明\tπ\n"
    assert output.safe("a\ud800") == "a\\ud800"


def test_a_terminal_without_chinese_is_no_reason_to_fail(tmp_path):
    code = "from autograder.cli.main import main\nmain(['submit', 'tensor-basics', 'mine.py', '--student', '王小明'])"
    course = make_course(tmp_path)
    (course / "mine.py").write_text(DONE)
    done = in_child(f"import sys\nsys.stdout.reconfigure(encoding='latin-1')\n{code}", cwd=course)
    assert done.returncode == 0, done.stderr
    assert "as \\u738b\\u5c0f\\u660e" in done.stdout


@pytest.mark.parametrize(
    ("environment", "language"),
    [({}, "en"), ({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LANG": "zh_CN.UTF-8", "AUTOGRADER_LANGUAGE": "en"}, "en")],
)
def test_the_language_is_that_of_the_environment(monkeypatch, environment, language):
    for name in ("LANG", "LC_ALL", "AUTOGRADER_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert output.language() == language


def test_the_module_runs_like_the_script(tmp_path):
    code = (
        "import runpy, sys\nsys.argv = ['autograder', '--version']\nrunpy.run_module('autograder', run_name='__main__')"
    )
    assert in_child(code, cwd=tmp_path).stdout == f"autograder {__version__}\n"
    assert Path(sys.executable).with_name("autograder").exists() or os.name == "nt"
