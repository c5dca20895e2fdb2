"""What may stand in grading.yml and topic.yml. docs/grading-yml.md says it in words."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from autograder.course.layout import SLUG


def moment(value: Any) -> Any:
    """A due date that YAML took for text, because it is quoted or has no seconds; anything else as it is."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Share = Annotated[float, Field(ge=0, le=1)]
Above = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(ge=0)]
Size = Annotated[int, Field(gt=0)]
FEWEST_FILES = 32  # open at a time: Python itself needs some to import a module
LARGEST_MESSAGE = 256  # MiB; the grader holds no more of one sandbox at a time


class Section(BaseModel):
    """Unknown keys are faults, and a text is never taken for a number."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class TextSection(Section):
    en: Sentence
    zh: Sentence


class LimitsSection(Section):
    """The keys of model.course.Limits; what is not written keeps the value of the wider place."""

    cpu_s: Above = 1
    wall_s: Above = 1
    memory_mb: Size = 1
    processes: Count = 0
    output_kb: Size = 1
    disk_mb: Size = 1
    inodes: Size = 1
    files: Annotated[int, Field(ge=FEWEST_FILES)] = FEWEST_FILES
    message_mb: Annotated[int, Field(gt=0, le=LARGEST_MESSAGE)] = 1
    calls: Count = 0


class LateSection(Section):
    per_day: Share = 0
    grace_minutes: Count = 0
    floor: Share = 0


class TopicEntry(Section):
    """One line of the list `topics` in grading.yml."""

    topic: Slug
    weight: Annotated[float, Field(ge=0)] = 1
    due: Annotated[AwareDatetime, BeforeValidator(moment)] = None  # type: ignore[assignment]  # not written: no due date
    limits: LimitsSection = LimitsSection()


class GradingFile(Section):
    course: TextSection
    submit_to: Sentence = ""
    keys: Sentence = ""
    late: LateSection = LateSection()
    limits: LimitsSection = LimitsSection()
    topics: Annotated[list[TopicEntry], Field(min_length=1)]


class TaskEntry(Section):
    name: Name
    points: Above
    title: TextSection


class TopicFile(Section):
    title: TextSection
    needs: list[Slug] = []
    minutes: Size = 60
    difficulty: Annotated[int, Field(ge=1, le=5)] = 2
    tasks: Annotated[list[TaskEntry], Field(min_length=1)]
    limits: LimitsSection = LimitsSection()
    hidden_checks: Count = 0  # written by `release`, so that a student edition can say how many there are
