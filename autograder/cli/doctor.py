"""`autograder doctor`: can this machine grade, what holds its wall up, what to do if something is missing."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table

    from autograder.model.result import LimitNote
    from autograder.sandbox.facts import Fact

_SEVERAL = 2  # processes of a sandbox with workers, to say how their limits hold
_PROVEN, _MISSING = "[green]proven[/]", "[red]missing[/]"


@dataclass(frozen=True)
class Layer:
    """`holes` is None where it was not tried; `why` then says what came before."""

    name: str
    against: str
    holes: list[str] | None
    why: str = ""


@dataclass
class Findings:
    facts: list[Fact]
    layers: list[Layer] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)  # all that keeps this machine from grading, beside the facts
    limits: tuple[LimitNote, ...] = ()
    limits_of_several: tuple[LimitNote, ...] = ()  # of a sandbox that may start processes

    @property
    def missing(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.ok is False]

    @property
    def can_grade(self) -> bool:
        return not self.missing and not self.holes


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def doctor(as_json: bool) -> None:
    """Say whether this machine can grade, and how each limit is enforced here.

    Looks at the machine, then starts sandboxes that try to break every layer of the wall. Nothing is changed. Exits
    with 0 if the wall holds, with 1 if this machine can't grade.
    """
    from autograder.sandbox.facts import machine_facts

    facts = machine_facts()
    if all(fact.ok is not False for fact in facts):
        from autograder.sandbox import speed

        facts.append(speed.fact(speed.measure()))
    findings = Findings(facts)
    _try_wall(findings)
    if as_json:
        found = {"can_grade": findings.can_grade, "missing": [fact.name for fact in findings.missing]}
        click.echo(json.dumps({**found, **asdict(findings)}, ensure_ascii=False, indent=1))
    else:
        _show(findings)
        click.echo(_conclusion(findings))
    sys.exit(0 if findings.can_grade else 1)


def _try_wall(findings: Findings) -> None:
    """Let canaries try every layer, and ask two kinds of sandbox how their limits are enforced."""
    from autograder.errors import AutograderError
    from autograder.model.course import Limits
    from autograder.sandbox import canary
    from autograder.sandbox.launcher import CANARY, Zygote

    against = {**canary.LAYERS, "workers": "more processes, and more memory in all of them together, than allowed"}
    found: dict[str, list[str]] = {}
    why = "not tried, for want of what is missing above"
    if not findings.missing:
        try:
            with Zygote(preload=None, guest=CANARY, prove=False) as zygote:
                found = canary.examine(zygote)
                found["workers"] = canary.prove_workers(zygote)
                one, several = zygote.spawn(Limits()), zygote.spawn(Limits(processes=_SEVERAL))
                findings.limits, findings.limits_of_several = one.notes, several.notes
                one.close()
                several.close()
        except AutograderError as error:
            findings.holes.append(str(error))
            why = "not proven, see below"
    findings.holes += dict.fromkeys(hole for holes in found.values() for hole in holes)
    findings.layers += [
        Layer(name, what, found.get(name), "" if name in found else why) for name, what in against.items()
    ]


def _show(findings: Findings) -> None:
    from rich.console import Console

    console = Console()
    for table in (_machine(findings), _wall(findings), _limits(findings)):
        if table.row_count:
            console.print(table)


def _table(title: str, *headings: str) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _machine(findings: Findings) -> Table:
    from rich.markup import escape

    table = _table("This machine", "", "what", "found", "what follows")
    marks = {True: "[green]ok[/]", False: _MISSING, None: ""}
    for fact in findings.facts:
        table.add_row(marks[fact.ok], fact.name, escape(fact.value), escape(fact.consequence))
    return table


def _wall(findings: Findings) -> Table:
    from rich.markup import escape

    table = _table("The wall, layer by layer", "", "layer", "keeps a student's code from", "found")
    for layer in findings.layers:
        mark = "" if layer.holes is None else "[red]hole[/]" if layer.holes else _PROVEN
        table.add_row(mark, layer.name, layer.against, escape(layer.why or "; ".join(layer.holes or [])))
    for hole in findings.holes:
        if not any(hole in (layer.holes or []) for layer in findings.layers):
            table.add_row("[red]refused[/]", "the wall", "", escape(hole))
    return table


def _limits(findings: Findings) -> Table:
    table = _table("Limits", "of", "a topic's default", "one process", f"with {_SEVERAL} more processes")
    for one, several in zip(findings.limits, findings.limits_of_several, strict=True):
        table.add_row(
            one.name, one.value, one.enforced, "the same" if one.enforced == several.enforced else several.enforced
        )
    return table


def _conclusion(findings: Findings) -> str:
    if findings.missing:
        todo = "; ".join(f"{fact.name}: {fact.consequence or fact.value}" for fact in findings.missing)
        return f"This machine can't grade yet. {todo}."
    if holes := len(findings.holes):
        return f"This machine can't grade: the wall has {holes} hole{'s' if holes != 1 else ''}, see above."
    return "This machine can grade: sandboxes tried to break every layer of the wall, and every layer held."
