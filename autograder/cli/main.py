"""The entry point: a table of commands, each imported only when it is used, and the end of every command."""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from autograder import __version__
from autograder.cli import output
from autograder.errors import AutograderError

STUDENTS, INSTRUCTORS, AUTHORS = "Students", "Instructors", "Authors"


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command is and how the help lists it."""

    where: str  # "module:object"
    group: str
    help: str


COMMANDS = {
    "list": Command("autograder.cli.progress:list_topics", STUDENTS, "The topics of the course and your progress."),
    "start": Command("autograder.cli.student:start", STUDENTS, "Copy a topic's stub, text and visible checks here."),
    "check": Command("autograder.cli.check:check", STUDENTS, "Try the visible checks on your own code."),
    "submit": Command("autograder.cli.student:submit", STUDENTS, "Hand in a topic and get a receipt."),
    "receipt": Command("autograder.cli.receipt:receipt", STUDENTS, "Verify a receipt."),
    "collect": Command("autograder.cli.collect:collect", INSTRUCTORS, "Gather submissions from folders and archives."),
    "grade": Command("autograder.cli.grade:grade", INSTRUCTORS, "Grade submissions behind the wall."),
    "report": Command("autograder.cli.report:report", INSTRUCTORS, "Tables and pages of what was graded."),
    "audit": Command("autograder.cli.audit:audit", INSTRUCTORS, "Was anything stored changed by another hand?"),
    "keys": Command("autograder.cli.audit:keys", INSTRUCTORS, "The keys that sign; make a new one."),
    "doctor": Command("autograder.cli.doctor:doctor", INSTRUCTORS, "What this machine can enforce."),
    "demo": Command("autograder.cli.demo:demo", INSTRUCTORS, "Grade the sample class and show the reports."),
    "verify": Command("autograder.cli.verify:verify", AUTHORS, "Prove that the checks of the course are right."),
    "release": Command("autograder.cli.author:release", AUTHORS, "Write the student edition of the course."),
    "new": Command("autograder.cli.author:new", AUTHORS, "Make a new topic with its two folders."),
    "stubs": Command("autograder.cli.author:stubs", AUTHORS, "Cut every stub from its solution."),
}


class LazyGroup(click.Group):
    """Lists the table without importing any command."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].where.partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(args[0], COMMANDS, n=1)
        now = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(COMMANDS)}."
        raise click.UsageError(f"there is no command {output.safe(args[0])!r}. {now}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        width = max(map(len, COMMANDS))
        for group in (STUDENTS, INSTRUCTORS, AUTHORS):
            rows = [(f"{name:{width}}", command.help) for name, command in COMMANDS.items() if command.group == group]
            with formatter.section(group):
                formatter.write_dl(rows)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="autograder", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Print the whole traceback if something goes wrong on our side.")
def cli(debug: bool) -> None:
    """A deep-learning course that grades itself."""


def main(args: Sequence[str] | None = None) -> None:
    """Run a command and exit: 0 fine, 1 found wanting, 2 used wrongly, 3 our own fault, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese is no reason to fail
    given = list(sys.argv[1:] if args is None else args)
    debug = "--debug" in given[: given.index("--")] if "--" in given else "--debug" in given
    if debug:
        given.remove("--debug")  # welcome after the command as well
    sys.exit(run(given, debug))


def run(args: Sequence[str], debug: bool = False) -> int:
    """Run a command; its exit code. Nothing is raised."""
    try:
        code = cli.main(list(args), prog_name="autograder", standalone_mode=False)
    except SystemExit as end:
        code = end.code
    except BaseException as fault:
        return _told(fault, debug)
    return code if isinstance(code, int) else output.FINE


def _told(fault: BaseException, debug: bool) -> int:
    """Say what ended a command; the exit code for it."""
    if isinstance(fault, (click.Abort, KeyboardInterrupt)):
        output.say("interrupted")
        return output.INTERRUPTED
    if isinstance(fault, click.ClickException):
        said = io.StringIO()  # it may repeat the name of a file
        fault.show(said)
        output.say(said.getvalue().rstrip("\n"))
        return output.WRONG_USE
    advice = output.missing_extra(fault) if isinstance(fault, ModuleNotFoundError) else ""
    if isinstance(fault, AutograderError) or advice:
        if debug:
            output.show_trace(fault)
        output.say(f"autograder: {advice or fault}")
        return fault.exit_code if isinstance(fault, AutograderError) else output.WRONG_USE
    output.report_fault(fault, debug)
    return output.OUR_FAULT
