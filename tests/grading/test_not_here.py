"""A check that this machine can't run: skipped with its reason, and nobody's loss."""

from types import SimpleNamespace

from autograder.grading.proof import Run, prove
from autograder.model.result import NOT_HERE, Outcome
from autograder.reports.outcomes import LOOKS, state_of

CHECKS = """
from autograder.checks import feedback

@check("f.value", hint="h", zh="z", weight=1)
def test_value(submission):
    compare.equal(submission.f(2), 4)

@check("f.other", hint="h", zh="z", weight=1)
def test_other(submission):
    compare.equal(submission.f(3), 9)

@check("f.large", hint="h", zh="z", weight=2)
def test_large(submission):
    feedback.not_here("This course has no photographs.", "本课程没有配备照片数据。")

@check("g.value", hint="h", zh="z")
def test_g(submission):
    compare.equal(submission.g(), 1)
"""
RIGHT = "def f(x): return x * x\ndef g(): return 1"


def test_it_is_skipped_and_says_why(toy):
    check = toy(CHECKS).checks(RIGHT)["f.large"]
    assert (check.outcome, check.reason) == (Outcome.SKIPPED, NOT_HERE)
    assert check.message.en == "This course has no photographs."
    assert LOOKS[state_of(check)].word.en == "not here"


def test_its_points_go_to_the_other_checks_of_its_task(toy):
    result = toy(CHECKS).grade(RIGHT)
    assert {check.check: check.points for check in result.checks} == {
        "f.value": 30,
        "f.other": 30,
        "f.large": 0,
        "g.value": 40,
    }
    assert (result.points, result.max_points, result.outcome) == (100, 100, Outcome.PASSED)


def test_a_wrong_answer_still_loses_its_share(toy):
    result = toy(CHECKS).grade("def f(x): return 4\ndef g(): return 1")
    assert (result.points, result.max_points, result.outcome) == (70, 100, Outcome.FAILED)


def test_a_task_of_which_nothing_can_run_is_worth_nothing(toy):
    result = toy(CHECKS.replace("compare.equal(submission.g(), 1)", "feedback.not_here('No.', '没有。')")).grade(RIGHT)
    assert (result.points, result.max_points, result.outcome) == (60, 60, Outcome.PASSED)


def test_a_topic_of_which_nothing_can_run_calls_a_person(toy):
    lines = '\n@check("f.a", hint="h", zh="z")\ndef test_a(submission):\n    feedback.not_here("No.", "没有。")\n'
    assert toy("from autograder.checks import feedback\n" + lines).grade(RIGHT).outcome is Outcome.INTERNAL


def test_a_check_that_needs_it_is_skipped_too(toy):
    checks = CHECKS.replace('"g.value", hint="h", zh="z"', '"g.value", hint="h", zh="z", needs=["f.large"]')
    assert toy(checks).checks(RIGHT)["g.value"].outcome is Outcome.SKIPPED


def test_a_proof_does_not_ask_for_what_can_not_run(toy):
    maker = toy(CHECKS)
    topic = SimpleNamespace(slug="toy", limits=maker.spec.limits)
    wrong = SimpleNamespace(trips=("f.value", "f.other", "f.large", "g.value"), also=())
    runs = [
        Run("stub", "stub", 1, maker.grade("def f(x): raise NotImplementedError\ndef g(): raise NotImplementedError")),
        Run("solution", "solution", 1, maker.grade(RIGHT)),
        Run("mistake", "all", 1, maker.grade("def f(x): return 5\ndef g(): return 0"), wrong),
    ]
    assert prove(topic, runs).faults == ()


def test_a_damaged_data_set_is_our_fault_and_no_zero(toy, tmp_path):
    folder = tmp_path / "data" / "mnist"
    folder.mkdir(parents=True)
    (tmp_path / "grading.yml").touch()
    checks = f"""
        from autograder.checks.real.files import data_folder
        from autograder.checks.real.mnist import mnist

        @check("f.value", hint="h", zh="z")
        def test_value(submission):
            compare.equal(submission.f(2), 4)
            mnist(data_folder({str(tmp_path / "test_toy.py")!r}, "mnist"))
    """
    check = toy(checks).checks(RIGHT)["f.value"]
    assert check.outcome is Outcome.INTERNAL
    assert f"{folder}: there is no file train-images-idx3-ubyte" in check.detail
