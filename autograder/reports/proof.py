"""The proof of a topic as a table: variants down, tasks across, how many checks each variant passed."""

from __future__ import annotations

from collections import defaultdict

from rich.table import Table
from rich.text import Text

from autograder.model.result import CheckResult, Outcome, TopicResult


def proof_table(topic: str, runs: list[tuple[str, str, int, TopicResult]], proven: bool) -> Table:
    """One row for each run (kind, name, seed, result): passed checks of each task, points, CPU seconds."""
    tasks = list(dict.fromkeys(check.task for _, _, _, result in runs for check in result.checks))
    mark = "✓ proven" if proven else "✗ not proven"
    table = Table(title=f"{topic}: {mark}", title_justify="left", pad_edge=False)
    table.add_column("variant", no_wrap=True, max_width=44)
    for task in tasks:
        table.add_column(task, justify="right", overflow="fold")
    table.add_column("points", justify="right")
    table.add_column("CPU s", justify="right")
    for kind, name, seed, result in runs:
        by_task: dict[str, list[CheckResult]] = defaultdict(list)
        for check in result.checks:
            by_task[check.task].append(check)
        label = kind if name == kind else f"{kind} {name}"
        label += f" #{seed}" if kind in ("solution", "accepted") else ""
        cells = [_cell(by_task[task]) for task in tasks]
        table.add_row(label, *cells, f"{result.points:.4g}", f"{result.cpu_s:.2f}")
    return table


def _cell(checks: list[CheckResult]) -> Text:
    passed = sum(check.outcome is Outcome.PASSED for check in checks)
    if any(check.outcome is Outcome.INTERNAL for check in checks):
        return Text("internal", style="bold red")
    style = "green" if passed == len(checks) else "yellow" if passed else "dim"
    return Text(f"{passed}/{len(checks)}", style=style)
