"""Commands for authors of a course: `new`, `stubs`, `release`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import output
from autograder.cli.hand import db_option, key_folder, keys_option

if TYPE_CHECKING:
    from autograder.signing.folder import KeyFolder

COURSE = click.option(
    "--course",
    "course_dir",
    type=click.Path(path_type=Path),
    help="Folder of the course (default: the nearest one, from here upwards, with grading.yml).",
)


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@db_option
@keys_option
@COURSE
@output.json_option
def release(target: Path, database: Path | None, keys: Path | None, course_dir: Path | None, as_json: bool) -> None:
    """Write the student edition into DIR and prove that nothing of the staff's side is in it.

    DIR is new, empty, or an earlier release, which is replaced; its .git stays. The course's public keys go with it, so
    that students can verify the receipts that the course signs; if the course has no key yet, one is made.
    """
    from autograder.course.discover import load_course
    from autograder.course.release import release as write

    course = load_course(_root(course_dir))
    done = write(course, target, _public_keys(key_folder(course.root, database, keys)))
    proof = done.proof
    if as_json:
        counts = {"files": proof.files, "lines": proof.lines, "answers": proof.answers, "hidden": proof.hidden}
        result = {"target": str(done.target), "topics": done.topics, "replaced": done.replaced, "proof": counts}
        output.print_json(result)
        return
    verb = "replaced" if done.replaced else "written"
    output.answer(f"student edition {verb}: {done.target}")
    output.answer(f"  {done.topics} topics, {proof.files} files, {proof.lines:,} lines")
    output.answer(f"  proof: none of {proof.answers:,} answer lines, none of {proof.hidden:,} lines of hidden checks,")
    output.answer("         other solutions, known mistakes and notes; no staff file, no link, no compiled code")


def _public_keys(folder: KeyFolder) -> dict[str, bytes]:
    """The file of public keys, of now and of before; none where nothing can sign."""
    from autograder.submissions.countersign import KEYS_FILE

    try:
        first = folder.first().public
        known = {first.id: first} | folder.public()
        return {KEYS_FILE: b"".join(known[key_id].pem() for key_id in sorted(known))}
    except ModuleNotFoundError as fault:
        output.say(f"warning: without the course's public key: {output.missing_extra(fault) or fault}")
        return {}


@click.command()
@click.argument("topic", metavar="TOPIC")
@click.option("--number", type=int, help="Number of its folders (default: the next free one).")
@click.option("--title", help="Title in English (default: made from the name).")
@click.option("--title-zh", help="Title in Chinese (default: the English one).")
@COURSE
@output.json_option
def new(
    topic: str, number: int | None, title: str | None, title_zh: str | None, course_dir: Path | None, as_json: bool
) -> None:
    """Make both halves of TOPIC, such as weight-decay, with small working content, and list it in grading.yml."""
    from autograder.course.scaffold import NewTopic, new_topic

    root = _root(course_dir)
    english = title or topic.replace("-", " ").capitalize()
    written = new_topic(root, NewTopic(topic, english, title_zh or english, number))
    files = [path.relative_to(root).as_posix() for path in written]
    if as_json:
        output.print_json({"topic": topic, "files": files})
        return
    output.answer("\n".join(files))
    output.say(f"next: write the solution, run `autograder stubs`, then `autograder verify {topic}`")


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a stub is out of step.")
@COURSE
@output.json_option
def stubs(check: bool, course_dir: Path | None, as_json: bool) -> None:
    """Cut the stub of every topic from its solution."""
    from autograder.course.stubs import stub_faults, write_stubs

    root = _root(course_dir)
    if check:
        faults = stub_faults(root)
        _print("faults", [str(fault) for fault in faults], "every stub fits its solution", as_json)
        output.leave(output.WANTING if faults else output.FINE)
    _print("written", [path.relative_to(root).as_posix() for path in write_stubs(root)], "every stub fits", as_json)


def _root(course_dir: Path | None) -> Path:
    """The folder named with --course, or the course around us."""
    from autograder.course.discover import course_folder, find_root

    return course_folder(course_dir) if course_dir else find_root(Path.cwd())


def _print(key: str, lines: list[str], otherwise: str, as_json: bool) -> None:
    if as_json:
        output.print_json({key: lines})
    elif lines:
        output.answer("\n".join(lines))
    else:
        output.say(otherwise)
