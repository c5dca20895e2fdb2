"""The mutants that `verify --mutate` tries, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from autograder.course.discover import topic_spec
from autograder.course.equivalents import equivalents
from autograder.course.mutants import Mutant, mutants, sample
from autograder.course.stubs import solution_of
from autograder.engine.mutate import mutant_trial
from autograder.grading.mutation import Reach, TopicMutation, Tried, false_claims, judge, limits_for

if TYPE_CHECKING:
    from autograder.cli.verify_run import Conditions
    from autograder.engine.prove import Trial
    from autograder.grading.proof import Run
    from autograder.model.course import Topic
    from autograder.model.result import TopicResult


class Chosen:
    """The mutants of a topic that are tried: those that are declared to be equivalent, and a sample of the others."""

    def __init__(self, topic: Topic, conditions: Conditions) -> None:
        self.topic, self.slug = topic, topic.slug
        every = mutants(solution_of(topic), topic.entry)
        self.reasons = equivalents(topic, [mutant.key for mutant in every])
        others = [mutant for mutant in every if mutant.key not in self.reasons]
        taken = {mutant.key for mutant in sample(others, conditions.most_mutants, conditions.seeds[0])}
        self.mutants: list[Mutant] = [each for each in every if each.key in taken or each.key in self.reasons]
        self.left_out = len(every) - len(self.mutants)

    def trials(self, solution: TopicResult, reaches: Mapping[str, Reach], conditions: Conditions) -> list[Trial]:
        """Each mutant against the checks that could notice it."""
        spec, cpu_s = topic_spec(self.topic), limits_for(solution, self.topic.limits.cpu_s)
        todo = []
        for mutant in self.mutants:
            checks = reaches[mutant.place].checks if mutant.place in reaches else ()
            if checks or mutant.place not in reaches:  # what no check reaches, none can catch
                todo.append(mutant_trial(spec, mutant, checks, cpu_s, conditions.seeds[0], conditions.device))
        return todo


def judged(chosen: Chosen, reaches: Mapping[str, Reach], runs: Sequence[Run]) -> TopicMutation:
    """What became of the mutants of a topic."""
    results = {run.name: run.result for run in runs}
    tried: list[Tried] = []
    for mutant in chosen.mutants:
        task = reaches[mutant.place].task if mutant.place in reaches else ""
        tried.append(judge(mutant, task, results.get(mutant.key), chosen.reasons.get(mutant.key, "")))
    cpu_s = sum(result.cpu_s for result in results.values())
    return TopicMutation(chosen.topic.slug, tuple(tried), chosen.left_out, cpu_s, tuple(false_claims(tried)))
