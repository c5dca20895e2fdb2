"""What every command says and how it ends: answers on stdout, talk on stderr, exit codes 0, 1, 2 and 3."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from autograder.reports.clean import PILED, UNSEEN, in_json

if TYPE_CHECKING:
    from rich.console import Console

FINE, WANTING, WRONG_USE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130

# Packages outside the base install, and the extra that brings them.
EXTRAS = {"torch": "check", "numpy": "check", "pytest": "check"}
EXTRAS |= {"sqlalchemy": "grade", "alembic": "grade", "jinja2": "grade", "nbformat": "notebook"}
EXTRAS |= {"cryptography": "receipt"}

json_option = click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")


def safe(text: str) -> str:
    """Text from a student as a terminal may show it: no escape sequences, no reordering, nothing invisible, no stray
    surrogates; new lines and tabs stay."""
    seen = UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
    return PILED.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), seen)


def say(text: str) -> None:
    """Talk, on stderr. Nobody there to hear it, or a full disk where it is kept, is no reason to stop grading."""
    with contextlib.suppress(OSError):
        click.echo(safe(text), err=True)


def answer(text: str) -> None:
    """An answer, on stdout."""
    click.echo(safe(text))


def print_json(data: Any) -> None:
    """An answer as JSON, on stdout; paths and times as text."""
    click.echo(in_json(json.dumps(data, ensure_ascii=False, indent=1, default=str)))


def console() -> Console:
    """A terminal for tables on stdout; 100 columns where stdout is no terminal and says no width."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 100
    return Console(width=width, highlight=False, markup=False, emoji=False)


def language() -> str:
    """`zh` where the user's environment asks for Chinese, else `en`."""
    wanted = os.environ.get("AUTOGRADER_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if wanted.lower().startswith("zh") else "en"


def leave(code: int) -> NoReturn:
    """End the command with an exit code."""
    raise click.exceptions.Exit(code)


def missing_extra(fault: ModuleNotFoundError) -> str:
    """What to install for a command whose packages are not there; "" if the missing module is our own fault."""
    extra = EXTRAS.get((fault.name or "").partition(".")[0], "")
    return f"this needs {fault.name}, which is not installed\n  -> pip install 'autograder[{extra}]'" if extra else ""


def show_trace(fault: BaseException) -> None:
    """The whole traceback, on stderr."""
    import traceback

    say("".join(traceback.format_exception(fault)).rstrip("\n"))


def report_fault(fault: BaseException, debug: bool) -> None:
    """One line about an unexpected exception, and where its traceback is."""
    import tempfile
    import traceback

    said = " ".join(f"{type(fault).__name__}: {fault}".split())[:300]
    place = "its traceback stands above" if debug else "run the same command with --debug to see where"
    if debug:
        show_trace(fault)
    else:
        with contextlib.suppress(OSError):  # no room for it: the line on stderr is what there is
            descriptor, name = tempfile.mkstemp(prefix="autograder-fault-", suffix=".txt")
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(safe("".join(traceback.format_exception(fault))))  # somebody will look at it in a terminal
            place = f"the traceback is in {name}; --debug prints it"
    say(f"autograder: our own fault: {said}\n  -> {place}")
