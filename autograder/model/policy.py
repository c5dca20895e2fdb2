"""How points become a score: weights, due dates, late penalties. Values only; the arithmetic is in grading/score.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """A late submission loses `per_day` of its points for each day begun after the grace time, never below `floor`."""

    per_day: float = 0.0  # 0.1 is ten percent of the points a day
    grace_minutes: int = 0
    floor: float = 0.0  # the part of the points that lateness can't take


@dataclass(frozen=True, slots=True)
class TopicPolicy:
    """What grading.yml says of one topic. `weight` is its share in the course score; `due` has a time zone."""

    weight: float = 1.0
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of a course; `topics` maps a topic's slug to its own."""

    late: LatePolicy = LatePolicy()
    topics: Mapping[str, TopicPolicy] = field(default_factory=dict)

    def of(self, slug: str) -> TopicPolicy:
        return self.topics.get(slug, TopicPolicy())
