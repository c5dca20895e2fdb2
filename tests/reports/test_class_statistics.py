"""What many results say together."""

from __future__ import annotations

import made_up_class as made
import pytest

from autograder.model.result import Outcome, TopicResult
from autograder.model.text import Text
from autograder.reports.statistic import check_rates, clusters, cost, distribution, limits

TOPICS = made.course().topics
SLUG = "softmax-regression"


def results(*outcomes: Outcome, reason: str = "value") -> list[TopicResult]:
    """One result with one check for each outcome."""
    return [
        made.result(f"s{n}", SLUG, (made.check("value", "softmax", outcome, reason=reason, cpu_s=n / 10),), cpu_s=1.0)
        for n, outcome in enumerate(outcomes)
    ]


def test_a_pass_rate_leaves_our_own_failures_out_and_counts_skipped_as_not_passed():
    (rate,) = check_rates(results(Outcome.PASSED, Outcome.FAILED, Outcome.SKIPPED, Outcome.INTERNAL), TOPICS)
    assert (rate.passed, rate.graded, rate.skipped) == (1, 3, 1)
    assert rate.rate == pytest.approx(1 / 3)
    assert rate.points_share == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("outcomes", "remark"),
    [
        ((Outcome.PASSED, Outcome.PASSED), "everybody"),
        ((Outcome.FAILED, Outcome.TIMEOUT), "nobody"),
        ((Outcome.FAILED, Outcome.PASSED), ""),
        ((Outcome.FAILED,), ""),
        ((Outcome.INTERNAL, Outcome.INTERNAL), ""),
    ],
)
def test_checks_that_nobody_or_everybody_passes_are_marked(outcomes: tuple[Outcome, ...], remark: str):
    (rate,) = check_rates(results(*outcomes), TOPICS)
    assert rate.remark == remark


def test_rates_stand_in_the_order_of_the_course():
    checks = (made.check("x", "train_digits"), made.check("y", "softmax"))
    found = check_rates([made.result("a", SLUG, checks), made.result("a", "tensor-basics", ())], TOPICS)
    assert [rate.task for rate in found] == ["softmax", "train_digits"]


def test_the_same_check_with_the_same_reason_is_one_cluster():
    first, second = clusters([*results(Outcome.FAILED, Outcome.FAILED), *results(Outcome.FAILED, reason="dtype")])
    assert (first.reason, first.students, first.shared) == ("value", ("s0", "s1"), True)
    assert (second.reason, second.shared) == ("dtype", False)


def test_what_passed_was_skipped_not_started_or_our_fault_is_no_error():
    assert clusters(results(Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL)) == ()
    assert clusters(results(Outcome.FAILED, reason="not-started")) == ()


def test_a_cluster_shows_what_the_first_student_was_told():
    check = made.check("value", "softmax", Outcome.FAILED, message=Text("too small", "太小"))
    (cluster,) = clusters([made.result("ada", SLUG, (check,))])
    assert cluster.message.zh == "太小"


def test_a_distribution_names_mean_median_deviation_and_range():
    found = distribution([0.0, 0.5, 1.0, 1.0])
    assert (found.count, found.mean, found.median, found.lowest, found.highest) == (4, 0.625, 0.75, 0.0, 1.0)
    assert found.deviation == pytest.approx(0.4145781)


@pytest.mark.parametrize(("share", "place"), [(0.0, 0), (0.0999, 0), (0.1, 1), (0.3, 3), (0.7, 7), (1.0, 9), (1.2, 9)])
def test_a_full_score_falls_into_the_last_bin(share: float, place: int):
    assert distribution([share]).bins.index(1) == place


def test_a_class_without_scores_has_an_empty_distribution():
    assert distribution([]).count == 0
    assert sum(distribution([]).bins) == 0


def test_the_cost_adds_up_and_names_the_slowest_student():
    found = cost(results(Outcome.PASSED, Outcome.PASSED, Outcome.CPU))
    assert (found.results, found.cpu_s) == (3, 3.0)
    assert (found.slowest[0].slowest, found.slowest[0].highest_cpu_s) == ("s2", 0.2)


def test_limits_say_for_which_topics_they_were_in_force():
    both = [made.result("a", "tensor-basics", ()), made.result("a", SLUG, ()), made.result("b", SLUG, ())]
    assert {topics for _, topics in limits(both)} == {("tensor-basics", SLUG)}


def test_second_runs_are_counted_and_so_are_those_that_changed_something():
    checks = (
        made.check("a", "softmax", Outcome.PASSED, again="timeout"),
        made.check("b", "softmax", Outcome.CPU, again="cpu"),
        made.check("c", "softmax", Outcome.CPU),
    )
    found = cost([made.result("ada", SLUG, checks)])
    assert (found.again, found.changed) == (2, 1)
