"""Results of jobs that no grader process has judged: one check for each task, so that they count in the class."""

from __future__ import annotations

from autograder.model.job import Job
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.submission import Problem
from autograder.model.text import Text

OUR_FAULT = Text(
    "This could not be graded because of a fault on our side. It costs no points: the course staff will look at it.",
    "由于我们这边的故障，此次提交未能评分。这不会扣分：课程教师会进行处理。",
)


def rejected(job: Job, problem: Problem, grader: str, now: str) -> TopicResult:
    """The upload itself is unusable: every task fails for that reason, with nothing run."""
    check = ("submission", Outcome.FAILED, problem.text, problem.code, "")
    return _result(job, check, grader, now)


def ungraded(job: Job, why: str, grader: str, now: str) -> TopicResult:
    """We could not grade it: no points and no zero. `why` is for staff."""
    check = ("grading", Outcome.INTERNAL, OUR_FAULT, "worker-lost", why)
    return _result(job, check, grader, now)


def _result(job: Job, check: tuple[str, Outcome, Text, str, str], grader: str, now: str) -> TopicResult:
    name, outcome, message, reason, detail = check
    return TopicResult(
        student=job.student,
        topic=job.topic.slug,
        submission=job.submission,
        checks_digest=job.topic.digest,
        grader=grader,
        device=job.device,
        seed=job.seed,
        isolation=job.isolation,
        checks=tuple(
            CheckResult(
                check=f"{task.name}.{name}",
                task=task.name,
                outcome=outcome,
                points=0.0,
                max_points=task.points,
                hidden=False,
                message=message,
                reason=reason,
                detail=detail,
            )
            for task in job.topic.tasks
        ),
        problems=tuple(problem.text for problem in job.problems),
        started_at=now,
        tries=job.tries,
    )
