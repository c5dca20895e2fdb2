"""What `verify` does: from topics to proofs and mutants, with what was found before and a display of how far it is."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course.discover import topic_spec
from autograder.course.equivalents import equivalents
from autograder.course.mutants import Mutant, mutants, sample
from autograder.engine.local import LocalEngine, worker_command
from autograder.engine.memory import Memory
from autograder.engine.mutate import HOLLOW, MUTANT, hollow_trials, mutant_trial
from autograder.engine.prove import Trial, run_trials, trials
from autograder.grading.mutation import Reach, TopicMutation, Tried, false_claims, judge, limits_for, reach
from autograder.grading.proof import Run, TopicProof, faults_of, prove
from autograder.model.result import Outcome

if TYPE_CHECKING:
    from autograder.cli.verify_progress import Progress
    from autograder.model.course import Course, Topic
    from autograder.model.result import TopicResult

SAVED_EVERY = 50  # runs: so many may be lost with the power
Clean = Callable[[Trial, Run], bool]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is the same for every run."""

    seeds: range
    device: str = "cpu"
    most_mutants: int | None = None  # for each topic


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
        todo = [one for topic in topics for one in trials(topic, conditions.seeds, conditions.device)]
        runs = self._run("proof", todo, lambda _, run: not faults_of(run))
        return [prove(topic, runs[topic.slug]) for topic in topics]

    def choose(self, topics: Sequence[Topic]) -> list[Chosen]:
        """The mutants to try. Raises ConfigError for an equivalent.yml that does not fit its solution."""
        return [Chosen(topic, self._conditions) for topic in topics]

    def mutate(self, chosen: Sequence[Chosen], proofs: Sequence[TopicProof]) -> list[TopicMutation]:
        """What became of the mutants of every topic whose solution is right."""
        right = {proof.topic: result for proof in proofs if (result := self._solution(proof)) is not None}
        able = [one for one in chosen if one.slug in right]
        reaches = self._reaches(able)
        todo = [each for one in able for each in self._mutant_trials(one, right[one.slug], reaches[one.slug])]
        runs = self._run("mutants", todo, _is_ours)
        unfit = ("no mutants: the solution itself does not pass every check",)
        return [
            _judged(one, reaches[one.slug], runs[one.slug])
            if one.slug in right
            else TopicMutation(one.slug, (), faults=unfit)
            for one in chosen
        ]

    def _solution(self, proof: TopicProof) -> TopicResult | None:
        """The solution's result on the seed of the mutants, if it is perfect."""
        first = self._conditions.seeds[0]
        results = [run.result for run in proof.runs if run.kind == "solution" and run.seed == first]
        return next((result for result in results if result.outcome is Outcome.PASSED), None)

    def _reaches(self, chosen: Sequence[Chosen]) -> dict[str, dict[str, Reach]]:
        seed, device = self._conditions.seeds[0], self._conditions.device
        todo = [each for one in chosen for each in hollow_trials(one.topic, one.source, seed, device)]
        runs = self._run("what depends on what", todo, _is_ours)
        return {
            one.slug: {run.name: reach(one.topic, run.name, run.result) for run in runs[one.slug]} for one in chosen
        }

    def _mutant_trials(self, chosen: Chosen, solution: TopicResult, reaches: Mapping[str, Reach]) -> list[Trial]:
        spec, cpu_s = topic_spec(chosen.topic), limits_for(solution, chosen.topic.limits.cpu_s)
        todo = []
        for mutant in chosen.mutants:
            checks = reaches[mutant.place].checks if mutant.place in reaches else ()
            if checks or mutant.place not in reaches:  # what no check reaches, none can catch
                todo.append(
                    mutant_trial(spec, mutant, checks, cpu_s, self._conditions.seeds[0], self._conditions.device)
                )
        return todo

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


class Chosen:
    """The mutants of a topic that are tried: those that are declared to be equivalent, and a sample of the others."""

    def __init__(self, topic: Topic, conditions: Conditions) -> None:
        assert topic.solution is not None  # `verify` needs the staff's copy of the course
        self.topic, self.slug = topic, topic.slug
        self.source = (topic.solution / topic.entry).read_bytes().decode("utf-8-sig")
        every = mutants(self.source, topic.entry)
        self.reasons = equivalents(topic, [mutant.key for mutant in every])
        others = [mutant for mutant in every if mutant.key not in self.reasons]
        taken = {mutant.key for mutant in sample(others, conditions.most_mutants, conditions.seeds[0])}
        self.mutants: list[Mutant] = [each for each in every if each.key in taken or each.key in self.reasons]
        self.left_out = len(every) - len(self.mutants)


def _judged(chosen: Chosen, reaches: Mapping[str, Reach], runs: Sequence[Run]) -> TopicMutation:
    results = {run.name: run.result for run in runs}
    tried: list[Tried] = []
    for mutant in chosen.mutants:
        task = reaches[mutant.place].task if mutant.place in reaches else ""
        tried.append(judge(mutant, task, results.get(mutant.key), chosen.reasons.get(mutant.key, "")))
    cpu_s = sum(result.cpu_s for result in results.values())
    return TopicMutation(chosen.topic.slug, tuple(tried), chosen.left_out, cpu_s, tuple(false_claims(tried)))


def _is_ours(_: Trial, run: Run) -> bool:
    """Whether the result says something about the variant, not about us."""
    return run.result.outcome is not Outcome.INTERNAL


def _file(one: Trial) -> str:
    return one.job.topic.slug + ("-mutants" if one.kind in (HOLLOW, MUTANT) else "")
