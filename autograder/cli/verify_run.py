"""What `verify` does: from topics to proofs and mutants, with what was found before and a display of how far it is."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli.verify_mutants import Chosen, judged
from autograder.course.stubs import checks_of, solution_of, variants
from autograder.course.touched import touched
from autograder.engine.local import LocalEngine, worker_command
from autograder.engine.memory import Memory
from autograder.engine.mutate import HOLLOW, MUTANT, hollow_trials
from autograder.engine.prove import Trial, run_trials, trials
from autograder.grading.mutation import Reach, TopicMutation, reach
from autograder.grading.proof import Run, TopicProof, faults_of, prove
from autograder.grading.scope import faced, slow
from autograder.model.result import Outcome

if TYPE_CHECKING:
    from autograder.cli.verify_progress import Progress
    from autograder.model.course import Course, Topic
    from autograder.model.result import TopicResult

MISTAKE = "mistake"
SAVED_EVERY = 50  # runs: so many may be lost with the power
Clean = Callable[[Trial, Run], bool]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is the same for every run."""

    seeds: range
    device: str = "cpu"
    most_mutants: int | None = None  # for each topic
    every_check: bool = False  # for every mistake, also what it can't change and what takes long


class Verifier:
    """Proves topics and tries their mutants. Grader processes start with the first run that is not remembered."""

    def __init__(self, course: Course, conditions: Conditions, memory: Memory, progress: Progress, hide: Path) -> None:
        """`hide`: a folder that no sandbox may see, beside the course."""
        self._conditions, self._memory, self._progress = conditions, memory, progress
        self._command = worker_command("wall", conditions.device, course.root, hide)
        self._engine: LocalEngine | None = None
        self.remembered: dict[str, int] = defaultdict(int)  # runs by topic

    def __enter__(self) -> Verifier:
        return self

    def __exit__(self, *_: object) -> None:
        self._memory.save()
        if self._engine is not None:
            self._engine.close()

    def start(self, workers: int | None) -> None:
        """Have this many grader processes, one for each core if None."""
        self._engine = LocalEngine(workers or os.cpu_count() or 1, self._command)
        self._progress.at = self._engine.at

    def prove(self, topics: Sequence[Topic]) -> list[TopicProof]:
        """The proof of every topic, in this order."""
        conditions = self._conditions
        every = [one for topic in topics for one in trials(topic, conditions.seeds, conditions.device)]
        runs = self._run("proof", [one for one in every if one.kind != MISTAKE], _shows_no_fault)
        mistakes = [one for one in every if one.kind == MISTAKE]
        if not conditions.every_check:
            mistakes = self._narrowed(topics, mistakes, runs)
        for slug, found in self._run("known mistakes", mistakes, _shows_no_fault).items():
            runs[slug] += found
        return [prove(topic, runs[topic.slug]) for topic in topics]

    def _narrowed(
        self, topics: Sequence[Topic], mistakes: Sequence[Trial], runs: Mapping[str, Sequence[Run]]
    ) -> list[Trial]:
        """The mistakes, each with the checks that it has to face; where the solution is not right, with all of them."""
        right = {slug: result for slug, found in runs.items() if (result := self._solution(found)) is not None}
        scopes = {topic.slug: Scope(topic, right[topic.slug]) for topic in topics if topic.slug in right}
        reaches = self._reaches({scope.topic: scope.quick for scope in scopes.values()})
        return [
            scopes[slug].of(one, reaches[slug]) if (slug := one.job.topic.slug) in scopes else one for one in mistakes
        ]

    def choose(self, topics: Sequence[Topic]) -> list[Chosen]:
        """The mutants to try. Raises ConfigError for an equivalent.yml that does not fit its solution."""
        return [Chosen(topic, self._conditions) for topic in topics]

    def mutate(self, chosen: Sequence[Chosen], proofs: Sequence[TopicProof]) -> list[TopicMutation]:
        """What became of the mutants of every topic whose solution is right."""
        right = {proof.topic: result for proof in proofs if (result := self._solution(proof.runs)) is not None}
        able = [one for one in chosen if one.slug in right]
        reaches = self._reaches({one.topic: () for one in able})
        todo = [each for one in able for each in one.trials(right[one.slug], reaches[one.slug], self._conditions)]
        runs = self._run("mutants", todo, _is_ours)
        unfit = ("no mutants: the solution itself does not pass every check",)
        return [
            judged(one, reaches[one.slug], runs[one.slug])
            if one.slug in right
            else TopicMutation(one.slug, (), faults=unfit)
            for one in chosen
        ]

    def _solution(self, runs: Sequence[Run]) -> TopicResult | None:
        """The solution's result on the first seed, if it is perfect."""
        first = self._conditions.seeds[0]
        results = [run.result for run in runs if run.kind == "solution" and run.seed == first]
        return next((result for result in results if result.outcome is Outcome.PASSED), None)

    def _reaches(self, only: Mapping[Topic, tuple[str, ...]]) -> dict[str, dict[str, Reach]]:
        """What depends on each function of these topics, as far as these checks know (none: all of them)."""
        seed, device = self._conditions.seeds[0], self._conditions.device
        todo = [each for topic, checks in only.items() for each in hollow_trials(topic, seed, device, checks)]
        runs = self._run("what depends on what", todo, _is_ours)
        return {
            topic.slug: {run.name: reach(topic, run.name, run.result) for run in runs[topic.slug]} for topic in only
        }

    def _run(self, phase: str, todo: Sequence[Trial], clean: Clean) -> dict[str, list[Run]]:
        """Every trial's run, by topic and in the order of the trials. What is not clean is not remembered."""
        ran: dict[str, Run] = {}
        rest: list[Trial] = []
        self._progress.begin(phase, todo)
        for one in todo:
            result = self._memory.recall(_file(one), one.job)
            if result is None:
                rest.append(one)
            else:
                ran[one.job.id] = one.ran(result)
                self.remembered[one.job.topic.slug] += 1
                self._progress.done(one, ran[one.job.id], remembered=True)
        for one, run in self._fresh(rest):
            ran[one.job.id] = run
            if clean(one, run):
                self._memory.keep(_file(one), one.job, run.result)
            if self._progress.done(one, run) or len(ran) % SAVED_EVERY == 0:
                self._memory.save()
        self._memory.save()
        found: dict[str, list[Run]] = defaultdict(list)
        for one in todo:
            found[one.job.topic.slug].append(ran[one.job.id])
        return found

    def _fresh(self, todo: Sequence[Trial]) -> Iterable[tuple[Trial, Run]]:
        assert self._engine is not None
        return run_trials(todo, self._engine, self._progress.started) if todo else ()


class Scope:
    """Which checks the mistakes of a topic have to face."""

    def __init__(self, topic: Topic, solution: TopicResult) -> None:
        self.topic = topic
        mistakes = [variant for variant in variants(topic) if variant.kind == MISTAKE]
        self._needs = {check.id: check.needs for check in checks_of(topic)}
        self._late = slow(solution, mistakes)
        self.quick = tuple(name for name in self._needs if name not in self._late) if self._late else ()

    def of(self, one: Trial, reaches: Mapping[str, Reach]) -> Trial:
        """The mistake with its checks; `reaches`: which of the quick ones depend on each function."""
        assert one.variant is not None
        places = touched(solution_of(self.topic), one.variant.source)
        only = faced(one.variant, places, reaches, self._late, self._needs)
        return replace(one, job=replace(one.job, only=only))


def _shows_no_fault(_: Trial, run: Run) -> bool:
    return not faults_of(run)


def _is_ours(_: Trial, run: Run) -> bool:
    """The result says something about the variant, not about us."""
    return run.result.outcome is not Outcome.INTERNAL


def _file(one: Trial) -> str:
    return one.job.topic.slug + ("-mutants" if one.kind in (HOLLOW, MUTANT) else "")
