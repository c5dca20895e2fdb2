"""Mutants as jobs: graded like a submission, through the same wall, each to its first failed check."""

from __future__ import annotations

from dataclasses import replace

from autograder.course.discover import topic_spec
from autograder.course.mutants import Mutant, hollowed
from autograder.course.stubs import solution_of
from autograder.engine.prove import Trial, trial
from autograder.model.course import Topic
from autograder.model.job import TopicSpec

HOLLOW, MUTANT = "hollow", "mutant"


def hollow_trials(topic: Topic, seed: int, device: str, only: tuple[str, ...] = ()) -> list[Trial]:
    """The solution without one of its functions at a time: which checks (of `only`, none: of all) miss it?

    Only those can see that function go wrong.
    """
    spec = topic_spec(topic)
    made = [trial(spec, HOLLOW, place, seed, text, device) for place, text in hollowed(solution_of(topic)).items()]
    return [replace(each, job=replace(each.job, only=only)) for each in made]


def mutant_trial(
    spec: TopicSpec, mutant: Mutant, checks: tuple[str, ...], cpu_s: float, seed: int, device: str
) -> Trial:
    """A mutant against `checks` (none: all), each of which may use `cpu_s` seconds where it does not say its own."""
    tight = replace(spec, limits=replace(spec.limits, cpu_s=cpu_s))
    made = trial(tight, MUTANT, mutant.key, seed, mutant.source, device)
    return replace(made, job=replace(made.job, only=checks, until_failed=True, again=False))
