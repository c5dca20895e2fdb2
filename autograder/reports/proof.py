"""The proof of a course for the terminal: one line for each topic, and the whole matrix on demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.table import Table
from rich.text import Text

from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.reports import figures

Row = tuple[str, str, int, TopicResult]  # kind, name, seed, result
ENOUGH_PERCENT = 95  # of a topic's mutants


@dataclass(frozen=True, slots=True)
class MutationLine:
    """What became of the mutants of one task, or of a topic as a whole (then `task` is empty)."""

    topic: str
    task: str
    made: int
    caught: int
    survived: int
    equivalent: int
    share: float  # of those that are not equivalent
    enough: bool = True
    left_out: int = 0


def summary_table(proofs: Sequence[tuple[str, bool, Sequence[Row]]]) -> Table:
    """One line for each topic (slug, proven, rows): how many variants of each kind, checks, CPU seconds."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("topic")
    for name in ("checks", "solution", "accepted", "mistakes", "garbage", "CPU s"):
        table.add_column(name, justify="right")
    table.add_column("")
    for slug, proven, rows in proofs:
        kinds = [kind for kind, _, _, _ in rows]
        checks = next((len(result.checks) for kind, _, _, result in rows if kind == "solution"), 0)
        counts = [str(kinds.count(kind)) for kind in ("solution", "accepted", "mistake", "garbage")]
        spent = sum(result.cpu_s for _, _, _, result in rows)
        state = Text("✓ proven", style="green") if proven else Text("✗ not proven", style="bold red")
        table.add_row(slug, str(checks), *counts, f"{spent:.1f}", state)
    return table


def matrix(topic: str, rows: Sequence[Row]) -> Table:
    """Variants down, tasks across: how many of the checks of each task that it faced a variant passed, "·" if it faced
    none; its points (of a mistake only those of the checks it faced) and CPU seconds."""
    tasks = list(dict.fromkeys(check.task for _, _, _, result in rows for check in result.checks))
    table = Table(title=topic, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("variant", no_wrap=True, max_width=44)
    for task in tasks:
        table.add_column(task, justify="right", overflow="fold", min_width=5)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("CPU s", justify="right", no_wrap=True)
    for kind, name, seed, result in rows:
        by_task: dict[str, list[CheckResult]] = defaultdict(list)
        for check in result.checks:
            by_task[check.task].append(check)
        label = kind if name == kind else f"{kind} {name}"
        label += f" #{seed}" if kind in ("solution", "accepted") else ""
        table.add_row(label, *(_cell(by_task[task]) for task in tasks), f"{result.points:.4g}", f"{result.cpu_s:.2f}")
    return table


def _cell(checks: list[CheckResult]) -> Text:
    if not checks:
        return Text("·", style="dim")
    passed = sum(check.outcome is Outcome.PASSED for check in checks)
    if any(check.outcome is Outcome.INTERNAL for check in checks):
        return Text("internal", style="bold red")
    style = "green" if passed == len(checks) else "yellow" if passed else "dim"
    return Text(f"{passed}/{len(checks)}", style=style)


def mutation_table(lines: Sequence[MutationLine]) -> Table:
    """One line for each task and one below them for each topic: how many of its mutants were noticed."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("mutants of")
    for name in ("made", "caught", "survived", "equivalent", "share"):
        table.add_column(name, justify="right")
    table.add_column("")
    for line in lines:
        numbers = [str(number) for number in (line.made, line.caught, line.survived, line.equivalent)]
        share = f"{figures.percent(line.share)} %" if line.made else ""
        if line.task:
            table.add_row(f"  {line.task}", *numbers, share, "")
            continue
        missed = f"✗ below {ENOUGH_PERCENT} %" if 100 * line.share < ENOUGH_PERCENT else "✗ see below"
        state = Text("✓ enough", "green") if line.enough else Text(missed, "bold red")
        if line.left_out:
            state.append(f", {line.left_out} left out", "default")
        table.add_row(Text(line.topic, "bold"), *numbers, share, state, end_section=True)
    return table
