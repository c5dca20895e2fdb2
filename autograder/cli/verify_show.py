"""What `verify` found: tables and sentences for the terminal, and the same as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograder.cli import output

if TYPE_CHECKING:
    from autograder.grading.mutation import Tally, TopicMutation
    from autograder.grading.proof import Run, TopicProof
    from autograder.model.course import Course
    from autograder.reports.proof import MutationLine

Mutations = Mapping[str, "TopicMutation"]


def plain(proof: TopicProof, mutation: TopicMutation | None) -> dict[str, Any]:
    """One topic for `--json`."""
    runs = [
        {
            "kind": run.kind,
            "name": run.name,
            "seed": run.seed,
            "points": run.result.points,
            "cpu_s": run.result.cpu_s,
            "checks": {check.check: str(check.outcome) for check in run.result.checks},
        }
        for run in proof.runs
    ]
    whole = {"topic": proof.topic, "proven": proof.proven, "faults": list(proof.faults), "runs": runs}
    return whole | ({"mutation": _plain_mutation(mutation)} if mutation else {})


def _plain_mutation(mutation: TopicMutation) -> dict[str, Any]:
    return {
        "enough": mutation.enough,
        "faults": list(mutation.faults),
        "left_out": mutation.left_out,
        "cpu_s": round(mutation.cpu_s, 3),
        **_figures(mutation.whole),
        "tasks": {tally.task: _figures(tally) for tally in mutation.tallies},
        "survivors": [
            {"task": each.task, "line": each.mutant.line, "change": each.mutant.key} for each in mutation.survivors
        ],
        "broke": [
            {"check": each.caught_by, "line": each.mutant.line, "change": each.mutant.key}
            for each in mutation.tried
            if each.broke
        ],
    }


def _figures(tally: Tally) -> dict[str, Any]:
    return {
        "made": tally.made,
        "caught": tally.caught,
        "survived": tally.survived,
        "equivalent": tally.equivalent,
        "share": round(tally.share, 4),
    }


def show(course: Course, proofs: Sequence[TopicProof], mutations: Mutations, *, whole: bool) -> None:
    """Tables, then every fault and every mutant that nobody noticed."""
    from autograder.reports.proof import matrix, mutation_table, summary_table

    console = output.console()
    rows = {proof.topic: [(run.kind, run.name, run.seed, run.result) for run in proof.runs] for proof in proofs}
    if whole:
        for proof in proofs:
            console.print(matrix(proof.topic, rows[proof.topic]))
    console.print(summary_table([(proof.topic, proof.proven, rows[proof.topic]) for proof in proofs]))
    if mutations:
        console.print(mutation_table(mutation_lines(course, mutations)))
    for proof in proofs:
        for sentence in [*_faults(proof), *_about(mutations.get(proof.topic))]:
            console.print(output.safe(sentence), soft_wrap=True)


def _faults(proof: TopicProof) -> Iterator[str]:
    yield from (f"  ✗ {proof.topic}: {fault}" for fault in proof.faults)


def _about(mutation: TopicMutation | None) -> Iterator[str]:
    if mutation is None:
        return
    yield from (f"  ✗ {mutation.topic}: {fault}" for fault in mutation.faults)
    for each in mutation.survivors:
        yield f"  ○ {mutation.topic}, line {each.mutant.line}, not noticed: {each.mutant.key}"
    for each in mutation.tried:
        if each.broke:
            yield f"  ! {mutation.topic}, line {each.mutant.line}: {each.caught_by} broke on {each.mutant.key}"


def page(course: Course, proofs: Sequence[TopicProof], mutations: Mutations) -> str:
    """Everything as one HTML page."""
    from autograder.engine.seam import grader_version
    from autograder.reports.proof_view import Graded, ProvenTopic, Unnoticed, proof_page

    lines = mutation_lines(course, mutations)
    topics = []
    for proof in proofs:
        topic, mutation = course.topic(proof.topic), mutations.get(proof.topic)
        assert topic is not None
        runs = [Graded(run.kind, run.name, run.seed, run.result, *_promises(run)) for run in proof.runs]
        missed = [each for each in mutation.tried if not each.caught_by] if mutation else []
        topics.append(
            ProvenTopic(
                topic=topic,
                proven=proof.proven,
                faults=(*proof.faults, *(mutation.faults if mutation else ())),
                runs=tuple(runs),
                mutation=tuple(each for each in lines if each.topic == proof.topic),
                unnoticed=tuple(
                    Unnoticed(each.task, each.mutant.line, each.mutant.key, each.reason) for each in missed
                ),
            )
        )
    return proof_page(course.title, topics, grader_version(), output.language())


def _promises(run: Run) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    return (run.variant.trips, run.variant.also, run.variant.belief) if run.variant else ((), (), "")


def mutation_lines(course: Course, mutations: Mutations) -> list[MutationLine]:
    """For every topic its tasks, then the topic as a whole."""
    from autograder.grading.mutation import in_order
    from autograder.reports.proof import MutationLine

    def line(slug: str, task: str, tally: Tally, *more: Any) -> MutationLine:
        figures = (tally.made, tally.caught, tally.survived, tally.equivalent, tally.share)
        return MutationLine(slug, task, *figures, *more)

    lines = []
    for topic in course.topics:
        if mutation := mutations.get(topic.slug):
            lines += [line(topic.slug, tally.task or "(no task)", tally) for tally in in_order(topic, mutation)]
            lines.append(line(topic.slug, "", mutation.whole, mutation.enough, mutation.left_out))
    return lines
