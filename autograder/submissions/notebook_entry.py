"""A notebook among the files of a submission: taken as the topic's file, with the script that is run beside it."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.model.submission import Problem, SubmittedFile
from autograder.submissions import problems
from autograder.submissions.notebook_cells import Unreadable, topic_of
from autograder.submissions.notebook_script import script
from autograder.submissions.topics import TopicName, plain_stems

OPEN = b"raise NotImplementedError"


def notebook_names(module: str) -> tuple[str, str]:
    """What the course calls the notebook of a topic: in English, in Chinese."""
    return f"{module}.ipynb", f"{module}.zh.ipynb"


def is_notebook(file: SubmittedFile, topic: TopicName) -> bool:
    """Whether this is a notebook for the topic: by its name, or by what the course wrote into it."""
    name = file.path.lower()
    if "/" in name or not name.endswith(".ipynb"):
        return False
    stem = file.path[: -len(".ipynb")]
    return topic.module in plain_stems(stem.removesuffix(".zh")) or topic_of(file.data) == topic.slug


def undone(data: bytes) -> int:
    """How much is still as the course gave it."""
    return data.count(OPEN)


def take_notebook(
    files: Sequence[SubmittedFile], code: Sequence[SubmittedFile], notebooks: Sequence[SubmittedFile], topic: TopicName
) -> tuple[list[SubmittedFile], list[Problem]]:
    """The files with the one to run. Where there is also a Python file, or a second notebook, the one counts in which
    more is done; a Python file where that is the same."""
    candidates = [*code, *notebooks]
    chosen = min(candidates, key=lambda file: undone(file.data))
    most = max(undone(file.data) for file in candidates)
    rivals = [file.path for file in candidates if file.data != chosen.data and undone(file.data) < most]
    said = [problems.also_there(rivals, chosen.path)] if rivals else []
    kept = [file for file in files if file not in (chosen, *code) and file.path != topic.entry]
    if chosen in code:
        return sorted([*kept, SubmittedFile(topic.entry, chosen.data)], key=lambda file: file.path), said
    try:
        made = script(chosen.data, chosen.path)
    except Unreadable as fault:
        return list(files), [fault.problem]
    notebook = notebook_names(topic.module)[0]
    kept = [file for file in kept if file.path != notebook]
    kept += [SubmittedFile(topic.entry, made.text.encode()), SubmittedFile(notebook, chosen.data)]
    return sorted(kept, key=lambda file: file.path), [*said, *made.problems]
