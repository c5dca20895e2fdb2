"""`autograder verify`: the proof that a course's checks are right."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli import output
from autograder.cli.workspace import course_option, need_course

if TYPE_CHECKING:
    from autograder.engine.prove import Trial
    from autograder.grading.proof import Run, TopicProof
    from autograder.model.course import Course


@click.command()
@click.argument("topics", nargs=-1)
@course_option
@click.option("--seeds", default=3, show_default=True, type=click.IntRange(1), help="Seeds for the right solutions.")
@click.option("--first-seed", default=1, show_default=True, help="The first of these seeds.")
@click.option("-j", "--jobs", default=None, type=click.IntRange(1), help="Grader processes (default: one per core).")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True)
@click.option("--matrix", "whole", is_flag=True, help="Show every variant, task by task.")
@output.json_option
def verify(  # noqa: PLR0913  # one argument per option
    topics: tuple[str, ...],
    course_dir: Path | None,
    seeds: int,
    first_seed: int,
    jobs: int | None,
    device: str,
    whole: bool,
    as_json: bool,
) -> None:
    """Prove the checks of TOPICS (all, without arguments).

    The stub must earn nothing, the solution and every accepted way everything on every seed, every known mistake must
    fail the checks it names, every check must be tripped by some mistake, and no nonsense may break a check. Everything
    runs isolated, as a class would.
    """
    from autograder.course.discover import load_course
    from autograder.course.stubs import stub_faults
    from autograder.errors import ConfigError

    course = load_course(need_course(course_dir, Path.cwd()))
    chosen = _chosen(course, topics)
    if faults := stub_faults(course.root):
        raise ConfigError(faults)
    proofs = _prove(course, chosen, range(first_seed, first_seed + seeds), jobs, device)
    if as_json:
        output.print_json([_plain(proof) for proof in proofs])
    else:
        _show(proofs, whole)
    output.leave(output.FINE if all(proof.proven for proof in proofs) else output.WANTING)


def _chosen(course: Course, slugs: tuple[str, ...]) -> list[Any]:
    from difflib import get_close_matches

    from autograder.errors import UsageError

    known = [topic.slug for topic in course.topics]
    for slug in slugs:
        if slug not in known:
            near = get_close_matches(slug, known, 1)
            raise UsageError(f"no topic {slug!r}", now=f"did you mean {near[0]}?" if near else "see `autograder list`")
    return [topic for topic in course.topics if not slugs or topic.slug in slugs]


def _prove(course: Course, topics: list[Any], seeds: range, jobs: int | None, device: str) -> list[TopicProof]:
    from autograder.engine.local import LocalEngine, worker_command
    from autograder.engine.prove import run_trials, trials
    from autograder.grading.proof import prove

    todo: list[Trial] = [trial for topic in topics for trial in trials(topic, seeds, device)]
    runs: dict[str, list[Run]] = defaultdict(list)
    command = worker_command("wall", device, course.root)
    with LocalEngine(jobs or os.cpu_count() or 1, command) as engine, _progress(len(todo)) as step:
        for trial, run in run_trials(todo, engine):
            runs[trial.job.topic.slug].append(run)
            step(f"{trial.job.topic.slug}: {trial.kind} {trial.name}")
    order = {trial.job.id: number for number, trial in enumerate(todo)}
    for ran in runs.values():
        ran.sort(key=lambda run: order[f"{run.result.topic}/{run.kind}/{run.name}/{run.seed}"])
    return [prove(topic, runs[topic.slug]) for topic in topics]


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on stderr, if a person is looking."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("starting", total=total)
        yield lambda text: progress.update(bar, advance=1, description=text)


def _plain(proof: TopicProof) -> dict[str, Any]:
    return {
        "topic": proof.topic,
        "proven": proof.proven,
        "faults": list(proof.faults),
        "runs": [
            {
                "kind": run.kind,
                "name": run.name,
                "seed": run.seed,
                "points": run.result.points,
                "cpu_s": run.result.cpu_s,
                "checks": {check.check: str(check.outcome) for check in run.result.checks},
            }
            for run in proof.runs
        ],
    }


def _show(proofs: list[TopicProof], whole: bool) -> None:
    from autograder.reports.proof import matrix, summary_table

    console = output.console()
    rows = {proof.topic: [(run.kind, run.name, run.seed, run.result) for run in proof.runs] for proof in proofs}
    if whole:
        for proof in proofs:
            console.print(matrix(proof.topic, rows[proof.topic]))
    console.print(summary_table([(proof.topic, proof.proven, rows[proof.topic]) for proof in proofs]))
    for proof in proofs:
        for fault in proof.faults:
            console.print(f"  ✗ {proof.topic}: {fault}", markup=False, highlight=False, soft_wrap=True)
