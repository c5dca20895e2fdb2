"""Commands for authors of a course: `new`, `stubs`, `release`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

COURSE = click.option(
    "--course",
    "course_dir",
    type=click.Path(path_type=Path),
    help="Folder of the course (default: the nearest one, from here upwards, with grading.yml).",
)
JSON = click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@COURSE
@JSON
def release(target: Path, course_dir: Path | None, as_json: bool) -> None:
    """Write the student edition into DIR and prove that nothing of the staff's side is in it.

    DIR is new, empty, or an earlier release, which is replaced; its .git stays.
    """
    from autograder.course.discover import load_course
    from autograder.course.release import release as write

    done = write(load_course(_root(course_dir)), target)
    proof = done.proof
    if as_json:
        counts = {"files": proof.files, "lines": proof.lines, "answers": proof.answers, "hidden": proof.hidden}
        _print_json({"target": str(done.target), "topics": done.topics, "replaced": done.replaced, "proof": counts})
        return
    verb = "replaced" if done.replaced else "written"
    click.echo(f"student edition {verb}: {done.target}")
    click.echo(f"  {done.topics} topics, {proof.files} files, {proof.lines:,} lines")
    click.echo(f"  proof: none of {proof.answers:,} answer lines, none of {proof.hidden:,} lines of hidden checks,")
    click.echo("         other solutions, known mistakes and notes; no staff file, no link, no compiled code")


@click.command()
@click.argument("topic", metavar="TOPIC")
@click.option("--number", type=int, help="Number of its folders (default: the next free one).")
@click.option("--title", help="Title in English (default: made from the name).")
@click.option("--title-zh", help="Title in Chinese (default: the English one).")
@COURSE
@JSON
def new(
    topic: str, number: int | None, title: str | None, title_zh: str | None, course_dir: Path | None, as_json: bool
) -> None:
    """Make both halves of TOPIC, such as weight-decay, with small working content, and list it in grading.yml."""
    from autograder.course.scaffold import NewTopic, new_topic

    root = _root(course_dir)
    english = title or topic.replace("-", " ").capitalize()
    files = [
        path.relative_to(root).as_posix()
        for path in new_topic(root, NewTopic(topic, english, title_zh or english, number))
    ]
    if as_json:
        _print_json({"topic": topic, "files": files})
        return
    click.echo("\n".join(files))
    click.echo(f"next: write the solution, run `autograder stubs`, then `autograder verify {topic}`", err=True)


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a stub is out of step.")
@COURSE
@JSON
def stubs(check: bool, course_dir: Path | None, as_json: bool) -> None:
    """Cut the stub of every topic from its solution."""
    from autograder.course.stubs import stub_faults, write_stubs

    root = _root(course_dir)
    if check:
        faults = stub_faults(root)
        _print_json({"faults": [str(fault) for fault in faults]}) if as_json else _print_lines(
            faults, "every stub fits"
        )
        click.get_current_context().exit(1 if faults else 0)
    written = [path.relative_to(root).as_posix() for path in write_stubs(root)]
    _print_json({"written": written}) if as_json else _print_lines(written, "every stub was up to date")


def _root(course_dir: Path | None) -> Path:
    """The folder named with --course, or the course around us."""
    from autograder.course.discover import course_folder, find_root

    return course_folder(course_dir) if course_dir else find_root(Path.cwd())


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _print_lines(lines: list[Any], otherwise: str) -> None:
    for line in lines:
        click.echo(str(line))
    if not lines:
        click.echo(otherwise, err=True)
