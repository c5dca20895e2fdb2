"""`autograder doctor`: can this machine grade, what holds its wall up, what to do if something is missing."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from autograder.model.result import LimitNote
    from autograder.sandbox.facts import Fact


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def doctor(as_json: bool) -> None:
    """Say whether this machine can grade, and how each limit is enforced here.

    Looks at the machine, then starts two sandboxes that try to break the wall. Nothing is changed. Exits with 0 if
    the wall holds, with 1 if this machine can't grade.
    """
    from autograder.sandbox.facts import machine_facts

    facts = machine_facts()
    if all(fact.ok is not False for fact in facts):
        from autograder.sandbox import speed

        facts.append(speed.fact(speed.measure()))
    missing = [fact for fact in facts if fact.ok is False]
    holes, notes = ([], ()) if missing else _try_wall()
    can_grade = not missing and not holes
    if as_json:
        found = {"can_grade": can_grade, "facts": facts, "holes": holes, "limits": notes}
        click.echo(json.dumps(found, default=asdict, ensure_ascii=False, indent=1))
    else:
        _show(facts, holes, notes)
        click.echo(_conclusion(missing, holes))
    sys.exit(0 if can_grade else 1)


def _try_wall() -> tuple[list[str], tuple[LimitNote, ...]]:
    """The holes that the canary found in a wall of this machine, and how limits are enforced behind it."""
    from autograder.errors import AutograderError
    from autograder.model.course import Limits
    from autograder.sandbox import canary
    from autograder.sandbox.launcher import CANARY, Zygote

    try:
        with Zygote(preload=None, guest=CANARY, prove=False) as zygote:
            holes = canary.prove(zygote) + canary.prove_workers(zygote)
            sandbox = zygote.spawn(Limits())
            sandbox.close()
            return holes, sandbox.notes
    except AutograderError as error:
        return [str(error)], ()


def _show(facts: list[Fact], holes: list[str], notes: tuple[LimitNote, ...]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title="This machine", title_justify="left")
    for heading in ("", "what", "found", "what follows"):
        table.add_column(heading, overflow="fold")
    marks = {True: "[green]ok[/]", False: "[red]missing[/]", None: ""}
    for fact in facts:
        table.add_row(marks[fact.ok], fact.name, escape(fact.value), escape(fact.consequence))
    for note in notes:
        table.add_row("", f"limit on {note.name}", note.value, note.enforced)
    for hole in holes:
        table.add_row("[red]hole[/]", "the wall", escape(hole), "")
    Console().print(table)


def _conclusion(missing: list[Fact], holes: list[str]) -> str:
    if missing:
        todo = "; ".join(f"{fact.name}: {fact.consequence or fact.value}" for fact in missing)
        return f"This machine can't grade yet. {todo}."
    if holes:
        return f"This machine can't grade: the wall has {len(holes)} hole{'s' if len(holes) != 1 else ''}, see above."
    return "This machine can grade: two sandboxes tried to break every layer of the wall, and every layer held."
