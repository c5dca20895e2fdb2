"""`autograder verify`: the proof that a course's checks are right."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import output, verify_show
from autograder.cli.workspace import course_option, need_course

if TYPE_CHECKING:
    from autograder.cli.verify_run import Conditions
    from autograder.grading.mutation import TopicMutation
    from autograder.grading.proof import TopicProof
    from autograder.model.course import Course, Topic


@click.command()
@click.argument("topics", nargs=-1)
@course_option
@click.option("--seeds", default=3, show_default=True, type=click.IntRange(1), help="Seeds for the right solutions.")
@click.option("--first-seed", default=1, show_default=True, help="The first of these seeds.")
@click.option("--mutate", is_flag=True, help="Also change the solution in one place at a time: is it noticed?")
@click.option("--mutants", default=None, type=click.IntRange(1), help="At most so many for each topic (all).")
@click.option("-j", "--jobs", default=None, type=click.IntRange(1), help="Grader processes (default: one per core).")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True)
@click.option("--every-check", is_flag=True, help="Let every mistake face every check, also those it can't change.")
@click.option("--again", is_flag=True, help="Run everything, also what has not changed since it was proven.")
@click.option("--matrix", "whole", is_flag=True, help="Show every variant, task by task.")
@click.option("--html", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write everything as a page.")
@output.json_option
def verify(  # noqa: PLR0913  # one argument per option
    *,
    topics: tuple[str, ...],
    course_dir: Path | None,
    seeds: int,
    first_seed: int,
    mutate: bool,
    mutants: int | None,
    jobs: int | None,
    device: str,
    every_check: bool,
    again: bool,
    whole: bool,
    page: Path | None,
    as_json: bool,
) -> None:
    """Prove the checks of TOPICS (all, without arguments).

    The stub must earn nothing, the solution and every accepted way everything on every seed, every known mistake must
    fail the checks it names, every check must be tripped by some mistake, and no nonsense may break a check. With
    --mutate, 95 % of the mutants of each topic's solution must be caught. Everything runs isolated, as a class would;
    what has not changed since it was found to be right is not run again.
    """
    from autograder.cli.verify_run import Conditions
    from autograder.course.discover import load_course
    from autograder.course.stubs import stub_faults
    from autograder.errors import ConfigError

    course = load_course(need_course(course_dir, Path.cwd()))
    chosen = _chosen(course, topics)
    if faults := stub_faults(course.root):
        raise ConfigError(faults)
    if page:
        _make_room(page)
    conditions = Conditions(range(first_seed, first_seed + seeds), device, mutants, every_check)
    proofs, mutations = _run(course, chosen, conditions, jobs, mutate=mutate or mutants is not None, again=again)
    if page:
        _write(page, verify_show.page(course, proofs, mutations))
    if as_json:
        output.print_json([verify_show.plain(proof, mutations.get(proof.topic)) for proof in proofs])
    else:
        verify_show.show(course, proofs, mutations, whole=whole)
    fine = all(proof.proven for proof in proofs) and all(mutation.enough for mutation in mutations.values())
    output.leave(output.FINE if fine else output.WANTING)


def _chosen(course: Course, slugs: tuple[str, ...]) -> list[Topic]:
    from difflib import get_close_matches

    from autograder.errors import UsageError

    known = [topic.slug for topic in course.topics]
    for slug in slugs:
        if slug not in known:
            near = get_close_matches(slug, known, 1)
            raise UsageError(f"no topic {slug!r}", now=f"did you mean {near[0]}?" if near else "see `autograder list`")
    return [topic for topic in course.topics if not slugs or topic.slug in slugs]


def _run(
    course: Course, topics: list[Topic], conditions: Conditions, jobs: int | None, *, mutate: bool, again: bool
) -> tuple[list[TopicProof], dict[str, TopicMutation]]:
    """The proof of each topic, and what became of its mutants if they were asked for."""
    from rich.console import Console

    import autograder
    from autograder.cli.verify_progress import Progress
    from autograder.cli.verify_run import Verifier
    from autograder.engine.memory import Memory, program_digest

    folder = _memory_folder()
    memory = Memory(folder, program_digest(Path(autograder.__file__).parent), forget=again)
    with Progress(Console(stderr=True)) as progress, Verifier(course, conditions, memory, progress, folder) as verifier:
        chosen = verifier.choose(topics) if mutate else []
        verifier.start(jobs)
        proofs = verifier.prove(topics)
        mutations = verifier.mutate(chosen, proofs)
    if known := sum(verifier.remembered.values()):
        output.say(f"{known} runs were taken from memory ({folder}); --again runs everything")
    return proofs, {mutation.topic: mutation for mutation in mutations}


def _make_room(page: Path) -> None:
    """The page's folder, made before the work begins: better refused now than afterwards."""
    with _explained(page):
        page.parent.mkdir(parents=True, exist_ok=True)


def _write(page: Path, text: str) -> None:
    from autograder.course.files import replace_file

    with _explained(page):
        replace_file(page, text)
    output.say(f"written: {page}")


@contextmanager
def _explained(page: Path) -> Iterator[None]:
    from autograder.errors import UsageError

    try:
        yield
    except OSError as fault:
        what = f"the page can't be written: {fault.strerror}"
        raise UsageError(what, where=str(page), now="name another file") from fault


def _memory_folder() -> Path:
    """Where what was proven is remembered: the user's cache, never the course, so that it gets into no repository."""
    cache = os.environ.get("XDG_CACHE_HOME") or ""
    return (Path(cache) if Path(cache).is_absolute() else Path.home() / ".cache") / "autograder" / "verify"
