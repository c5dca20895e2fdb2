"""The proof of a course as jobs: every variant of a topic graded like a submission, through the same wall."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace

from autograder.course.discover import topic_spec
from autograder.course.stubs import Variant, variants
from autograder.engine.plan import ceiling_s
from autograder.engine.seam import Engine, Plain
from autograder.errors import WorkerLost
from autograder.grading.garbage import garbage_sources
from autograder.grading.proof import Run
from autograder.model.course import Topic
from autograder.model.job import Job, TopicSpec
from autograder.model.plain import from_plain, to_plain
from autograder.model.result import TopicResult
from autograder.model.submission import Submission, SubmittedFile

TRIES = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """One variant on one seed, still to be run."""

    kind: str
    name: str
    seed: int
    job: Job
    variant: Variant | None = None

    def ran(self, result: TopicResult) -> Run:
        return Run(self.kind, self.name, self.seed, result, self.variant)


def trials(topic: Topic, seeds: range, device: str = "cpu") -> list[Trial]:
    """Everything the proof of a topic needs: right variants on every seed, the others on the first."""
    spec = topic_spec(topic)
    made = [
        trial(spec, variant.kind, variant.name, seed, variant.source, device, variant)
        for variant in variants(topic)
        for seed in (seeds if variant.kind in ("solution", "accepted") else seeds[:1])
    ]
    solution = next(variant.source for variant in variants(topic) if variant.kind == "solution")
    made += [
        trial(spec, "garbage", name, seeds[0], source, device) for name, source in garbage_sources(solution).items()
    ]
    return made


def trial(  # noqa: PLR0913  # one value per column of the proof
    spec: TopicSpec, kind: str, name: str, seed: int, source: str, device: str, variant: Variant | None = None
) -> Trial:
    """One version of the topic's file, as somebody's submission."""
    files = (SubmittedFile(f"{spec.module}.py", source.encode()),)
    submission = Submission(student=f"{kind} {name}", topic=spec.slug, files=files)
    job = Job(
        id=f"{spec.slug}/{kind}/{name}/{seed}",
        topic=spec,
        student=submission.student,
        submission=submission.digest,
        files=files,
        problems=(),
        seed=seed,
        device=device,
    )
    return Trial(kind, name, seed, job, variant)


def run_trials(
    todo: Iterable[Trial], engine: Engine, on_start: Callable[[Trial], None] = lambda _: None
) -> Iterator[tuple[Trial, Run]]:
    """Run trials as the engine has room and yield each as it ends. A worker lost three times ends the proof."""
    waiting = list(todo)[::-1]
    live: dict[Future[Plain], Trial] = {}
    done: queue.SimpleQueue[Future[Plain]] = queue.SimpleQueue()
    while waiting or live:
        while waiting and len(live) <= engine.slots():
            one = waiting.pop()
            on_start(one)
            future = engine.submit(to_plain(one.job), ceiling_s=ceiling_s(one.job.topic))
            live[future] = one
            future.add_done_callback(done.put)
        future = done.get()
        one = live.pop(future)
        try:
            result: TopicResult = from_plain(TopicResult, future.result())
        except WorkerLost:
            if one.job.tries >= TRIES:
                raise
            waiting.append(replace(one, job=replace(one.job, tries=one.job.tries + 1)))
            continue
        yield one, one.ran(result)
