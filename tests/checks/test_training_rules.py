import math

import pytest
import torch
from garbage import GARBAGE

from autograder.checks import training
from autograder.checks.feedback import CheckFailure
from autograder.checks.seeding import Draw
from autograder.errors import StudentError
from autograder.model.text import Text

LEVELS = {"simple": 0.9, "medium": 0.94, "strong": 0.96}
LABELS = torch.tensor([0, 1, 2, 1])
LOGITS = torch.tensor([[2.0, 1, 0], [0, 3, 1], [5, 1, 0], [0, 1, 0]])


def failure(call, *args, **kwargs) -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        call(*args, **kwargs)
    return caught.value


def test_accuracy_counts_right_answers():
    assert training.accuracy(LOGITS, LABELS) == 0.75
    assert training.accuracy(LOGITS.argmax(1), LABELS) == 0.75


@pytest.mark.parametrize(
    ("predictions", "reason"),
    [(LOGITS.T, "shape"), (LOGITS[:3], "shape"), (LOGITS[:, 0], "dtype"), (LOGITS * math.nan, "nan"), (None, "type"),
     (LOGITS[:, :0], "shape"), (LOGITS.argmax(1)[:, None], "shape"), (LOGITS.argmax(1).int(), "dtype"),
     ([0, 1], "type")],
)  # fmt: skip
def test_predictions_that_cannot_be_counted(predictions, reason):
    assert failure(training.accuracy, predictions, LABELS).reason == reason


@pytest.mark.parametrize("value", GARBAGE, ids=[f"{n}" for n in range(len(GARBAGE))])
def test_garbage_ends_in_a_check_failure(value):
    for call in (
        lambda: training.accuracy(value, LABELS),
        lambda: training.at_least(value, 1e9),
        lambda: training.at_most(value, -1e9),
        lambda: training.tiers(value, {"simple": 1e9}),
        lambda: training.two_of_three(lambda _: value, Draw(1), passes=lambda _: False),
        lambda: training.paired_gain(lambda _: value, lambda _: 0.0, Draw(1), at_least=1e9),
    ):
        with pytest.raises(CheckFailure):
            call()


def test_a_threshold_counts_as_reached_when_met_exactly():
    assert training.at_least(0.94, 0.94) == 0.94
    assert training.at_most(0.01, 0.01) == 0.01


def test_a_missed_threshold_says_both_figures_and_keeps_the_measured_one():
    caught = failure(training.at_least, 0.9125, 0.94)
    assert caught.summary == Text("accuracy is 0.9125; at least 0.94 is needed.", "准确率是 0.9125，至少需要 0.94。")
    assert (caught.reason, caught.measured) == ("training", {"accuracy": 0.9125})


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_nan_and_infinity_never_reach_a_threshold(value):
    assert failure(training.at_least, value, -1e9).summary.en.startswith("accuracy is ")
    assert failure(training.at_most, value, 1e9).summary.en.startswith("loss is ")


@pytest.mark.parametrize(("value", "fraction"), [(0.5, 0.0), (0.9, 1 / 3), (0.95, 2 / 3)])
def test_each_tier_earns_its_part(value, fraction):
    caught = failure(training.tiers, value, LEVELS)
    assert caught.fraction == pytest.approx(fraction)
    assert caught.measured == {"accuracy": value}


def test_the_top_tier_earns_everything():
    assert training.tiers(0.96, LEVELS) == 0.96


def test_tiers_say_what_is_reached_and_what_comes_next():
    assert failure(training.tiers, 0.93, LEVELS).summary == Text(
        'accuracy is 0.93: level "simple" reached. The next one, "medium", needs 0.94.',
        "准确率是 0.93：已达到“入门”级。下一级“中等”需要 0.94。",
    )
    assert 'no level reached yet. The next one, "simple", needs 0.9.' in failure(training.tiers, 0.1, LEVELS).summary.en


def test_tiers_can_be_weighted_and_can_go_down():
    caught = failure(
        training.tiers, 0.2, {"simple": 0.3, "strong": 0.1}, weights={"simple": 3, "strong": 1}, higher=False
    )
    assert caught.fraction == 0.75
    assert training.tiers(0.1, {"simple": 0.3, "strong": 0.1}, higher=False) == 0.1


def runs(*figures):
    """A run that gives these figures in turn, and remembers its seeds; exceptions are raised."""
    left, seeds = list(figures), []

    def run(seed):
        seeds.append(seed)
        figure = left.pop(0)
        if isinstance(figure, Exception):
            raise figure
        return figure

    run.seeds = seeds
    return run


def enough(figure: float) -> bool:
    return figure >= 0.9


@pytest.mark.parametrize("figures", [(0.95, 0.92), (0.95, 0.1, 0.9), (0.1, 0.95, 0.9), (math.nan, 0.9, 0.9)])
def test_two_good_seeds_of_three_are_enough(draw, figures):
    run = runs(*figures)
    assert training.two_of_three(run, draw, passes=enough) == [f for f in figures if f >= 0.9]
    assert len(set(run.seeds)) == len(figures)


@pytest.mark.parametrize("figures", [(0.1, 0.2), (0.95, 0.2, 0.3), (math.nan, math.nan), (0.1, 0.95, None)])
def test_one_good_seed_is_not_enough(draw, figures):
    assert (
        "Two of three seeds must succeed"
        in failure(training.two_of_three, runs(*figures), draw, passes=enough).summary.en
    )


def test_the_middle_of_three_runs_earns_its_part(draw):
    def run(seed):
        return training.tiers(figures.pop(0), LEVELS)

    for given, fraction in [
        ((0.95, 0.1, 0.92), 1 / 3),
        ((0.97, 0.92, 0.95), 2 / 3),
        ((0.92, 0.97, 0.1), 1 / 3),
        ((0.91, 0.92), 1 / 3),
    ]:
        figures = list(given)
        assert failure(training.two_of_three, run, draw).fraction == pytest.approx(fraction)
        assert not figures


def test_what_the_student_raised_ends_the_runs(draw):
    error = StudentError("ValueError", "bad")
    with pytest.raises(StudentError) as caught:
        training.two_of_three(runs(0.95, error), draw, passes=enough)
    assert caught.value is error


def test_a_paired_gain_compares_runs_of_the_same_seed(draw):
    seen = []

    def plain(seed):
        seen.append(seed)
        return seed % 1000 / 1000

    assert training.paired_gain(lambda seed: plain(seed) + 0.05, plain, draw, at_least=0.03) == pytest.approx(0.05)
    assert seen[0::2] == seen[1::2]
    assert len(set(seen)) == 3
    caught = failure(training.paired_gain, lambda seed: plain(seed) + 0.02, plain, draw, at_least=0.03)
    assert caught.summary.en == "the gain is 0.02; at least 0.03 is needed."


def test_the_figure_for_the_device_is_chosen():
    assert training.by_device("cpu", cpu=1, cuda=2) == 1
    assert training.by_device("cuda:0", cpu=1, cuda=2) == 2
